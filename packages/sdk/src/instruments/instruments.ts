import type { Client } from '../http/client.ts';
import type { Instrument, Section } from '../protocol/instrument.ts';

export interface Instruments {
  find(
    query: string,
    options?: { readonly section?: Section; readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<readonly Instrument[]>;
}

export function createInstruments(client: Client): Instruments {
  return {
    find: async (query, { signal, ...filter } = {}) =>
      (await client.instruments.find({ query, ...filter }, signal ? { signal } : {})).instruments,
  };
}
