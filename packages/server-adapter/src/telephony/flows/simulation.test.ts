import { describe, expect, it } from 'vitest';
import { createSqliteStore } from '../../store/sqlite.ts';
import { ExchangeError } from '../exchange.ts';
import { seededRandom } from '../testing/simulated/seeded-random.ts';
import type { QueueOptions } from './queue/queue-options.ts';
import { createFlowRig, type FlowRig, PUBLIC_NUMBER } from './testing/flow-rig.ts';

/** More by hand: `CALLWEAVE_SEEDS=5000`; one alone: `CALLWEAVE_SEED=42`. */
const SEEDS = Number(process.env['CALLWEAVE_SEEDS'] ?? 200);
const ONLY = process.env['CALLWEAVE_SEED'];
const AGENTS = ['first', 'second', 'group1', 'group2'] as const;
const OUTSIDE = '+982166778899';
const NUMBERS = ['+989121234567', '+989120000002', '+989129999999', 'anonymous'] as const;

/** A third of the days have no queue; in the others callers wait, overflow and are called back. */
const QUEUES: readonly (Partial<QueueOptions> | undefined)[] = [
  undefined,
  { strategy: 'ring-all', ringSeconds: 6, restSeconds: 2, maxWaitSeconds: 40, announceEverySeconds: 9, maxLength: 4 },
  { ringSeconds: 6, restSeconds: 3, whenLong: { kind: 'callback' }, maxWaitSeconds: 30, maxLength: 6 },
];

/**
 * A day at the desk in a few minutes of virtual time, in an order that the seed chooses: people who answer, refuse, hang
 * up or vanish; phones that drop; commands that fail or dawdle; an exchange and a database that go away; an adapter that
 * is killed. Afterwards nothing may be left behind, and every call must have an end that is told apart.
 */
