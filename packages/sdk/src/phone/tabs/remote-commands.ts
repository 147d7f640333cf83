import { PhoneError } from '../../errors/phone-error.ts';
import { bounded, type CommandOptions } from '../deadline.ts';
import { newId } from '../new-id.ts';
import type { Clock } from '../ports/clock.ts';
import type { TabMessage } from './messages.ts';

/** The owner must say at once that it has a command; a frozen tab does not. */
const ACCEPT_MS = 2_000;
const RESULT_MS = 150_000;

interface Waiting {
  accepted(): void;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Commands of a follower, carried out by the owner. */
export class RemoteCommands {
  readonly #clock: Clock;
  readonly #self: string;
  readonly #post: (message: TabMessage) => void;
  readonly #waiting = new Map<string, Waiting>();

  constructor(clock: Clock, self: string, post: (message: TabMessage) => void) {
    this.#clock = clock;
    this.#self = self;
    this.#post = post;
  }

  send(name: string, args: readonly unknown[], options: CommandOptions): Promise<unknown> {
    const id = newId();
    return bounded(
      this.#clock,
      options,
      { name: `The command "${name}"`, deadlineMs: RESULT_MS },
      (signal) =>
        new Promise((resolve, reject) => {
          const silence = this.#clock.after(ACCEPT_MS, () => this.#waiting.get(id)?.reject(unresponsive()));
          const settle = (done: () => void): void => {
            silence();
            this.#waiting.delete(id);
            done();
          };
          this.#waiting.set(id, {
            accepted: silence,
            resolve: (value) => settle(() => resolve(value)),
            reject: (error) => settle(() => reject(error)),
          });
          signal.addEventListener(
            'abort',
            () => {
              this.#post({ type: 'cancel', from: this.#self, id });
              settle(() => reject(signal.reason));
            },
            { once: true },
          );
          this.#post({ type: 'command', from: this.#self, id, name, args, deadlineMs: options.deadlineMs ?? null });
        }),
    );
  }

  handle(message: TabMessage): void {
    if (message.type === 'accepted') this.#waiting.get(message.id)?.accepted();
    else if (message.type === 'result') this.#waiting.get(message.id)?.resolve(message.value);
    else if (message.type === 'failure') this.#waiting.get(message.id)?.reject(PhoneError.fromInfo(message.error));
  }

  /** The owner is gone, and with it whatever it was doing. */
  failAll(): void {
    for (const waiting of [...this.#waiting.values()]) waiting.reject(unresponsive());
  }
}

function unresponsive(): PhoneError {
  return new PhoneError(
    'owner-unresponsive',
    'The tab that owns the phone does not answer. Use takeOver() to use the phone here.',
  );
}
