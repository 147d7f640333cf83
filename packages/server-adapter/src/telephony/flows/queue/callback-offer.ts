import type { CallSession } from '../call-session.ts';
import { DigitEntry, EntryAborted } from '../digit-entry.ts';
import { askForNumber } from './callback-dialogue.ts';

const LONGEST_NUMBER = 17;

/**
 * Asks a caller who waits where they want to be called back. Runs beside the mailbox, because it waits for keys; whoever
 * answers meanwhile ends it.
 */
export class CallbackOffer {
  readonly #session: CallSession;
  #dialogue: DigitEntry | undefined;

  constructor(session: CallSession) {
    this.#session = session;
  }

  get running(): boolean {
    return this.#dialogue !== undefined;
  }

  abort(): void {
    this.#dialogue?.abort();
  }

  handleDigit(digit: string): void {
    this.#dialogue?.handleDigit(digit);
  }

  begin(then: { readonly agreed: (number: string) => Promise<void>; readonly declined: () => Promise<void> }): void {
    const session = this.#session;
    const { policy, queues } = session.services;
    const dialogue = new DigitEntry({
      sound: session.sound,
      timers: session.timers,
      firstDigitSeconds: policy.firstDigitSeconds,
      nextDigitSeconds: policy.nextDigitSeconds,
      mostDigits: LONGEST_NUMBER,
    });
    this.#dialogue = dialogue;
    askForNumber(dialogue, session.callerNumber, policy.numbering).then(
      (number) =>
        session.post(async () => {
          if (this.#dialogue !== dialogue) return;
          if (number !== undefined) return then.agreed(number);
          this.#dialogue = undefined;
          queues?.poke();
          await then.declined();
        }),
      (error: unknown) => {
        if (this.#dialogue === dialogue) this.#dialogue = undefined;
        if (!(error instanceof EntryAborted))
          session.services.logger.error(`The caller of ${session.id} could not be asked for a number.`, error);
      },
    );
  }
}
