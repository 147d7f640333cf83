import {
  type Call,
  contract,
  type Endpoint,
  type InputOf,
  IRAN,
  type OutputOf,
  type ResponderDevice,
  type Role,
  type VerificationPolicy,
} from '@callweave/sdk/protocol';
import { agentsOf } from '../../../calls/index.ts';
import { asSized, type RecordingStore } from '../../../connectors/recordings/recording-store.ts';
import { createCustomers, DEFAULT_PIN_POLICY, type Directory, embeddedDirectory } from '../../../customers/index.ts';
import type { Caller } from '../../../http/operation.ts';
import { callerOf, change, read } from '../../../http/testing/invoke.ts';
import { instructionsInRecording } from '../../../orders/index.ts';
import { createSecrets } from '../../../secrets/hash.ts';
import type { Store, Tx } from '../../../store/store.ts';
import type { MakeStore } from '../../../store/testing.ts';
import type { SupervisionPolicy } from '../../../supervision/index.ts';
import { SimulatedExchange, type SimulatedFaults } from '../../testing/simulated/simulated-exchange.ts';
import { VirtualTime } from '../../testing/simulated/virtual-time.ts';
import { type CallCentre, createCallCentre } from '../call-centre.ts';
import type { FlowServices } from '../call-session.ts';
import type { PortalOf } from '../caller-standing.ts';
import type { FlowPolicy } from '../policy.ts';
import type { OverflowHandlers } from '../queue/overflow.ts';
import type { QueueOptions } from '../queue/queue-options.ts';
import type { CallFlow } from '../switchboard.ts';
import { TimerGroup } from '../timers.ts';
import { mortal } from './mortal.ts';

export const PUBLIC_NUMBER = '+982181021380';
export const CUSTOMER_NUMBER = '+989121234567';
export const QUESTIONS = [
  { text: 'Name of your first school?', answer: 'دبستان سعدی ۱۲' },
  { text: 'City of birth?', answer: 'Isfahan' },
  { text: 'First car?', answer: 'Paykan' },
  { text: 'Favourite poet?', answer: 'Hafez' },
] as const;

export interface FlowRigOptions {
  readonly faults?: SimulatedFaults;
  readonly policy?: Partial<FlowPolicy>;
  readonly verificationPolicy?: VerificationPolicy;
  readonly entitlement?: Directory['entitlement'];
  readonly portalOf?: PortalOf;
  /** Other kinds of calls, made from the store with which the rig was made. */
  readonly flows?: (services: FlowServices) => readonly CallFlow[];
  readonly queues?: readonly QueueOptions[];
  readonly overflow?: OverflowHandlers;
  readonly supervisionPolicy?: Partial<SupervisionPolicy>;
}

const secrets = createSecrets({ pepper: 'a pepper for tests, of 32 characters', cost: 4, parallelization: 1 });

