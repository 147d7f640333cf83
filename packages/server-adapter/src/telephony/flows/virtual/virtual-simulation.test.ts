import { describe, expect, it } from 'vitest';
import { createSqliteStore } from '../../../store/sqlite.ts';
import { ExchangeError } from '../../exchange.ts';
import { seededRandom } from '../../testing/simulated/seeded-random.ts';
import { ACCESS, createVirtualRig, EXCHANGE, FICTITIOUS, REAL, type VirtualRig } from '../testing/virtual-rig.ts';

/** More by hand: `CALLWEAVE_SEEDS=5000`; one alone: `CALLWEAVE_SEED=42`. */
const SEEDS = Number(process.env['CALLWEAVE_SEEDS'] ?? 100);
const ONLY = process.env['CALLWEAVE_SEED'];
const DEALERS = ['+420541000001', '+420541000002', '+420541000003'] as const;
const OTHER_REAL = '+420602000222';

/** What a day brought, so that days on which nothing happens do not pass for a proof. */
interface Happened {
  readonly calls: number;
  readonly answered: number;
  readonly cases: number;
  readonly returned: number;
}

/**
 * Field callers and dealers who call each other in an order that the seed chooses, with faults of the exchange and the
 * store, and an adapter that is killed. Ordinals stay distinct and the same, and nobody gets a message twice.
 */
