import { describe, expect, it } from 'vitest';
import { createSqliteStore } from '../../../store/sqlite.ts';
import { ExchangeError } from '../../exchange.ts';
import { seededRandom } from '../../testing/simulated/seeded-random.ts';
import type { QueueOptions } from '../queue/queue-options.ts';
import { CUSTOMER_NUMBER, PUBLIC_NUMBER } from '../testing/flow-rig.ts';
import { BOSS, BOX_NUMBER, STRANGER, voicemailHouse } from './testing/voicemail-house.ts';

/** More by hand: `CALLWEAVE_SEEDS=2000`; one alone: `CALLWEAVE_SEED=42`. */
const SEEDS = Number(process.env['CALLWEAVE_SEEDS'] ?? 60);
const ONLY = process.env['CALLWEAVE_SEED'];
const names = { en: 'Orders', fa: 'سفارش', cs: 'Objednávky' };
const QUEUE: QueueOptions = {
  id: 'orders',
  names,
  members: ['hamid'],
  ringSeconds: 4,
  restSeconds: 1,
  maxWaitSeconds: 10,
  whenLong: { kind: 'voicemail', box: 'orders' },
};

/**
 * Callers who leave messages in an order that the seed chooses, while commands fail, the disk is full, the store and the
 * exchange go away and the adapter is killed. Afterwards nothing is left behind: every message is stored and shown, or
 * never was; every call has its end.
 *
 * @returns how many messages were left
 */
async function day(seed: number): Promise<number> {
  const random = seededRandom(seed);
  const chance = (probability: number) => random() < probability;
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  let trouble = true;
  const house = await voicemailHouse(
    ({ clock } = {}) => createSqliteStore({ file: ':memory:', ...(clock && { clock }) }),
    {
      ...(chance(0.5) && { queues: [QUEUE] }),
      voicemail: { maxSeconds: 20, unanswered: pick(['responder', 'queue']) },
      faults: {
        latency: () => (chance(0.3) ? Math.floor(random() * 200) : 0),
        fault: () => (trouble && chance(0.03) ? new ExchangeError('failed', 'simulated') : undefined),
      },
    },
  );
  const { rig, files } = house;
  await rig.customer({ responders: ['mina'] });
  files.fail = () => (trouble && chance(0.3) ? new Error('full') : undefined);
  const spoken: string[] = [];
  const trunk = () => [...rig.exchange.legsById.values()].filter(({ origin }) => origin === 'trunk');
  for (let step = 0; step < 30; step += 1) {
    const leg = trunk()[0]?.id;
    await pick([
      async () =>
        void rig.exchange.dial(pick([CUSTOMER_NUMBER, STRANGER, 'anonymous']), pick([PUBLIC_NUMBER, BOX_NUMBER])),
      async () => leg && rig.exchange.farEnds(leg, pick(['normal', 'failed'])),
      async () => leg && rig.exchange.farKeys(leg, pick(['#', '1', '5'])),
      async () => rig.advance(8_000),
      async () => {
        if (!chance(0.3)) return;
        rig.exchange.disconnect();
        await rig.advance(Math.floor(random() * 4_000));
        rig.exchange.reconnect();
      },
      async () => {
        if (!chance(0.3)) return;
        rig.breakStore(() => (chance(0.7) ? new Error('simulated') : undefined));
        await rig.advance(3_000);
        rig.breakStore(undefined);
      },
      async () => {
        if (chance(0.3)) await rig.restart(pick(['go-on', 'die']));
      },
    ])();
    await rig.advance(Math.floor(random() * 3_000));
    for (const [name, track] of rig.exchange.tracks) {
      const length = (track.endedAt ?? rig.time.now().getTime()) - track.startedAt;
      if (name.startsWith('vm_') && length > 3_000 && !spoken.includes(name)) spoken.push(name);
    }
  }
  trouble = false;
  rig.exchange.reconnect();
  for (const { id } of trunk()) rig.exchange.farEnds(id, 'normal');
  await rig.advance(5 * 60_000);

  expect(rig.exchange.leaks().filter((leak) => !leak.startsWith('playback'))).toEqual([]);
  const rows = await rig.store.db.selectFrom('voicemail_messages').selectAll().execute();
  expect(rows.filter(({ state, leg }) => state !== 'stored' || leg !== null)).toEqual([]);
  expect([...files.all.keys()].sort()).toEqual(rows.map(({ file }) => file).sort());
  const ids = rows.map(({ id }) => id);
  expect(spoken.filter((name) => !ids.includes(name))).toEqual([]);
  const open = await rig.store.db.selectFrom('calls').select(['id', 'state']).where('state', '!=', 'ended').execute();
  expect(open).toEqual([]);
  const shown = [...(await house.messages(BOSS)), ...(await house.messages(house.mina))].map(({ id }) => id);
  expect(ids.filter((id) => !shown.includes(id))).toEqual([]);
  await rig.stop();
  return rows.length;
}

describe('days of voicemail', () => {
  const seeds = ONLY === undefined ? Array.from({ length: SEEDS }, (_, seed) => seed + 1) : [Number(ONLY)];
  it(`of ${seeds.length} seeds lose nothing and leave nothing behind`, { timeout: 600_000 }, async () => {
    const failures: string[] = [];
    let left = 0;
    for (const seed of seeds) {
      try {
        left += await day(seed);
      } catch (error) {
        failures.push(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    expect(failures).toEqual([]);
    // Days on which nobody leaves anything would prove nothing.
    if (ONLY === undefined) expect(left).toBeGreaterThan(seeds.length);
  });
});
