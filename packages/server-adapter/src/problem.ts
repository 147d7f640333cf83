import { type FieldProblem, PROBLEMS, type ProblemCode } from '@callweave/sdk/protocol';

export interface ProblemOptions extends ErrorOptions {
  readonly fields?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
}

/** The one error that operations throw on purpose; the HTTP edge turns it into the contract's problem body. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, message: string, options: ProblemOptions = {}) {
    super(message, options);
    this.code = code;
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return PROBLEMS[this.code][0];
  }

  get fix(): string {
    return PROBLEMS[this.code][1];
  }
}
