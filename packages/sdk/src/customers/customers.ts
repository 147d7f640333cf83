import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { customersRoutes } from '../http/routes/customers.ts';
import type { Customer, CustomerSummary } from '../protocol/customer.ts';

export interface Customers {
  /** By number in any format, username, national code or part of the name. */
  find(
    query: string,
    options?: { readonly signal?: AbortSignal; readonly limit?: number },
  ): Promise<readonly CustomerSummary[]>;
  get(customerId: string): Promise<Customer>;
  create(
    input: Parameters<Client['customers']['create']>[0],
    options?: { readonly idempotencyKey?: string },
  ): Promise<Customer>;
  update(
    customerId: string,
    changes: Omit<Parameters<Client['customers']['update']>[0], 'customerId'>,
  ): Promise<Customer>;
  setQuestions(
    customerId: string,
    questions: Parameters<Client['customers']['setQuestions']>[0]['questions'],
  ): Promise<Customer>;
  resetPin(customerId: string): Promise<Customer>;
  unlock(customerId: string, reason: string): Promise<Customer>;
}

export function createCustomers(client: Pick<Client, 'customers'>): Customers {
  return {
    find: async (query, { signal, limit } = {}) =>
      (await client.customers.find({ query, ...(limit ? { limit } : {}) }, signal ? { signal } : {})).customers,
    get: (customerId) => client.customers.get({ customerId }),
    create: (input, options) => client.customers.create(input, options),
    update: (customerId, changes) => client.customers.update({ customerId, ...changes }),
    setQuestions: (customerId, questions) => client.customers.setQuestions({ customerId, questions }),
    resetPin: (customerId) => client.customers.resetPin({ customerId }),
    unlock: (customerId, reason) => client.customers.unlock({ customerId, reason }),
  };
}

/** Customers: who they are, and what they are asked. */
export const customers: Feature<Customers> = {
  name: 'customers',
  create: ({ clientFor }) => createCustomers(clientFor({ customers: customersRoutes })),
};
