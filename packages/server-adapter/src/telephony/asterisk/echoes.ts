import { ECHO_SECONDS, ExchangeError, type LegId } from '../exchange.ts';
import type { Bridges } from './bridges.ts';
import { type ExchangeContext, legGone } from './exchange-context.ts';
import type { Leg } from './legs.ts';
import type { Snoops } from './snoops.ts';

const bridgeOf = (leg: LegId) => `cw-echo-${leg}`;

/**
 * Sends a phone its own sound back: the leg shares a bridge with an ear on itself. A bridge gives everybody all but their
 * own voice, and here the ear's voice is the leg's.
 */
export class Echoes {
  readonly #context: ExchangeContext;
  readonly #bridges: Bridges;
  readonly #snoops: Snoops;
  readonly #limits = new Map<LegId, NodeJS.Timeout>();

  constructor(context: ExchangeContext, bridges: Bridges, snoops: Snoops) {
    this.#context = context;
    this.#bridges = bridges;
    this.#snoops = snoops;
  }

  begin(leg: Leg): void {
    const limit = setTimeout(() => void this.#hangup(leg.id), ECHO_SECONDS * 1000);
    limit.unref();
    this.#limits.set(leg.id, limit);
    this.#connect(leg).catch((error: unknown) => {
      // Hung up while it was made.
      if (!(error instanceof ExchangeError && error.code === 'unknown-leg'))
        this.#context.problem(`A phone could not hear itself: ${String(error)}`);
      void this.#hangup(leg.id);
    });
  }

  legEnded(leg: LegId): void {
    if (!this.#limits.has(leg)) return;
    clearTimeout(this.#limits.get(leg));
    this.#limits.delete(leg);
    void this.#bridges.destroy(bridgeOf(leg)).catch(() => undefined);
  }

  async #connect(leg: Leg): Promise<void> {
    const { ari } = this.#context;
    const bridge = bridgeOf(leg.id);
    this.#bridges.create(bridge);
    await ari.request('POST', ['channels', leg.id, 'answer'], { errors: legGone });
    await this.#bridges.join(bridge, leg);
    const ear = `cw-echo-in-${leg.id}`;
    await this.#snoops.open(leg.id, ear, { spy: 'in' });
    await ari.request('POST', ['bridges', bridge, 'addChannel'], {
      query: { channel: ear },
      errors: { ...legGone, 400: 'unknown-leg', 422: 'unknown-leg' },
    });
  }

  async #hangup(leg: LegId): Promise<void> {
    await this.#context.ari.request('DELETE', ['channels', leg], { accept: [404] }).catch(() => undefined);
  }
}
