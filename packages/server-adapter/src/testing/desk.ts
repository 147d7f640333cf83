import { createHash, randomUUID } from 'node:crypto';
import { type Call, IDEMPOTENCY_HEADER, type ProblemBody, type Role } from '@callweave/sdk/protocol';
import { createAccount } from '../accounts/index.ts';
import { type Adapter, createAdapter } from '../adapter.ts';
import type { Logger } from '../logger.ts';
import type { AdapterOptions } from '../options.ts';
import { createSecrets } from '../secrets/hash.ts';
import type { Store } from '../store/store.ts';

export const PEPPER = 'a pepper that is used in tests alone';
export const PASSWORD = 'correct horse battery';
export const ORIGIN = 'http://desk.test';

export const ROLES = [
  'agent',
  'supervisor',
  'manager',
  'dealer',
  'buyer',
  'technician',
] as const satisfies readonly Role[];

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every operation
  readonly body: any;
  readonly code: ProblemBody['error']['code'] | undefined;
}

export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<TestAnswer>;

export interface TestDesk {
  readonly adapter: Adapter;
  readonly store: Store;
  /** What was logged at `error` and `warn`. */
  readonly logged: { level: string; message: string; fields: unknown }[];
  /** Sends without any sign-in. */
  readonly anyone: Send;
  /** Signs in the account of a role (made on first use) and sends as it. */
  as(role: Role): Promise<Send & { readonly accountId: string; readonly cookie: string }>;
  /** Signs in a buyer whose account stands for this customer (made on first use) and sends as them. */
  asBuyer(customerId: string): Promise<Send & { readonly accountId: string; readonly cookie: string }>;
  stop(): Promise<void>;
}

/** An adapter over a test's store, spoken to through its Fetch handler, with answers held against the contract. */
export async function createTestDesk(store: Store, options: Partial<AdapterOptions> = {}): Promise<TestDesk> {
  const logged: TestDesk['logged'] = [];
  const log = (level: string) => (message: string, fields?: unknown) => void logged.push({ level, message, fields });
  const logger: Logger = { error: log('error'), warn: log('warn'), info: () => {} };
  const adapter = createAdapter({
    store,
    pepper: PEPPER,
    secretCost: 4,
    verifyAnswers: true,
    logger,
    rateLimit: { burst: 100_000 },
    ...options,
  });
  await adapter.start();
  const secrets = createSecrets({ pepper: PEPPER, cost: 4, parallelization: 1 });
  const sender =
    (cookie?: string): Send =>
    async (method, path, body, headers = {}) => {
      const request = new Request(`${ORIGIN}${adapter.basePath}${path}`, {
        method,
        headers: {
          ...(cookie === undefined ? {} : { cookie }),
          ...(method === 'GET' || method === 'HEAD' ? {} : { [IDEMPOTENCY_HEADER]: randomUUID(), origin: ORIGIN }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const response = await adapter.fetch(request);
      const text = await response.text();
      const json =
        response.headers.get('content-type')?.startsWith('application/json') === true && text !== ''
          ? JSON.parse(text)
          : undefined;
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: json,
        code: (json as ProblemBody | undefined)?.error?.code,
      };
    };
  const anyone = sender();

  const signedIn = new Map<string, Promise<Send & { accountId: string; cookie: string }>>();
  const signIn = async (role: Role, customerId?: string) => {
    const passwordHash = await secrets.hashSecret(PASSWORD);
    const username =
      customerId === undefined
        ? `the-${role}`
        : `buyer-${createHash('sha256').update(customerId).digest('hex').slice(0, 16)}`;
    const known = await store.db
      .selectFrom('accounts')
      .select('id')
      .where('username', '=', username)
      .executeTakeFirst();
    // A second desk on the same store is the first one after a restart.
    if (known === undefined)
      await store.write((tx) =>
        createAccount(
          tx,
          {
            username,
            passwordHash,
            name: `The ${role}`,
            roles: [role],
            branch: 'head office',
            device: { kind: 'browser' },
            inGroup: role === 'agent',
            ...(customerId === undefined ? {} : { customerId }),
            locale: 'en',
          },
          'system',
        ),
      );
    const { status, headers, body, text } = await anyone('POST', '/session', {
      username,
      password: PASSWORD,
    });
    if (status !== 200) throw new Error(`sign-in of ${role} failed: ${text}`);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    return Object.assign(sender(cookie), { accountId: body.account.id as string, cookie });
  };

  const once = (key: string, role: Role, customerId?: string) => {
    const known = signedIn.get(key) ?? signIn(role, customerId);
    signedIn.set(key, known);
    return known;
  };

  return {
    adapter,
    store,
    logged,
    anyone,
    as: (role) => once(role, role),
    asBuyer: (customerId) => once(`buyer ${customerId}`, 'buyer', customerId),
    stop: () => adapter.stop(),
  };
}

export type { Call };
