import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { buyersRoutes } from '../http/routes/buyers.ts';
import type { Buyer, BuyerProfile } from '../protocol/buyer.ts';

type Input<K extends keyof Client['buyers']> = Parameters<Client['buyers'][K]>[0];

export interface Buyers {
  /** Who the buyer is who is signed in, as the house has it. */
  own(): Promise<BuyerProfile>;
  /** By name, national code or number; without a query all, by name, `after` the end of the page before. */
  list(
    filter?: { readonly query?: string; readonly after?: string; readonly limit?: number },
    options?: { readonly signal?: AbortSignal },
  ): Promise<{ readonly buyers: readonly Buyer[]; readonly next: string | null }>;
  get(customerId: string): Promise<Buyer>;
  create(input: Input<'create'>, options?: { readonly idempotencyKey?: string }): Promise<Buyer>;
  update(customerId: string, changes: Omit<Input<'update'>, 'customerId'>): Promise<Buyer>;
  /** Makes or resets the account. The secret is told here, and never again. */
  invite(
    customerId: string,
    options?: Omit<Input<'invite'>, 'customerId'>,
  ): Promise<{ readonly buyer: Buyer; readonly secret: string; readonly expiresAt: string }>;
  setAccount(customerId: string, changes: Omit<Input<'setAccount'>, 'customerId'>): Promise<Buyer>;
}

export function createBuyers(client: Pick<Client, 'buyers'>): Buyers {
  return {
    own: () => client.buyers.own({}),
    list: (filter = {}, { signal } = {}) => client.buyers.list(filter, signal ? { signal } : {}),
    get: (customerId) => client.buyers.get({ customerId }),
    create: (input, options) => client.buyers.create(input, options),
    update: (customerId, changes) => client.buyers.update({ customerId, ...changes }),
    invite: (customerId, options) => client.buyers.invite({ customerId, ...options }),
    setAccount: (customerId, changes) => client.buyers.setAccount({ customerId, ...changes }),
  };
}

/** Buyers: who they are, and how they come to sign in. */
export const buyers: Feature<Buyers> = {
  name: 'buyers',
  create: ({ clientFor }) => createBuyers(clientFor({ buyers: buyersRoutes })),
};
