import type { Clock } from '../clock.ts';
import type { Store, Tx } from '../store/store.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The instant as of which one run decides what is over. */
export type RetentionClock = () => Promise<Date>;

/**
 * The clock by which things are deleted for good. It goes with the computer's, but of one run to the next by a day at most:
 * a clock that is years ahead by mistake would otherwise end everything in one run, and setting it right brings nothing
 * back. After a jump every run says so, so there is time to mend it; where the desk was only switched off for a while, it
 * catches up by itself and what is over is deleted a little later. Where it stood is kept in whole minutes.
 *
 * @param name whose runs these are: each goes by its own
 */
export function retentionClock(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly name: string;
  readonly onAhead: (error: Error) => void;
}): RetentionClock {
  const { store, clock, onAhead } = options;
  const name = `retention:${options.name}`;
  return async () => {
    const now = clock.now();
    const asOf = await store.write(async (tx) => {
      const stood = (await lastStood(tx, name)) ?? now.getTime();
      const next = Math.min(now.getTime(), stood + DAY_MS);
      // Set back, it is believed at once: that only keeps things longer.
      const value = Math.floor(Math.max(stood, next) / MINUTE_MS);
      await tx.db
        .insertInto('counters')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
      return new Date(next);
    });
    const days = Math.floor((now.getTime() - asOf.getTime()) / DAY_MS);
    if (days >= 1)
      onAhead(
        new Error(
          `The clock says ${now.toISOString()}, ${days} days more than the last run could expect. What ended until ` +
            `${asOf.toISOString()} is deleted now, the rest day by day. If the clock is wrong, set it right.`,
        ),
      );
    return asOf;
  };
}

/** Before the first run: when something was last written down, so that a wrong clock is not believed on the first day either. */
async function lastStood({ db }: Tx, name: string): Promise<number | undefined> {
  const counter = await db.selectFrom('counters').select('value').where('name', '=', name).executeTakeFirst();
  if (counter !== undefined) return Number(counter.value) * MINUTE_MS;
  const line = await db.selectFrom('ledger').select('at').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return line === undefined ? undefined : Date.parse(line.at);
}
