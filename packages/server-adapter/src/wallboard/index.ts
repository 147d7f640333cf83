import type { contract, LocalTexts, Presence } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { Domain } from '../domain.ts';
import { createProjection } from '../events/projection.ts';
import type { Implementation } from '../http/operation.ts';
import type { Store, Tx } from '../store/store.ts';
import { DEFAULT_SERVICE_GOAL, type ServiceGoal } from './contribution.ts';
import { countCall, forgetCalls } from './count-call.ts';
import { readWallboard } from './snapshot.ts';

export { DEFAULT_SERVICE_GOAL, type ServiceGoal } from './contribution.ts';

export interface WallboardOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly timeZone: string;
  /** What is left out keeps its default. @default {@link DEFAULT_SERVICE_GOAL} */
  readonly goal?: Partial<ServiceGoal> | undefined;
  readonly queues: readonly { readonly id: string; readonly names: LocalTexts }[];
  readonly branchOf: (db: Tx['db'], accountId: string) => Promise<string | undefined>;
  /** What every agent does now; asked at start, followed by events afterwards. */
  readonly presences: () => Promise<readonly Presence[]>;
  readonly onError: (error: unknown) => void;
}

export interface WallboardDomain extends Domain {
  readonly operations: { readonly wallboard: Implementation<typeof contract.wallboard> };
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Settles when all that has happened so far is counted. */
  caughtUp(): Promise<void>;
}

/** Those who watch load the figures anew when they are told to, and are told no more often. */
const TELL_EVERY_MS = 1_000;
const HOUR_MS = 3_600_000;

/** Figures of the day, kept up to date event by event; nothing is ever added up from the calls themselves. */
export function createWallboard(options: WallboardOptions): WallboardDomain {
  const { store, clock, timeZone, onError } = options;
  const goal = { ...DEFAULT_SERVICE_GOAL, ...options.goal };
  const counting = { goal, timeZone, branchOf: options.branchOf };
  let timer: NodeJS.Timeout | undefined;
  let changed = false;
  let telling: Promise<void> | undefined;

  const noteChange = () => {
    changed = true;
    // At once after a quiet time; then once a second at most.
    timer ??= setTimeout(turn, 0);
  };
  function turn(): void {
    timer = undefined;
    if (!changed) return;
    changed = false;
    timer = setTimeout(turn, TELL_EVERY_MS);
    telling = store
      .write((tx) => tx.publish({ type: 'wallboard-changed', data: {} }, ['role:supervisor', 'role:manager']))
      .catch(onError);
  }

  async function noteAgent(tx: Tx, accountId: string, state: string): Promise<void> {
    const branch = (await options.branchOf(tx.db, accountId)) ?? '';
    await tx.db
      .insertInto('wallboard_agents')
      .values({ account_id: accountId, state, branch })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ state, branch }))
      .execute();
  }

  const projection = createProjection({
    store,
    name: 'wallboard',
    types: ['call', 'presence', 'account', 'recording'],
    async apply(tx, event) {
      switch (event.type) {
        case 'call':
          if (!(await countCall(tx, event.data, counting))) return;
          break;
        case 'presence':
          await noteAgent(tx, event.data.accountId, event.data.state);
          break;
        case 'account': {
          const { id, active, branch } = event.data;
          await (active
            ? tx.db.updateTable('wallboard_agents').set({ branch }).where('account_id', '=', id).execute()
            : tx.db.deleteFrom('wallboard_agents').where('account_id', '=', id).execute());
          break;
        }
        case 'recording':
          // One may wait for space, or wait no longer.
          break;
      }
      tx.afterCommit(noteChange);
    },
    onError,
  });

  return {
    operations: {
      wallboard: {
        get: () => readWallboard(store.db, clock.now(), { goal, timeZone, queues: options.queues }),
      },
    },
    chores: [{ name: 'wallboard', everyMs: HOUR_MS, run: () => store.write(forgetCalls) }],
    async start() {
      // Events of long ago are no longer kept: who is there is asked once, then followed.
      const present = await options.presences();
      await store.write(async (tx) => {
        await tx.db.deleteFrom('wallboard_agents').execute();
        for (const { accountId, state } of present) await noteAgent(tx, accountId, state);
      });
      await projection.start();
    },
    async stop() {
      await projection.stop();
      clearTimeout(timer);
      timer = undefined;
      await telling;
    },
    caughtUp: () => projection.caughtUp(),
  };
}
