import type { Migration } from '../migrate.ts';

/** Buyers sign in: an account that stands for a customer (D1). */
export const buyerAccounts: Migration = {
  name: '012-buyer-accounts',
  statements: [
    'alter table accounts add column customer_id TEXT',
    'create index accounts_by_customer on accounts (customer_id) where customer_id is not null',
  ],
};
