import type { CallOutcome } from '@callweave/sdk/protocol';
import type { CallSession } from '../call-session.ts';

/** A caller whom a queue could not keep, as whoever takes them over has them. */
export interface OverflowedCall {
  readonly session: CallSession;
  /** From now on what the caller keys comes here. */
  onDigit(listener: (digit: string) => void): void;
  /** Ends the call. */
  end(outcome: CallOutcome): Promise<void>;
}

/** What else may become of a caller: provided by other parts of the call centre. */
export interface OverflowHandlers {
  /**
   * Takes a message. Runs in the turn of the call: longer things go on in its own time (`session.post`).
   * @param box undefined: no queue has said which
   * @returns false: there is no such box, and the caller hears goodbye
   */
  voicemail(call: OverflowedCall, box: string | undefined): Promise<boolean>;
}

/** Nobody takes messages. */
export const NO_OVERFLOW: OverflowHandlers = { voicemail: async () => false };
