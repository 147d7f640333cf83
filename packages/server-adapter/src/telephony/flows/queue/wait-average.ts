import type { Kysely } from 'kysely';
import type { Database } from '../../../store/schema.ts';
import type { Tx } from '../../../store/store.ts';

/** What a place in a queue costs in time, by those who were answered lately. */
export interface WaitAverage {
  readonly msPerPlace: number;
  readonly answered: number;
}

/** The latest answers count most, so that the morning's rush is forgotten by noon. */
const WEIGHT = 0.2;
/** Fewer say nothing about the next. */
const ENOUGH = 3;

export const NO_AVERAGE: WaitAverage = { msPerPlace: 0, answered: 0 };

export function withAnswer(average: WaitAverage, waitedMs: number, placeAtEntry: number): WaitAverage {
  const sample = Math.max(0, waitedMs) / Math.max(1, placeAtEntry);
  const answered = average.answered + 1;
  const weight = Math.max(WEIGHT, 1 / answered);
  return { msPerPlace: Math.round(average.msPerPlace + (sample - average.msPerPlace) * weight), answered };
}

export function secondsPerPlace({ msPerPlace, answered }: WaitAverage): number | null {
  return answered < ENOUGH ? null : msPerPlace / 1000;
}

/**
 * How long the one at this place will wait, in words that can be kept: whole minutes rounded up, from ten on in steps of
 * five, and no figure beyond half an hour. Undefined: too few were answered to tell.
 */
export function honestWait(
  average: WaitAverage,
  place: number,
):
  | { readonly kind: 'short' }
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'long' }
  | undefined {
  const seconds = secondsPerPlace(average);
  if (seconds === null) return undefined;
  const minutes = (seconds * place) / 60;
  if (minutes < 1) return { kind: 'short' };
  if (minutes > 30) return { kind: 'long' };
  return { kind: 'minutes', minutes: minutes > 10 ? Math.ceil(minutes / 5) * 5 : Math.ceil(minutes) };
}

export async function readAverages(db: Kysely<Database>): Promise<Map<string, WaitAverage>> {
  const rows = await db.selectFrom('queue_waits').selectAll().execute();
  return new Map(
    rows.map((row) => [row.queue_id, { msPerPlace: Number(row.ms_per_place), answered: Number(row.answered) }]),
  );
}

export async function writeAverage(tx: Tx, queueId: string, { msPerPlace, answered }: WaitAverage): Promise<void> {
  const columns = { ms_per_place: msPerPlace, answered };
  await tx.db
    .insertInto('queue_waits')
    .values({ queue_id: queueId, ...columns })
    .onConflict((conflict) => conflict.column('queue_id').doUpdateSet(columns))
    .execute();
}
