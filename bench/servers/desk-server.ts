import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Call, Customer, Role } from '@callweave/sdk/protocol';
import { createAdapter, createSqliteStore } from '@callweave/server-adapter';
import { nodeListener } from '@callweave/server-adapter/node';
import { createAccount } from '../../packages/server-adapter/src/accounts/index.ts';
import { createSecrets } from '../../packages/server-adapter/src/secrets/hash.ts';
import { SimulatedExchange } from '../../packages/server-adapter/src/telephony/testing/simulated/simulated-exchange.ts';
import { serveParent } from '../load/server-process.ts';
import { profileParts } from './profile.ts';
import { RealTime } from './real-time.ts';

/**
 * The adapter behind its Node mount, on a SQLite file, with agents who each have a customer on the line: dialled in at the
 * simulated exchange, answered, recorded and verified through the product's own doors.
 */
export interface DeskReady {
  readonly port: number;
  readonly basePath: string;
  readonly agents: readonly { readonly cookie: string; readonly callId: string }[];
  readonly instrument: string;
}

const PUBLIC_NUMBER = '+982181021380';
const PEPPER = 'a pepper that is used for measuring alone';
const PASSWORD = 'correct horse battery';
const INSTRUMENT = 'IRO1FOLD0001';
const [folder = '', agents = '32'] = process.argv.slice(2);

const store = await createSqliteStore({ file: join(folder, 'callweave.sqlite') });
const exchange = new SimulatedExchange(new RealTime());
const adapter = createAdapter({
  store,
  exchange,
  pepper: PEPPER,
  secretCost: 4,
  recordings: join(folder, 'recordings'),
  // Applied to every request as always, but far away.
  rateLimit: { burst: 10_000_000, perSecond: 10_000_000 },
  logger: { error: console.error, warn: () => {}, info: () => {} },
});
await adapter.start();

const passwordHash = await createSecrets({ pepper: PEPPER, cost: 4 }).hashSecret(PASSWORD);
const people = ['manager', ...Array.from({ length: Number(agents) }, (_, index) => `agent${index}`)];
const ids = new Map<string, string>();
for (const username of people) {
  const roles: Role[] = [username === 'manager' ? 'manager' : 'agent'];
  const { id } = await store.write((tx) =>
    createAccount(
      tx,
      {
        username,
        passwordHash,
        name: username,
        roles,
        branch: 'b',
        device: { kind: 'browser' },
        inGroup: false,
        locale: 'en',
      },
      'system',
    ),
  );
  ids.set(username, id);
}

async function send<T>(
  method: string,
  path: string,
  body?: unknown,
  cookie = '',
): Promise<{ answer: T; cookie: string }> {
  const response = await adapter.fetch(
    new Request(`http://127.0.0.1${adapter.basePath}${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const answer = (await response.json()) as T;
  if (response.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return { answer, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`Waited in vain: ${look}`);
}

const manager = (await send('POST', '/session', { username: 'manager', password: PASSWORD })).cookie;
await send(
  'POST',
  '/instruments/import',
  { csv: `code,symbol,name,kind,lot\n${INSTRUMENT},فولاد,فولاد مبارکه اصفهان,share,1\n` },
  manager,
);

/** A valid national code from nine digits. */
function nationalCode(nine: number): string {
  const digits = String(nine).padStart(9, '0');
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0) % 11;
  return `${digits}${sum < 2 ? sum : 11 - sum}`;
}

async function takeCall(index: number): Promise<{ cookie: string; callId: string }> {
  const username = `agent${index}`;
  const number = `+98912${String(1_000_000 + index)}`;
  const { cookie } = await send('POST', '/session', { username, password: PASSWORD });
  const { answer: customer } = await send<Customer>(
    'POST',
    '/customers',
    {
      name: 'زهرا کریمی',
      kind: 'both',
      nationalCode: nationalCode(123_456_000 + index),
      numbers: [number],
      responders: [ids.get(username)],
      contractSignedOn: '2026-01-10',
      questions: [{ text: 'City of birth?', answer: 'Isfahan' }],
    },
    manager,
  );
  // As after a first call: the customer has keyed a PIN of their own.
  await store.write((tx) =>
    tx.db.updateTable('customers').set({ pin_state: 'set' }).where('id', '=', customer.id).execute(),
  );
  exchange.register(username);
  exchange.dial(number, PUBLIC_NUMBER);
  exchange.farAnswers(await until(() => exchange.ringingAt(username)[0]));
  const { id: callId } = await until(async () => {
    const { calls } = (await send<{ calls: Call[] }>('GET', '/calls?state=open', undefined, cookie)).answer;
    return calls.find(({ state, recording }) => state === 'answered' && recording.state === 'recording');
  });
  const { answer: asked } = await send<Call['verification']>('POST', `/calls/${callId}/verification`, {}, cookie);
  for (const { id } of asked.questions)
    await send('POST', `/calls/${callId}/verification/answers`, { questionId: id, answer: 'isfahan' }, cookie);
  return { cookie, callId };
}

const taken: { readonly cookie: string; readonly callId: string }[] = [];
for (let index = 0; index < Number(agents); index += 1) taken.push(await takeCall(index));

const server = createServer(nodeListener(adapter));
// A client may wait for its turn between rounds.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () =>
  serveParent(
    {
      port: (server.address() as AddressInfo).port,
      basePath: adapter.basePath,
      agents: taken,
      instrument: INSTRUMENT,
    } satisfies DeskReady,
    async () => {
      server.closeAllConnections();
      server.close();
      await adapter.stop();
      await store.close();
    },
    {
      profile: profileParts.start,
      parts: profileParts.stop,
      async waiting() {
        const { count } = await store.db
          .selectFrom('outbox')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('delivered_at', 'is', null)
          .executeTakeFirstOrThrow();
        return { count };
      },
    },
  ),
);
