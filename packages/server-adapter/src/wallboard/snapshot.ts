import {
  type AgentFigures,
  type CallFigures,
  type LocalTexts,
  PresenceState,
  type Wallboard,
} from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { dayIn } from '../orders/index.ts';
import type { Database } from '../store/schema.ts';
import { type Contribution, FIGURES, NOTHING, type ServiceGoal } from './contribution.ts';

export interface SnapshotOptions {
  readonly goal: ServiceGoal;
  readonly timeZone: string;
  /** The house's queues, so that one without a call is shown too. */
  readonly queues: readonly { readonly id: string; readonly names: LocalTexts }[];
}

interface Sums {
  readonly counted: Record<keyof Contribution, number>;
  waiting: number;
  longestSince: string | null;
  talking: number;
}

/** The wallboard at this instant: as many rows as there are queues and branches, and callers on the line. */
export async function readWallboard(db: Kysely<Database>, now: Date, options: SnapshotOptions): Promise<Wallboard> {
  const { goal, timeZone } = options;
  const day = dayIn(timeZone, now);
  const days = await db.selectFrom('wallboard_days').selectAll().where('day', '=', day).execute();
  const waiting = await db
    .selectFrom('wallboard_calls')
    .select(['queue', 'branch', 'waiting_since'])
    .where('waiting_since', 'is not', null)
    .execute();
  const talking = await db.selectFrom('wallboard_calls').select(['queue', 'branch']).where('talking', '=', 1).execute();
  const agents = await db
    .selectFrom('wallboard_agents')
    .select((eb) => ['state', 'branch', eb.fn.countAll<number>().as('count')])
    .groupBy(['state', 'branch'])
    .execute();
  const { count: recordingsWaiting } = await db
    .selectFrom('recordings')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('waiting', 'is not', null)
    .executeTakeFirstOrThrow();

  const total = emptySums();
  const byQueue = new Map<string, Sums>(options.queues.map(({ id }) => [id, emptySums()]));
  const byBranch = new Map<string, Sums>();
  const places = (queue: string, branch: string) => [
    total,
    ...(queue === '' ? [] : [entry(byQueue, queue)]),
    ...(branch === '' ? [] : [entry(byBranch, branch)]),
  ];
  for (const row of days)
    for (const place of places(row.queue, row.branch))
      for (const figure of FIGURES) place.counted[figure] += Number(row[figure]);
  for (const { queue, branch, waiting_since } of waiting)
    for (const place of places(queue, branch)) {
      place.waiting += 1;
      if (waiting_since !== null && (place.longestSince === null || waiting_since < place.longestSince))
        place.longestSince = waiting_since;
    }
  for (const { queue, branch } of talking) for (const place of places(queue, branch)) place.talking += 1;

  const branches = [...new Set([...byBranch.keys(), ...agents.map(({ branch }) => branch)])].filter(Boolean).sort();
  const agentsIn = (branch: string | undefined): AgentFigures => {
    const figures = Object.fromEntries(PresenceState.options.map((state) => [state, 0])) as AgentFigures;
    for (const row of agents)
      if (branch === undefined || row.branch === branch) figures[row.state as PresenceState] += Number(row.count);
    return figures;
  };
  return {
    day,
    timeZone,
    goal: { seconds: goal.seconds, share: goal.share },
    total: figuresOf(total),
    agents: agentsIn(undefined),
    queues: [...byQueue].map(([queueId, sums]) => ({
      queueId,
      names: options.queues.find(({ id }) => id === queueId)?.names ?? null,
      figures: figuresOf(sums),
    })),
    branches: branches.map((branch) => ({
      branch,
      figures: figuresOf(byBranch.get(branch) ?? emptySums()),
      agents: agentsIn(branch),
    })),
    recordingsWaiting: Number(recordingsWaiting),
  };
}

function emptySums(): Sums {
  return { counted: { ...NOTHING }, waiting: 0, longestSince: null, talking: 0 };
}

function entry(sums: Map<string, Sums>, key: string): Sums {
  const found = sums.get(key) ?? emptySums();
  sums.set(key, found);
  return found;
}

function figuresOf({ counted, waiting, longestSince, talking }: Sums): CallFigures {
  const { offered, answered, abandoned, missed } = counted;
  // Those who wait still may be answered in time, and who kept their place has not given up: neither counts yet.
  const judged = answered + missed + abandoned - counted.abandoned_early;
  return {
    waiting,
    longestSince,
    talking,
    offered,
    answered,
    answeredInTime: counted.answered_in_time,
    abandoned,
    abandonedEarly: counted.abandoned_early,
    missed,
    callbacks: counted.callbacks,
    serviceLevel: judged === 0 ? null : counted.answered_in_time / judged,
    averageWait: answered === 0 ? null : Math.round(counted.wait_ms / answered / 100) / 10,
    outbound: counted.outbound,
    outboundAnswered: counted.outbound_answered,
  };
}
