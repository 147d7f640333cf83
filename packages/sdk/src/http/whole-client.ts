import type { Feature } from '../feature.ts';
import { type Client, type ClientOptions, createClientFor } from './client.ts';
import { ALL_ROUTES } from './routes/all.ts';

/** The typed client of the whole contract, without a desk: for scripts and servers. */
export function createClient(options: ClientOptions): Client {
  return createClientFor(options)(ALL_ROUTES);
}

/** The typed client of the whole contract, at a desk: for what no feature covers. */
export const client: Feature<Client> = {
  name: 'client',
  create: ({ clientFor }) => clientFor(ALL_ROUTES),
};