async function day(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const chance = (probability: number) => random() < probability;
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  let trouble = true;
  const queue = pick(QUEUES);
  const rig = await createFlowRig(
    ({ clock } = {}) => createSqliteStore({ file: ':memory:', ...(clock && { clock }) }),
    {
      ...(queue && { queues: [{ ...queue, id: 'desk', names: { en: 'Desk', fa: 'میز', cs: 'Přepážka' } }] }),
      policy: { wrapUpSeconds: pick([0, 5]), ringSeconds: 8, resumeGraceSeconds: 10 },
      verificationPolicy: {
        declared: { questions: 0, pin: true },
        undeclared: { questions: 0, pin: true },
        attemptsPerCall: 3,
        failuresBeforeLock: 10,
        failuresPerHour: 200,
        validForSeconds: 60,
        longHoldSeconds: 5,
      },
      faults: {
        latency: () => (chance(0.3) ? Math.floor(random() * 200) : 0),
        fault: () => (trouble && chance(0.02) ? new ExchangeError('failed', 'simulated') : undefined),
      },
    },
  );
  try {
    for (const id of AGENTS) await rig.account(id, { inGroup: id.startsWith('group'), onLeave: chance(0.1) });
    await rig.customer({ responders: ['first', 'second'] });
    await rig.customer({ name: 'B', nationalCode: '0499370899', numbers: [NUMBERS[1]], responders: ['second'] });

    const steps = 40;
    for (let step = 0; step < steps; step += 1) {
      await act(rig, random, chance, pick);
      await rig.advance(Math.floor(random() * 4_000));
      checkAlways(rig);
    }

    // The trouble is over: the line is back, the disk has room, everybody hangs up.
    trouble = false;
    rig.breakStore(undefined);
    rig.exchange.reconnect();
    await rig.advance(1_000);
    await endCallbacks(rig);
    for (const leg of [...rig.exchange.legsById.values()])
      if (leg.origin === 'trunk' || leg.device?.kind === 'number') rig.exchange.farEnds(leg.id, 'normal');
    await rig.advance(5 * 60_000);
    await checkAfterwards(rig);
    await rig.stop();
    expect(rig.exchange.leaks()).toEqual([]);
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\nWhat the flow reported:\n${rig.errors.join('\n')}`,
      { cause: error },
    );
  } finally {
    await rig.store.close();
  }
}

/** Whoever was promised a call is still to be called; then the house gives it up, or the day would never end. */
async function endCallbacks(rig: FlowRig): Promise<void> {
  const { db } = rig.store;
  const promised = await db.selectFrom('calls').select('id').where('outcome', '=', 'callback').execute();
  const kept = new Set((await db.selectFrom('queue_callbacks').select('call_id').execute()).map((row) => row.call_id));
  expect(promised.filter(({ id }) => !kept.has(id))).toEqual([]);
  if (kept.size === 0) return;
  await rig.store.write((tx) => tx.db.updateTable('queue_callbacks').set({ state: 'failed' }).execute());
  await rig.restart('go-on');
}

async function act(
  rig: FlowRig,
  random: () => number,
  chance: (p: number) => boolean,
  pick: <T>(items: readonly T[]) => T,
): Promise<void> {
  const { exchange } = rig;
  const legs = [...exchange.legsById.values()];
  const some = <T>(items: readonly T[], use: (item: T) => unknown) => {
    if (items.length > 0) use(pick(items));
  };
  const ringing = legs.filter((leg) => leg.origin === 'ring' && leg.state === 'ringing');
  const up = legs.filter((leg) => leg.state === 'up');
  const what = random();
  if (what < 0.16) exchange.dial(pick(NUMBERS), PUBLIC_NUMBER);
  else if (what < 0.38) some(ringing, ({ id }) => exchange.farAnswers(id));
  else if (what < 0.42) some(ringing, ({ id }) => exchange.farEnds(id, pick(['busy', 'rejected', 'failed'])));
  else if (what < 0.47)
    some(up, ({ id }) => exchange.farEnds(id, pick(['normal', 'normal', 'media-timeout', 'failed'])));
  else if (what < 0.49) some(up, ({ id }) => exchange.farVanishes(id));
  else if (what < 0.52) some(up, ({ id }) => exchange.farHolds(id, chance(0.5)));
  else if (what < 0.56)
    some(up, ({ id }) => exchange.farKeys(id, pick(['1234#', '99*1234', '1', '1', '1#', '8206#8206#', '#'])));
  else if (what < 0.59) some(AGENTS, (account) => exchange.unregister(account));
  else if (what < 0.62) some(AGENTS, (account) => exchange.register(account));
  else if (what < 0.64) some([...exchange.tracks.keys()], (name) => exchange.recordingBreaks(name));
  else if (what < 0.66) exchange.disconnect();
  else if (what < 0.7) exchange.reconnect();
  else if (what < 0.72) rig.breakStore(() => (chance(0.5) ? new Error('simulated: the disk is full') : undefined));
  else if (what < 0.75) rig.breakStore(undefined);
  else if (what < 0.77)
    await rig
      .restart(pick(['go-on', 'die'] as const), () => rig.advance(Math.floor(random() * 8_000)))
      .catch(notReady(rig));
  else await command(rig, pick);
}

/** A start while the exchange or the store is away fails; whoever runs the adapter starts it again when they are back. */
function notReady(rig: FlowRig): () => Promise<void> {
  return async () => {
    rig.breakStore(undefined);
    rig.exchange.reconnect();
    await rig.restart('go-on');
  };
}

/** An agent presses a button, at the right time or not. */
async function command(rig: FlowRig, pick: <T>(items: readonly T[]) => T): Promise<void> {
  const account = pick(AGENTS);
  const agent = { accountId: account, name: account, roles: ['agent' as const], branch: '' };
  const call = await rig.store.db
    .selectFrom('calls')
    .select('id')
    .where('agent_id', '=', account)
    .where('state', '!=', 'ended')
    .executeTakeFirst();
  const dial = () => rig.calls('dial', { to: pick(NUMBERS.slice(0, 3)) }, agent);
  const callId = call?.id ?? '';
  const target = () =>
    pick([
      { kind: 'agent', accountId: pick(AGENTS) },
      { kind: 'agent', accountId: pick(AGENTS) },
      { kind: 'group' },
      { kind: 'number', number: OUTSIDE },
    ] as const);
  const buttons = [
    () => rig.calls('decline', { callId }, agent),
    () => rig.calls('hangup', { callId }, agent),
    () => rig.calls('hold', { callId, held: true }, agent),
    () => rig.calls('hold', { callId, held: false }, agent),
    () => rig.calls('resume', { callId }, agent),
    () => rig.verification('start', { callId }, agent).then(() => rig.verification('collectPin', { callId }, agent)),
    () => rig.verification('changePin', { callId }, agent),
    () => rig.calls('wrapUp', { callId, disposition: 'x' }, agent),
    () => rig.calls('transfer', { callId, mode: 'blind', target: target() }, agent),
    () => rig.calls('transfer', { callId, mode: 'attended', target: target() }, agent),
    () => rig.calls('transfer', { callId, mode: 'attended', target: target() }, agent),
    () => rig.calls('completeTransfer', { callId }, agent),
    () => rig.calls('completeTransfer', { callId }, agent),
    () => rig.calls('cancelTransfer', { callId }, agent),
    () => rig.calls('conference', { callId, target: target() }, agent),
    () => rig.calls('conference', { callId }, agent),
    () => rig.calls('removeParty', { callId, partyId: pick([...rig.exchange.legsById.keys(), 'leg_x']) }, agent),
    () => rig.calls('pauseRecording', { callId, reason: 'payment-card' }, agent),
    () => rig.calls('resumeRecording', { callId }, agent),
  ];
  const pressed = call === undefined ? dial : pick([dial, ...buttons]);
  const code = await pressed().then(
    () => 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
  // Refused with a code of the contract, or by the trouble of this day; never by an accident.
  expect(code).toMatch(
    /^(done|call-not-live|call-not-yours|exchange-unavailable|conflict|not-found|no-questions|call-without-customer|verification-.*|pin-not-possible|target-unavailable|in-a-call|third-in-call|no-third-in-call|recording-not-running|simulated.*)$/,
  );
}

function checkAlways(rig: FlowRig): void {
  for (const [bridge, legs] of rig.exchange.bridges)
    expect(legs.size, `three people at most on ${bridge}`).toBeLessThanOrEqual(3);
  for (const account of AGENTS)
    expect(rig.exchange.ringingAt(account).length, `calls that ring at ${account}`).toBeLessThanOrEqual(2);
}

async function checkAfterwards(rig: FlowRig): Promise<void> {
  const { db } = rig.store;
  expect(rig.exchange.leaks().join(', '), 'what is left at the exchange').toBe('');
  expect(rig.exchange.leaks()).toEqual([]);
  for (const call of await db.selectFrom('calls').selectAll().execute()) {
    expect(call, call.id).toMatchObject({
      state: 'ended',
      outcome: expect.stringMatching(
        /^(answered|missed|abandoned|failed|busy|no-answer|rejected|unreachable|callback)$/,
      ),
      ended_at: expect.any(String),
      held_since: null,
      parties: '[]',
    });
    if (call.answered_at !== null) expect(call.outcome).toBe('answered');
  }
  expect(await db.selectFrom('legs').select('id').where('state', '!=', 'ended').execute()).toEqual([]);
  expect(await db.selectFrom('routing_steps').selectAll().where('result', '=', 'ringing').execute()).toEqual([]);
  expect(
    await db.selectFrom('verifications').selectAll().where('pin', 'in', ['collecting', 'changing']).execute(),
  ).toEqual([]);
  expect(
    await db.selectFrom('recordings').select(['id', 'state']).where('state', 'not in', ['stored', 'failed']).execute(),
  ).toEqual([]);
  // Nobody is left marked busy: a new call rings at whoever can be rung.
  for (const account of AGENTS) rig.exchange.register(account);
  await db.selectFrom('accounts').select('id').execute();
  await rig.store.write((tx) => tx.db.updateTable('accounts').set({ on_leave: 0 }).execute());
  const leg = rig.exchange.dial(NUMBERS[0], PUBLIC_NUMBER);
  await rig.advance(500);
  expect(rig.exchange.ringingAt('first')).toHaveLength(1);
  rig.exchange.farEnds(leg, 'normal');
  await rig.advance(5_000);
}

describe('simulated days at the desk', () => {
  if (ONLY !== undefined) {
    it(`seed ${ONLY}`, () => day(Number(ONLY)), 60_000);
  } else {
    const parts = 10;
    for (let part = 0; part < parts; part += 1) {
      const from = Math.floor((SEEDS * part) / parts) + 1;
      const to = Math.floor((SEEDS * (part + 1)) / parts);
      it(`seeds ${from} to ${to}: nothing leaks and every call ends told apart`, async () => {
        for (let seed = from; seed <= to; seed += 1) {
          await day(seed).catch((error: unknown) => {
            throw new Error(
              `Seed ${seed} failed; replay it with CALLWEAVE_SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`,
              { cause: error },
            );
          });
        }
      }, 600_000);
    }
  }
});