/** The real flow over a real store and the simulated exchange, on a clock that moves only when told to. */
export async function createFlowRig(makeStore: MakeStore, options: FlowRigOptions = {}) {
  const time = new VirtualTime();
  const real = await makeStore({ clock: time });
  let pending = 0;
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    pending += 1;
    try {
      return await work;
    } finally {
      pending -= 1;
    }
  };
  let storeFault: (() => Error | undefined) | undefined;
  const store: Store = {
    ...real,
    dialect: real.dialect,
    db: real.db,
    write: (work) => {
      const fault = storeFault?.();
      return counted(fault === undefined ? real.write(work) : Promise.reject(fault));
    },
  };
  const exchange = new SimulatedExchange(time, options.faults);
  const directory: Directory = {
    ...embeddedDirectory(store, IRAN),
    ...(options.entitlement && { entitlement: options.entitlement }),
  };
  const files = memoryRecordings();
  const errors: string[] = [];
  const archive = { store, files, links: { instructionsOf: instructionsInRecording, agentsOf } };
  const operations = createCustomers({
    store,
    directory,
    ownBase: true,
    plan: IRAN,
    pinPolicy: DEFAULT_PIN_POLICY,
    hashSecret: secrets.hashSecret,
    responders: async (_db, ids) => new Set(ids),
  });

  function makeCentre() {
    const timers = new TimerGroup(time);
    const life = mortal({ store, exchange, timers });
    const centre = createCallCentre({
      store: life.store,
      exchange: life.exchange,
      directory,
      recordings: archive,
      clock: time,
      timers: life.timers,
      ...(options.flows && { flows: options.flows }),
      ...(options.portalOf && { portalOf: options.portalOf }),
      policy: { publicNumbers: [PUBLIC_NUMBER], greeting: ['welcome', 'recording-notice'], ...options.policy },
      ...(options.supervisionPolicy && { supervisionPolicy: options.supervisionPolicy }),
      ...(options.queues && { queues: options.queues }),
      ...(options.overflow && { overflow: options.overflow }),
      ...(options.verificationPolicy && { verificationPolicy: options.verificationPolicy }),
      hashSecret: (text) => counted(secrets.hashSecret(text)),
      verifySecret: (text, hash) => counted(secrets.verifySecret(text, hash)),
      logger: {
        warn() {},
        error: (message, error) => errors.push(`${message} ${error instanceof Error ? error.stack : ''}`),
      },
    });
    return {
      centre,
      timers,
      /** What was killed in the middle of something stays in the middle of it; nobody waits for that. */
      activity: () => (life.dead ? 0 : centre.activity),
      die: life.die,
    };
  }
  let running = makeCentre();

  async function settle(): Promise<void> {
    for (let quiet = 0, rounds = 0; quiet < 3; rounds += 1) {
      if (rounds > 20_000)
        throw new Error(
          `It never becomes quiet: ${pending} pending, ${running.centre.activity} active, ${exchange.busy} commands under way.`,
        );
      await (store.dialect === 'sqlite'
        ? new Promise((resolve) => setImmediate(resolve))
        : new Promise((resolve) => setTimeout(resolve, 4)));
      quiet = pending === 0 && running.activity() <= exchange.busy ? quiet + 1 : 0;
    }
  }
  /** Moves the clock on, letting everything happen on the way. */
  async function advance(ms: number): Promise<void> {
    const until = time.now().getTime() + ms;
    await settle();
    while (time.step(until)) await settle();
    await settle();
  }
  /** Waits for a promise while the clock moves. */
  async function during<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = promise.finally(() => {
      settled = true;
    });
    done.catch(() => {});
    await settle();
    for (let rounds = 0; !settled; rounds += 1) {
      if (rounds > 10_000) throw new Error('It never settled.');
      time.step(time.now().getTime() + 100);
      await settle();
    }
    return done;
  }

  await during(running.centre.start());

  async function account(
    id: string,
    more: {
      roles?: Role[];
      device?: ResponderDevice;
      onLeave?: boolean;
      inGroup?: boolean;
      callMode?: 'inbound' | 'outbound' | 'blended';
      active?: boolean;
      registered?: boolean;
    } = {},
  ): Promise<Caller> {
    const {
      roles = ['agent'],
      device = { kind: 'browser' },
      onLeave = false,
      inGroup = false,
      active = true,
      registered = true,
    } = more;
    await store.write(async (tx) => {
      await tx.db
        .insertInto('accounts')
        .values({
          id,
          username: id,
          name: `Name of ${id}`,
          roles: JSON.stringify(roles),
          branch: 'head office',
          device: JSON.stringify(device),
          on_leave: onLeave ? 1 : 0,
          in_group: inGroup ? 1 : 0,
          ...(more.callMode && { call_mode: more.callMode }),
          active: active ? 1 : 0,
          password_hash: null,
          failures: 0,
          locked_until: null,
          locale: 'en',
          created_at: tx.now.toISOString(),
        })
        .execute();
    });
    if (registered && device.kind === 'browser') exchange.register(id);
    return callerOf(id, ...roles);
  }

  const manager = callerOf('manager', 'manager');
  async function customer(input: Partial<InputOf<typeof contract.customers.create>> = {}) {
    return change(
      store,
      contract.customers.create,
      operations.create,
      {
        name: 'Sara Ahmadi',
        kind: 'securities',
        nationalCode: '0013542419',
        numbers: [CUSTOMER_NUMBER],
        responders: [],
        questions: [...QUESTIONS],
        locale: 'fa',
        ...input,
      },
      manager,
    );
  }

  /** Runs an operation as the HTTP edge does, while the clock moves. */
  const run = <E extends Endpoint>(
    endpoint: E,
    operation: unknown,
    input: InputOf<E>,
    caller: Caller,
  ): Promise<OutputOf<E>> => {
    const result =
      typeof operation === 'function'
        ? read(endpoint, operation as never, input, caller)
        : change(store, endpoint, operation as never, input, caller);
    return during(result as Promise<OutputOf<E>>);
  };

  return {
    time,
    store,
    exchange,
    files,
    errors,
    directory,
    operations,
    secrets,
    get centre(): CallCentre {
      return running.centre;
    },
    settle,
    advance,
    during,
    account,
    customer,
    run,
    breakStore(fault: (() => Error | undefined) | undefined) {
      storeFault = fault;
    },
    calls: <K extends keyof typeof contract.calls>(
      name: K,
      input: InputOf<(typeof contract.calls)[K]>,
      caller: Caller,
    ) => run(contract.calls[name], running.centre.calls[name], input, caller),
    verification: <K extends keyof typeof contract.verification>(
      name: K,
      input: InputOf<(typeof contract.verification)[K]>,
      caller: Caller,
    ) => run(contract.verification[name], running.centre.verification[name], input, caller),
    write: <T>(work: (tx: Tx) => Promise<T>) => store.write(work),
    /** The newest call, as a manager sees it. */
    async call(): Promise<Call> {
      const { calls } = await run(contract.calls.list, running.centre.calls.list, { state: 'all', limit: 1 }, manager);
      const [newest] = calls;
      if (newest === undefined) throw new Error('There is no call.');
      return newest;
    },
    /** Every call event that reached this account or role, in order. */
    async events(audience: `account:${string}` | `role:${string}`): Promise<Call[]> {
      const rows = await store.db
        .selectFrom('events')
        .select(['data', 'audience'])
        .where('type', '=', 'call')
        .orderBy('seq')
        .execute();
      return rows
        .filter((row) => (JSON.parse(row.audience) as string[]).includes(audience))
        .map(({ data }) => JSON.parse(data) as Call);
    },
    async ledger(): Promise<{ action: string; actor: string; data: string }[]> {
      return store.db.selectFrom('ledger').select(['action', 'actor', 'data']).orderBy('seq').execute();
    },
    /** The adapter's process is killed, and started again. */
    async restart(legs: 'go-on' | 'die', between: () => Promise<void> | void = () => {}): Promise<void> {
      running.timers.cancelAll();
      running.die();
      exchange.processDies(legs);
      await settle();
      await between();
      running = makeCentre();
      await during(running.centre.start());
      await settle();
    },
    stop: () => during(running.centre.stop()),
  };
}

export type FlowRig = Awaited<ReturnType<typeof createFlowRig>>;

/** Recordings in memory: the simulation is about calls, and the file driver has its own tests. */
function memoryRecordings(): RecordingStore & { readonly all: Map<string, Uint8Array> } {
  const all = new Map<string, Uint8Array>();
  return {
    all,
    async put(key, content) {
      const parts: Uint8Array[] = [];
      for await (const part of asSized(content).open()) parts.push(part);
      all.set(key, Buffer.concat(parts));
    },
    async size(key) {
      return all.get(key)?.length;
    },
    async read(key) {
      const bytes = all.get(key);
      if (bytes === undefined) throw new Error('There is no such recording.');
      return new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
    },
    async delete(key) {
      all.delete(key);
    },
  };
}
