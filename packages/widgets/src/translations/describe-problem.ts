import { type CallweaveErrorCode, isCallweaveError, type PhoneErrorCode } from '@callweave/sdk';
import type { Translation } from './translation.ts';

/** The sentence for an error that a command rejected with, or that the phone's state carries. */
export function describeProblem(error: unknown, terms: Pick<Translation, 'essential' | 'problems'>): string {
  if (isCallweaveError(error)) {
    // A server newer than these strings may send a code they do not know: its own words are better than none.
    const sentence =
      terms.problems.desk[error.code as CallweaveErrorCode] ?? [error.message, error.fix].filter(Boolean).join(' ');
    return error.retryAfterSeconds === undefined
      ? sentence
      : `${sentence} ${terms.problems.waitSeconds(error.retryAfterSeconds)}`;
  }
  // By its code, not by its class: the phone is loaded later than the widgets.
  const { code } = (error ?? {}) as { code?: PhoneErrorCode };
  return (code && terms.problems.phone[code]) ?? terms.essential.somethingFailed;
}
