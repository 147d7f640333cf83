import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { instrumentsRoutes } from '../http/routes/instruments.ts';
import type { Instrument, Section } from '../protocol/instrument.ts';

export interface Instruments {
  find(
    query: string,
    options?: { readonly section?: Section; readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<readonly Instrument[]>;
}

export function createInstruments(client: Pick<Client, 'instruments'>): Instruments {
  return {
    find: async (query, { signal, ...filter } = {}) =>
      (await client.instruments.find({ query, ...filter }, signal ? { signal } : {})).instruments,
  };
}

/** What can be traded. */
export const instruments: Feature<Instruments> = {
  name: 'instruments',
  create: ({ clientFor }) => createInstruments(clientFor({ instruments: instrumentsRoutes })),
};
