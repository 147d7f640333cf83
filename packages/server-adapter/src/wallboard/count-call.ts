import type { Call } from '@callweave/sdk/protocol';
import { sql } from 'kysely';
import { dayIn } from '../orders/index.ts';
import { prepared } from '../store/prepared.ts';
import type { Tx } from '../store/store.ts';
import { type Contribution, contributionOf, FIGURES, NOTHING, type ServiceGoal, waitingSince } from './contribution.ts';

export interface CountingOptions {
  readonly goal: ServiceGoal;
  readonly timeZone: string;
  readonly branchOf: (db: Tx['db'], accountId: string) => Promise<string | undefined>;
}

/** A call that has been over for so long is forgotten; what is still said of it then changes no figure. */
export const FORGET_AFTER_MS = 2 * 86_400_000;

const callById = prepared((db, p) => db.selectFrom('wallboard_calls').selectAll().where('call_id', '=', p(0)));

/**
 * Brings the sums up to date with one call. Touches the row of that call and the sums of its day: as much work in a year
 * as on the first day. @returns whether a figure changed
 */
export async function countCall(tx: Tx, call: Call, { goal, timeZone, branchOf }: CountingOptions): Promise<boolean> {
  const [before] = await callById(tx.db, call.id);
  const over = Date.parse(call.endedAt ?? '');
  if (before === undefined && over < tx.now.getTime() - FORGET_AFTER_MS) return false;

  const day = before?.day ?? dayIn(timeZone, new Date(call.startedAt));
  // A call that is taken off a queue, because somebody answered, still came through it.
  const queue = call.waiting?.queueId ?? before?.queue ?? '';
  const concerned = call.agent?.id ?? call.routing[0]?.accountId;
  const branch = (concerned === undefined ? undefined : await branchOf(tx.db, concerned)) ?? before?.branch ?? '';
  const after = contributionOf(call, goal);
  const row = {
    day,
    queue,
    branch,
    waiting_since: waitingSince(call),
    talking: call.kind === 'desk' && call.state === 'answered' ? (1 as const) : (0 as const),
    counted: JSON.stringify(after),
  };
  if (before !== undefined && KEYS.every((key) => before[key] === row[key])) return false;

  const counted = before === undefined ? NOTHING : (JSON.parse(before.counted) as Contribution);
  if (before !== undefined && (before.queue !== queue || before.branch !== branch)) {
    await add(tx, { day, queue: before.queue, branch: before.branch }, counted, -1);
    await add(tx, { day, queue, branch }, after, 1);
  } else await add(tx, { day, queue, branch }, difference(after, counted), 1);

  const updated_at = tx.now.toISOString();
  await tx.db
    .insertInto('wallboard_calls')
    .values({ call_id: call.id, ...row, updated_at })
    .onConflict((conflict) => conflict.column('call_id').doUpdateSet({ ...row, updated_at }))
    .execute();
  return true;
}

const KEYS = ['day', 'queue', 'branch', 'waiting_since', 'talking', 'counted'] as const;

function difference(after: Contribution, before: Contribution): Contribution {
  return Object.fromEntries(
    FIGURES.map((figure) => [figure, after[figure] - before[figure]]),
  ) as unknown as Contribution;
}

async function add(
  tx: Tx,
  place: { readonly day: string; readonly queue: string; readonly branch: string },
  figures: Contribution,
  sign: 1 | -1,
): Promise<void> {
  const changed = FIGURES.filter((figure) => figures[figure] !== 0);
  if (changed.length === 0) return;
  const amount = (figure: keyof Contribution) => sign * figures[figure];
  const first = Object.fromEntries(FIGURES.map((figure) => [figure, amount(figure)])) as unknown as Contribution;
  await tx.db
    .insertInto('wallboard_days')
    .values({ ...place, ...first })
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'queue', 'branch'])
        .doUpdateSet(
          Object.fromEntries(
            changed.map((figure) => [figure, sql<number>`${sql.ref(`wallboard_days.${figure}`)} + ${amount(figure)}`]),
          ),
        ),
    )
    .execute();
}

/** Forgets calls that are long over. */
export async function forgetCalls(tx: Tx): Promise<void> {
  const before = new Date(tx.now.getTime() - FORGET_AFTER_MS).toISOString();
  await tx.db
    .deleteFrom('wallboard_calls')
    .where('updated_at', '<', before)
    .where('waiting_since', 'is', null)
    .where('talking', '=', 0)
    .execute();
}
