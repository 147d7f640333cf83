import * as z from 'zod/mini';
import { type BridgeId, ExchangeError, type LegId } from '../exchange.ts';
import type { AriClient } from './ari-client.ts';

const valueSchema = z.object({ value: z.string() });
const notesSchema = z.object({
  tag: z.optional(z.string()),
  /** We hold the leg; it goes back to this bridge, or to none. */
  hold: z.optional(z.object({ bridge: z.optional(z.string()) })),
});

export interface Notes {
  readonly tag?: string | undefined;
  readonly hold?: { readonly bridge?: BridgeId | undefined } | undefined;
}

/**
 * What a restarted adapter must know of a leg and its channel does not tell, kept in Asterisk, which outlives us. In a
 * global variable per leg, not in the channel's own: setting those waits for the prompt that the channel hears to end.
 */
export class LegNotes {
  readonly #ari: AriClient;
  readonly #written = new Set<LegId>();

  constructor(ari: AriClient) {
    this.#ari = ari;
  }

  async write(leg: LegId, notes: Notes): Promise<void> {
    this.#written.add(leg);
    await this.#set(leg, JSON.stringify(notes));
  }

  async read(leg: LegId): Promise<Notes> {
    const { value } = await this.#ari.json(valueSchema, ['asterisk', 'variable'], { query: { variable: nameOf(leg) } });
    if (value === '') return {};
    this.#written.add(leg);
    try {
      return notesSchema.parse(JSON.parse(value));
    } catch (error) {
      throw new ExchangeError('failed', `The notes of leg "${leg}" in Asterisk cannot be read.`, { cause: error });
    }
  }

  /** The leg is over. */
  async forget(leg: LegId): Promise<void> {
    if (this.#written.delete(leg)) await this.#set(leg, '');
  }

  async #set(leg: LegId, value: string): Promise<void> {
    await this.#ari.request('POST', ['asterisk', 'variable'], { query: { variable: nameOf(leg), value } });
  }
}

function nameOf(leg: LegId): string {
  return `CALLWEAVE_${leg}`;
}
