import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { accountsRoutes } from '../http/routes/accounts.ts';
import type { Account } from '../protocol/account.ts';

export interface Accounts {
  list(): Promise<readonly Account[]>;
  create: Client['accounts']['create'];
  update: Client['accounts']['update'];
}

export function createAccounts(client: Pick<Client, 'accounts'>): Accounts {
  return {
    list: async () => (await client.accounts.list()).accounts,
    create: client.accounts.create,
    update: client.accounts.update,
  };
}

/** People who work at the desk. */
export const accounts: Feature<Accounts> = {
  name: 'accounts',
  create: ({ clientFor }) => createAccounts(clientFor({ accounts: accountsRoutes })),
};
