import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdapter, createPostgresStore, createSqliteStore } from '@callweave/server-adapter';
import { nodeListener } from '@callweave/server-adapter/node';
import { sql } from 'kysely';
import { createAccount } from '../../packages/server-adapter/src/accounts/index.ts';
import { createSecrets } from '../../packages/server-adapter/src/secrets/hash.ts';
import { fillTickets } from '../../packages/server-adapter/src/tickets/testing/many-tickets.ts';
import { serveParent } from '../load/server-process.ts';

/** The adapter with 10,000 tickets, and buyers who each have a device that is served. */
export interface TicketsReady {
  readonly port: number;
  readonly basePath: string;
  readonly buyers: readonly { readonly cookie: string; readonly deviceId: string }[];
  readonly technician: string;
}

const PEPPER = 'a pepper that is used for measuring alone';
const PASSWORD = 'correct horse battery';
const [folder = '', users = '50', url = ''] = process.argv.slice(2);

const store =
  url === ''
    ? await createSqliteStore({ file: join(folder, 'callweave.sqlite') })
    : await createPostgresStore({ url, connections: 10 });
const adapter = createAdapter({
  store,
  pepper: PEPPER,
  secretCost: 4,
  rateLimit: { burst: 10_000_000, perSecond: 10_000_000 },
  logger: { error: console.error, warn: () => {}, info: () => {} },
});
await adapter.start();
await fillTickets(store, 10_000);
await store.write((tx) => tx.db.insertInto('counters').values({ name: 'ticket', value: 10_000 }).execute());
if (url !== '') await sql`analyze`.execute(store.db);

const passwordHash = await createSecrets({ pepper: PEPPER, cost: 4 }).hashSecret(PASSWORD);
const person = { passwordHash, branch: 'b', device: { kind: 'browser' }, inGroup: false, locale: 'en' } as const;

async function signIn(username: string): Promise<string> {
  const request = new Request(`http://127.0.0.1${adapter.basePath}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  const response = (await adapter.fetch(request)) as Response;
  if (response.status !== 200) throw new Error(await response.text());
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const now = new Date().toISOString();
await store.write(async (tx) => {
  await tx.db
    .insertInto('device_types')
    .values({
      id: 'type_1',
      names: '{"en":"S1","fa":"S1","cs":"S1"}',
      brand: 'Artin',
      model: 'S1',
      model_key: 'artin s1',
      kind: '',
      service_months: 12,
      warranty_months: 12,
      active: 1,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await createAccount(tx, { ...person, username: 'tech', name: 'Technician', roles: ['technician'] }, 'system');
  for (let index = 0; index < Number(users); index += 1) {
    await createAccount(
      tx,
      {
        ...person,
        username: `buyer${index}`,
        name: `Buyer ${index}`,
        roles: ['buyer'],
        customerId: `customer_${index}`,
      },
      'system',
    );
    await tx.db
      .insertInto('devices')
      .values({
        id: `owned_${index}`,
        customer_id: `customer_${index}`,
        type_id: 'type_1',
        serial: `S${index}`,
        serial_key: `s${index}`,
        dongle: null,
        dongle_key: null,
        user_id: null,
        user_key: null,
        installed_on: '2026-01-01',
        installation_sealed: 0,
        warranty_ends_on: null,
        service_ends_on: '2099-01-01',
        renewed: 0,
        service_choice: 'none',
        choice_reason: null,
        created_at: now,
        updated_at: now,
      })
      .execute();
  }
});
const buyers: { readonly cookie: string; readonly deviceId: string }[] = [];
for (let index = 0; index < Number(users); index += 1)
  buyers.push({ cookie: await signIn(`buyer${index}`), deviceId: `owned_${index}` });

const server = createServer(nodeListener(adapter));
server.keepAliveTimeout = 0;
const technician = await signIn('tech');
server.listen(0, '127.0.0.1', () =>
  serveParent(
    {
      port: (server.address() as AddressInfo).port,
      basePath: adapter.basePath,
      buyers,
      technician,
    } satisfies TicketsReady,
    async () => {
      server.closeAllConnections();
      server.close();
      await adapter.stop();
      await store.close();
    },
  ),
);