async function day(seed: number): Promise<Happened> {
  const random = seededRandom(seed);
  const chance = (probability: number) => random() < probability;
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  let trouble = true;
  const rig = await createVirtualRig(
    ({ clock } = {}) => createSqliteStore({ file: ':memory:', ...(clock && { clock }) }),
    {
      virtual: { ringSeconds: 8, dialSeconds: 10, callbackHours: 1 },
      faults: {
        latency: () => (chance(0.3) ? Math.floor(random() * 200) : 0),
        fault: () => (trouble && chance(0.02) ? new ExchangeError('failed', 'simulated') : undefined),
      },
    },
  );
  trouble = false;
  try {
    const first = await rig.fieldCaller(REAL);
    const second = await rig.fieldCaller(OTHER_REAL);
    const one = await rig.project('One');
    const two = await rig.project('Two');
    await rig.pair(one, FICTITIOUS[0], first);
    await rig.pair(two, FICTITIOUS[1], first);
    await rig.pair(two, FICTITIOUS[1], second);
    trouble = true;
    /** Ordinals of cases that were seen open. */
    const ordinals = new Map<string, number>();
    for (let step = 0; step < 60; step += 1) {
      await act(rig, chance, pick, random);
      await rig.advance(Math.floor(random() * 4_000));
      await checkCases(rig, ordinals);
    }
    trouble = false;
    rig.breakStore(undefined);
    rig.exchange.reconnect();
    await rig.advance(1_000);
    for (const leg of [...rig.exchange.legsById.values()]) rig.exchange.farEnds(leg.id, 'normal');
    await rig.advance(3 * 60_000);
    await checkCases(rig, ordinals);
    const { db } = rig.store;
    expect(rig.exchange.leaks()).toEqual([]);
    for (const call of await db.selectFrom('calls').selectAll().execute())
      expect(call).toMatchObject({
        kind: 'virtual',
        state: 'ended',
        outcome: expect.any(String),
        ended_at: expect.any(String),
      });
    expect(await db.selectFrom('field_calls').selectAll().where('state', '!=', 'ended').execute()).toEqual([]);
    expect(await db.selectFrom('legs').select('id').where('state', '!=', 'ended').execute()).toEqual([]);
    expect(
      await db
        .selectFrom('recordings')
        .select(['id', 'state'])
        .where('state', 'not in', ['stored', 'failed'])
        .execute(),
    ).toEqual([]);
    await rig.stop();
    expect(rig.exchange.leaks()).toEqual([]);
    const calls = await rig.fieldCalls();
    const cases = await rig.cases();
    return {
      calls: calls.length,
      answered: calls.filter(({ outcome }) => outcome === 'answered').length,
      cases: cases.length,
      returned: cases.filter(({ reason }) => reason === 'connected').length,
    };
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\nWhat the flow reported:\n${rig.errors.join('\n')}`,
      { cause: error },
    );
  } finally {
    await rig.store.close();
  }
}

async function act(
  rig: VirtualRig,
  chance: (p: number) => boolean,
  pick: <T>(items: readonly T[]) => T,
  random: () => number,
): Promise<void> {
  const { exchange } = rig;
  const legs = [...exchange.legsById.values()];
  const some = <T>(items: readonly T[], use: (item: T) => unknown) => {
    if (items.length > 0) use(pick(items));
  };
  const ringing = legs.filter((leg) => leg.origin === 'ring' && leg.state === 'ringing');
  const up = legs.filter((leg) => leg.state === 'up');
  const what = random();
  const dialAndKey = async (to: string, ...entries: readonly string[]) => {
    const leg = exchange.dial(pick([REAL, REAL, OTHER_REAL]), to);
    for (const digits of entries) {
      await rig.advance(500);
      // The menu may not have been reached, or the other end of it: keys are pressed all the same.
      if (chance(0.9)) exchange.farKeys(leg, digits);
    }
  };
  if (what < 0.18) await dialAndKey(ACCESS, pick(['1#', '2#', '']), `${pick(DEALERS).slice(4)}#`);
  else if (what < 0.26) await dialAndKey(EXCHANGE, pick(['1#', '2#', '3#']));
  else if (what < 0.4) exchange.dial(pick(DEALERS), pick(FICTITIOUS));
  else if (what < 0.58)
    some(up, ({ id }) =>
      exchange.farKeys(id, pick(['1#', '2#', '0#', '*', ...DEALERS.map((to) => `${to.slice(4)}#`)])),
    );
  else if (what < 0.7) some(ringing, ({ id }) => exchange.farAnswers(id));
  else if (what < 0.76)
    some(ringing, ({ id }) => exchange.farEnds(id, pick(['busy', 'rejected', 'no-answer', 'failed'])));
  else if (what < 0.84) some(legs, ({ id }) => exchange.farEnds(id, pick(['normal', 'media-timeout', 'failed'])));
  else if (what < 0.87) exchange.disconnect();
  else if (what < 0.91) exchange.reconnect();
  else if (what < 0.93) rig.breakStore(() => (chance(0.5) ? new Error('simulated: the disk is full') : undefined));
  else if (what < 0.96) rig.breakStore(undefined);
  else
    await rig
      .restart(pick(['go-on', 'die'] as const), () => rig.advance(Math.floor(random() * 8_000)))
      .catch(async () => {
        // A start while the exchange or the store is away fails; whoever runs the adapter starts it again.
        rig.breakStore(undefined);
        rig.exchange.reconnect();
        await rig.restart('go-on');
      });
}

async function checkCases(rig: VirtualRig, ordinals: Map<string, number>): Promise<void> {
  const cases = await rig.cases();
  const open = cases.filter(({ state }) => state === 'open');
  const taken = open.map(({ field_caller_id, ordinal }) => `${field_caller_id} ${ordinal}`);
  expect(new Set(taken).size, 'ordinals that are open at one field caller').toBe(taken.length);
  for (const { id, ordinal } of cases) {
    expect(ordinals.get(id) ?? ordinal, 'an ordinal once told').toBe(ordinal);
    ordinals.set(id, ordinal);
    // Two pairings with three dealers each: never more than can be open at once.
    expect(ordinal).toBeLessThanOrEqual(6);
  }
  const messages = await rig.messages();
  expect(messages.map(({ dedupe_key }) => dedupe_key).sort(), 'one message for each case').toEqual(
    cases.map(({ id }) => `callback:${id}`).sort(),
  );
}

describe('simulated days of field callers', () => {
  if (ONLY !== undefined) {
    it(`seed ${ONLY}`, async () => void (await day(Number(ONLY))), 60_000);
  } else {
    const parts = 5;
    const sum = { calls: 0, answered: 0, cases: 0, returned: 0 };
    for (let part = 0; part < parts; part += 1) {
      const from = Math.floor((SEEDS * part) / parts) + 1;
      const to = Math.floor((SEEDS * (part + 1)) / parts);
      it(`seeds ${from} to ${to}: nothing leaks, ordinals stay, one message for each case`, async () => {
        for (let seed = from; seed <= to; seed += 1) {
          const happened = await day(seed).catch((error: unknown) => {
            throw new Error(
              `Seed ${seed} failed; replay it with CALLWEAVE_SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`,
              { cause: error },
            );
          });
          for (const key of ['calls', 'answered', 'cases', 'returned'] as const) sum[key] += happened[key];
        }
      }, 600_000);
    }
    // On a handful of days it may well be that nobody returned a call.
    if (SEEDS >= 50)
      it('enough of everything happened to mean something', () => {
        expect(sum.calls).toBeGreaterThan(SEEDS);
        for (const count of Object.values(sum)) expect(count).toBeGreaterThan(0);
      });
  }
});
