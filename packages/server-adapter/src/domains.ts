import type { NumberingPlan, Role } from '@callweave/sdk/protocol';
import { agentsOf, callReader, requireCall } from './calls/index.ts';
import type { Clock } from './clock.ts';
import { fileRecordings } from './connectors/recordings/file-recordings.ts';
import { createCustomers, DEFAULT_PIN_POLICY, embeddedDirectory } from './customers/index.ts';
import type { Operations } from './http/routes.ts';
import { createInstruments } from './instruments/index.ts';
import type { Logger } from './logger.ts';
import type { AdapterOptions } from './options.ts';
import { createOrders, instructionsInRecording, type OrdersOptions } from './orders/index.ts';
import { createRecordings, type RecordingArchive } from './recordings/index.ts';
import type { Secrets } from './secrets/hash.ts';
import type { Store } from './store/store.ts';

export interface DomainParts {
  readonly options: AdapterOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: Secrets;
  readonly plan: NumberingPlan;
  /** An unpredictable integer in `[0, below)`. */
  readonly random: (below: number) => number;
}

export interface Domains {
  readonly operations: Operations;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Ties the domains to each other: what one asks of another is passed in here, and nowhere else. */
export function createDomains({ options, secrets, plan }: DomainParts): Domains {
  const { store } = options;
  const directory = options.directory ?? embeddedDirectory(store, plan);
  const files = typeof options.recordings === 'string' ? fileRecordings(options.recordings) : options.recordings;
  const ordersOptions: OrdersOptions = {
    store,
    directory,
    requireCall,
    calls: callReader,
    accountNames,
    timeZone: options.timeZone ?? 'Asia/Tehran',
    announce: () => {},
  };
  const archive: RecordingArchive | undefined =
    files === undefined ? undefined : { store, files, links: { instructionsOf: instructionsInRecording, agentsOf } };

  return {
    operations: {
      customers: createCustomers({
        store,
        directory,
        ownBase: options.directory === undefined,
        plan,
        pinPolicy: options.pinPolicy ?? DEFAULT_PIN_POLICY,
        hashSecret: secrets.hashSecret,
        responders: activeAgents,
      }),
      instruments: createInstruments({ store }),
      orders: createOrders(ordersOptions),
      recordings: archive === undefined ? undefined : createRecordings(archive),
    },
    start: async () => {
      await options.exchange?.start();
    },
    stop: async () => {
      await options.exchange?.stop();
    },
  };
}

async function activeAgents(db: Store['db'], ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'roles'])
    .where('id', 'in', [...ids])
    .where('active', '=', 1)
    .execute();
  return new Set(rows.filter(({ roles }) => (JSON.parse(roles) as Role[]).includes('agent')).map(({ id }) => id));
}

async function accountNames(db: Store['db'], ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
