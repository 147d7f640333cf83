import { type CallweaveErrorCode, isCallweaveError, isPhoneError, type PhoneErrorCode } from '@callweave/sdk';
import type { Translation } from './translation.ts';

/** The sentence for an error that a command rejected with. */
export function describeProblem(error: unknown, terms: Pick<Translation, 'essential' | 'problems'>): string {
  if (isCallweaveError(error)) {
    // A server newer than these strings may send a code they do not know: its own words are better than none.
    const sentence =
      terms.problems.desk[error.code as CallweaveErrorCode] ?? [error.message, error.fix].filter(Boolean).join(' ');
    return error.retryAfterSeconds === undefined
      ? sentence
      : `${sentence} ${terms.problems.waitSeconds(error.retryAfterSeconds)}`;
  }
  if (isPhoneError(error)) return terms.problems.phone[error.code as PhoneErrorCode];
  return terms.essential.somethingFailed;
}
