import type { Client } from '../http/client.ts';
import type { Account } from '../protocol/account.ts';

export interface Accounts {
  list(): Promise<readonly Account[]>;
  create: Client['accounts']['create'];
  update: Client['accounts']['update'];
}

export function createAccounts(client: Client): Accounts {
  return {
    list: async () => (await client.accounts.list()).accounts,
    create: client.accounts.create,
    update: client.accounts.update,
  };
}
