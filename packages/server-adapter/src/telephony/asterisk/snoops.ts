import { ExchangeError, type LegId } from '../exchange.ts';
import { type ExchangeContext, legGone } from './exchange-context.ts';

/** `Snoop/<channel id>-<random>`: the name tells whose snoop it is, also after a restart. */
export function snoopedLeg(channelName: string): LegId | undefined {
  return /^Snoop\/(.+)-[0-9a-f]{8}$/i.exec(channelName)?.[1];
}

const enterMs = 5000;

/** What a snoop hears of its leg (`in`: what the leg says, `out`: what it hears), and where its own sound goes. */
export interface SnoopDirections {
  readonly spy?: 'in' | 'both';
  readonly whisper?: 'out';
}

/** Snoop channels: an ear on one leg (to record or overhear it), a mouth towards it (to play while it is bridged), or both. */
export class Snoops {
  readonly #context: ExchangeContext;
  readonly #waiting = new Map<string, () => void>();

  constructor(context: ExchangeContext) {
    this.#context = context;
  }

  /** Resolves when commands can be given to the snoop; only then is it in our application. */
  async open(leg: LegId, id: string, directions: SnoopDirections): Promise<void> {
    const entered = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new ExchangeError('failed', `Asterisk did not start the snoop "${id}" within ${enterMs} ms.`));
      }, enterMs);
      this.#waiting.set(id, () => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve();
      });
    });
    entered.catch(() => undefined);
    try {
      await this.#context.ari.request('POST', ['channels', leg, 'snoop', id], {
        query: { app: this.#context.application, appArgs: 'snoop', ...directions },
        errors: legGone,
      });
      await entered;
    } catch (error) {
      this.#waiting.get(id)?.();
      await this.close(id);
      throw error;
    }
  }

  /** StasisStart of a snoop. */
  entered(id: string): void {
    this.#waiting.get(id)?.();
  }

  async close(id: string): Promise<void> {
    await this.#context.ari.request('DELETE', ['channels', id], { accept: [404] }).catch((error: unknown) => {
      if (error instanceof ExchangeError && error.code === 'exchange-down') return;
      this.#context.problem(`A snoop could not be closed: ${String(error)}`);
    });
  }
}
