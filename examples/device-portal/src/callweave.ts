import { join } from 'node:path';
import {
  type Adapter,
  type AdapterOptions,
  createAdapter,
  createSqliteStore,
  type Exchange,
  type HostIdentity,
} from '@callweave/server-adapter';
import { movableClock } from './clock.ts';
import { cookieOf, SESSION_COOKIE } from './site/app.ts';
import type { People, Person } from './site/people.ts';

const ROLES = {
  buyer: ['buyer'],
  technician: ['technician'],
  manager: ['manager', 'supervisor'],
  supervisor: ['supervisor', 'agent'],
  agent: ['agent'],
} as const;

/** Somebody of the site as Callweave knows them. */
export const asCaller = ({ id, username, name, job, customerId }: Person): HostIdentity => ({
  id,
  username,
  name,
  roles: [...ROLES[job]],
  inGroup: job === 'agent',
  locale: 'fa',
  ...(customerId === null ? {} : { customerId }),
});

export interface Woven {
  readonly adapter: Adapter;
  close(): Promise<void>;
}

/** The integration on the server's side: the site's sign-in, a store, an exchange, and the house rules. */
export async function weave(
  people: People,
  {
    exchange,
    folder,
    secret,
    rules,
  }: { exchange: Exchange; folder: string; secret: string; rules: Partial<AdapterOptions> },
): Promise<Woven> {
  const clock = movableClock();
  const store = await createSqliteStore({ file: join(folder, 'callweave.sqlite'), clock });
  const adapter = createAdapter({
    store,
    exchange,
    clock,
    pepper: secret,
    recordings: join(folder, 'recordings'),
    ...rules,
    authenticate: async (request) => {
      const person = people.whoHas(cookieOf(request.headers.get('cookie'), SESSION_COOKIE));
      // Who has not chosen a password of their own yet is not signed in.
      return person && !person.mustChange ? asCaller(person) : undefined;
    },
  });
  for (const person of people.list()) if (person.job !== 'buyer') await adapter.provision(asCaller(person));
  await adapter.start();
  const close = async () => {
    await adapter.stop();
    await store.close();
  };
  return { adapter, close };
}
