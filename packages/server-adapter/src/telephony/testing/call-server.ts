/**
 * Started as a process of its own by tests of faults: the adapter as it runs in earnest, on Asterisk. Every customer has a
 * responder of their own, who is reached at a telephone. Says `ready` when calls can come.
 */
import { join } from 'node:path';
import { createAdapter } from '../../adapter.ts';
import { createSqliteStore } from '../../store/sqlite.ts';
import { createAsteriskExchange } from '../asterisk/index.ts';

const [ariUrl = '', password = '', folder = '', publicNumber = ''] = process.argv.slice(2);
const store = await createSqliteStore({ file: join(folder, 'callweave.sqlite') });
const adapter = createAdapter({
  store,
  exchange: createAsteriskExchange({
    ari: { url: ariUrl, password },
    agents: [],
    phones: { server: 'ws://127.0.0.1:9/ws', domain: 'callweave.test' },
  }),
  pepper: 'a pepper that is used by tests of faults',
  secretCost: 4,
  recordings: join(folder, 'recordings'),
  publicNumbers: [publicNumber],
  flow: { greeting: [], wrapUpSeconds: 0 },
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
});
await adapter.start();
process.stdout.write('ready\n');
process.once('SIGTERM', async () => {
  await adapter.stop();
  await store.close();
  process.exit(0);
});
