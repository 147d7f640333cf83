import type { FieldProblem, ProblemCode } from '../protocol/problem.ts';

/** `network`: the adapter was not reached. `bad-answer`: something that is not the adapter answered. */
export type CallweaveErrorCode = ProblemCode | 'network' | 'timeout' | 'aborted' | 'bad-answer';

export interface CallweaveErrorDetails {
  /** HTTP status; 0 when there was no answer. */
  readonly status?: number | undefined;
  /** What to do about it, in English. */
  readonly fix?: string | undefined;
  readonly fields?: readonly FieldProblem[] | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** The one error that every command of the desk rejects with. */
export class CallweaveError extends Error {
  override readonly name = 'CallweaveError';
  readonly code: CallweaveErrorCode;
  readonly status: number;
  readonly fix: string;
  readonly fields: readonly FieldProblem[];
  readonly retryAfterSeconds: number | undefined;
  readonly requestId: string | undefined;

  constructor(code: CallweaveErrorCode, message: string, details: CallweaveErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? 0;
    this.fix = details.fix ?? '';
    this.fields = details.fields ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.requestId = details.requestId;
  }
}

/** Works across realms and copies of this package: by name and shape, not by `instanceof`. */
export function isCallweaveError(value: unknown): value is CallweaveError {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { name?: unknown }).name === 'CallweaveError' &&
    typeof (value as { code?: unknown }).code === 'string'
  );
}
