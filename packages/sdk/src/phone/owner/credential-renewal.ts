import type { Clock } from '../ports/clock.ts';
import type { SipIdentity } from '../ports/sip.ts';
import type { CredentialSource } from './credentials.ts';

const AGAIN_MS = 15_000;

export interface RenewalHooks {
  /** The credentials run out at this moment; new ones are being fetched. */
  expiring(expiresAt: number): void;
  renewed(identity: SipIdentity): void;
  failed(error: unknown): void;
}

/**
 * Has fresh credentials at hand before the old ones run out. Not only registrations are challenged: so is a hold, a digit
 * or a hang-up on a new connection, and with a password that has expired each of them would end the call.
 */
export class CredentialRenewal {
  readonly #clock: Clock;
  readonly #hooks: RenewalHooks;
  #cancel: () => void = () => {};
  #plannedFor = 0;

  constructor(clock: Clock, hooks: RenewalHooks) {
    this.#clock = clock;
    this.#hooks = hooks;
  }

  /** To be called whenever credentials were read. */
  plan(source: CredentialSource): void {
    const { expiresAt } = source;
    if (expiresAt === this.#plannedFor) return;
    this.stop();
    this.#plannedFor = expiresAt;
    this.#after(source.renewAt - this.#clock.now(), source, expiresAt);
  }

  stop(): void {
    this.#cancel();
    this.#plannedFor = 0;
  }

  #after(ms: number, source: CredentialSource, expiresAt: number): void {
    this.#cancel = this.#clock.after(Math.max(AGAIN_MS, ms), () => {
      if (source.expiresAt !== expiresAt) return this.plan(source);
      this.#hooks.expiring(expiresAt);
      source.current(true).then(
        (identity) => {
          if (this.#plannedFor !== expiresAt) return;
          this.#hooks.renewed(identity);
          this.plan(source);
        },
        (error: unknown) => {
          if (this.#plannedFor !== expiresAt) return;
          this.#hooks.failed(error);
          this.#after(AGAIN_MS, source, expiresAt);
        },
      );
    });
  }
}
