import { join } from 'node:path';
import { createAdapter, createSqliteStore } from '@callweave/server-adapter';
import { createAsteriskExchange } from '@callweave/server-adapter/asterisk';
import { serveParent } from '../load/server-process.ts';

/** The adapter as it runs in earnest: every customer has a responder of their own, who is reached at a telephone. */
const [ariUrl = '', password = '', folder = '', publicNumber = '', people = '0'] = process.argv.slice(2);
const store = await createSqliteStore({ file: join(folder, 'callweave.sqlite') });
const exchange = createAsteriskExchange({
  ari: { url: ariUrl, password },
  agents: [],
  phones: { server: 'ws://127.0.0.1:9/ws', domain: 'callweave.test' },
});
const logged: string[] = [];
const adapter = createAdapter({
  store,
  exchange,
  pepper: 'a pepper that is used for measuring alone',
  secretCost: 4,
  recordings: join(folder, 'recordings'),
  publicNumbers: [publicNumber],
  flow: { greeting: [], wrapUpSeconds: 0, callerIdOnTelephones: 'caller' },
  authenticate: async () => undefined,
  directory: {
    findByNumber: async (number) => [
      {
        id: `customer_${number.slice(1)}`,
        name: `Customer ${number}`,
        username: number.slice(-5),
        kind: 'securities',
        numbers: [number],
        responders: [`agent_${number.slice(-7)}`],
        contractSignedOn: null,
        locale: 'en',
      },
    ],
    findById: async () => undefined,
    search: async () => [],
  },
  logger: {
    info() {},
    warn: (message) => logged.push(message),
    error: (message, fields) => logged.push(`${message} ${JSON.stringify(fields)}`),
  },
});
await store.write(async (tx) => {
  for (let i = 0; i < Number(people); i += 1) {
    const tail = String(i).padStart(7, '0');
    await tx.db
      .insertInto('accounts')
      .values({
        id: `agent_${tail}`,
        username: `agent-${tail}`,
        name: `Agent ${tail}`,
        roles: '["agent"]',
        branch: 'head office',
        device: JSON.stringify({ kind: 'number', number: `+98900${tail}` }),
        on_leave: 0,
        in_group: 0,
        active: 1,
        password_hash: null,
        failures: 0,
        locked_until: null,
        locale: 'en',
        created_at: tx.now.toISOString(),
      })
      .execute();
  }
});
await adapter.start();
serveParent(
  {},
  async () => {
    await adapter.stop();
    await store.close();
  },
  {
    cpu: () => process.cpuUsage(),
    calls: async () => ({
      outcomes: await store.db
        .selectFrom('calls')
        .select(['outcome', (eb) => eb.fn.countAll().as('count')])
        .groupBy('outcome')
        .execute(),
      recordings: await store.db
        .selectFrom('recordings')
        .select(['state', (eb) => eb.fn.countAll().as('count')])
        .groupBy('state')
        .execute(),
      logged,
    }),
  },
);
