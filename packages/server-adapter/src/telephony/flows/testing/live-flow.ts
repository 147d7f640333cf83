import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Call, contract, IRAN } from '@callweave/sdk/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentsOf } from '../../../calls/index.ts';
import { fileRecordings } from '../../../connectors/recordings/file-recordings.ts';
import { createCustomers, DEFAULT_PIN_POLICY, embeddedDirectory } from '../../../customers/index.ts';
import { callerOf, change, read } from '../../../http/testing/invoke.ts';
import { instructionsInRecording } from '../../../orders/index.ts';
import { createSecrets } from '../../../secrets/hash.ts';
import { createSqliteStore } from '../../../store/sqlite.ts';
import type { Exchange } from '../../exchange.ts';
import type { ExchangeRig, TestCall, TestTelephone } from '../../testing/rig.ts';
import { measure } from '../../testing/tone-measure.ts';
import { type CallCentre, createCallCentre } from '../call-centre.ts';
import { liveControlTests } from './live-control.ts';

const CUSTOMER = '+989121234567';
const MANAGER = callerOf('manager', 'manager');

/** The rig starts and stops its exchange; the call centre only thinks that it does. */
function started(exchange: Exchange): Exchange {
  return new Proxy(exchange, {
    get(target, key) {
      if (key === 'start' || key === 'stop') return async () => {};
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/**
 * The inbound flow on a real exchange, with real sound and real keys. Where the exchange carries calls on without us, the
 * rig gives `another` connection to it, as a restarted adapter has.
 */
export function describeLiveFlow<Rig extends ExchangeRig>(
  name: string,
  makeRig: () => Promise<Rig>,
  another?: (rig: Rig) => Exchange,
): void {
  describe(`inbound flow on ${name}`, { timeout: 60_000 }, () => {
    let rig: Rig;
    let folder: string;
    let store: Awaited<ReturnType<typeof createSqliteStore>>;
    let centre: CallCentre;
    let phones: TestTelephone[] = [];
    const secrets = createSecrets({ pepper: 'a pepper for tests, of 32 characters', cost: 8, parallelization: 1 });
    const errors: unknown[] = [];

    function makeCentre(exchange: Exchange): CallCentre {
      return createCallCentre({
        store,
        exchange: started(exchange),
        directory: embeddedDirectory(store, IRAN),
        recordings: {
          store,
          files: fileRecordings(join(folder, 'recordings')),
          links: { instructionsOf: instructionsInRecording, agentsOf },
        },
        hashSecret: secrets.hashSecret,
        verifySecret: secrets.verifySecret,
        outbound: { callerIds: [rig.publicNumber] },
        policy: { greeting: [], ringSeconds: 3, wrapUpSeconds: 0, firstDigitSeconds: 8, resumeGraceSeconds: 10 },
        verificationPolicy: {
          declared: { questions: 0, pin: true },
          undeclared: { questions: 3, pin: true },
          attemptsPerCall: 3,
          failuresBeforeLock: 10,
          failuresPerHour: 200,
          validForSeconds: 600,
          longHoldSeconds: 60,
        },
        logger: { warn() {}, error: (message, error) => errors.push(message, error) },
      });
    }

    beforeAll(async () => {
      rig = await makeRig();
      folder = await mkdtemp(join(tmpdir(), 'callweave-flow-'));
      store = await createSqliteStore({ file: join(folder, 'store.sqlite') });
      for (const [index, id] of rig.accounts.entries()) {
        await store.write((tx) =>
          tx.db
            .insertInto('accounts')
            .values({
              id,
              username: id,
              name: id,
              roles: '["agent"]',
              branch: 'b',
              device: '{"kind":"browser"}',
              on_leave: 0,
              in_group: index === 2 ? 1 : 0,
              active: 1,
              password_hash: null,
              failures: 0,
              locked_until: null,
              locale: 'en',
              created_at: tx.now.toISOString(),
            })
            .execute(),
        );
      }
      const customers = createCustomers({
        store,
        directory: embeddedDirectory(store, IRAN),
        ownBase: true,
        plan: IRAN,
        pinPolicy: DEFAULT_PIN_POLICY,
        hashSecret: secrets.hashSecret,
        responders: async (_db, ids) => new Set(ids),
      });
      await change(
        store,
        contract.customers.create,
        customers.create,
        {
          name: 'Sara Ahmadi',
          kind: 'securities',
          nationalCode: '0013542419',
          numbers: [CUSTOMER],
          responders: rig.accounts.slice(0, 2),
          locale: 'cs',
        },
        MANAGER,
      );
      centre = makeCentre(rig.exchange);
      await centre.start();
    }, 120_000);

    afterAll(async () => {
      for (const phone of phones) await phone.close();
      await centre?.stop();
      await store?.close();
      await rig?.stop();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }, 60_000);

    const agent = async (index: 0 | 1 | 2) => remember(await rig.agent(rig.accounts[index]));
    const remember = (phone: TestTelephone) => {
      phones.push(phone);
      return phone;
    };
    const latest = async (): Promise<Call> =>
      (await read(contract.calls.list, centre.calls.list, { state: 'all', limit: 1 }, MANAGER)).calls[0] as Call;
    const until = (check: (call: Call) => void, ms = 15_000) =>
      expect
        .poll(
          async () => {
            const call = await latest();
            try {
              check(call);
              return 'ok';
            } catch (error) {
              return `${error instanceof Error ? error.message : String(error)} ${JSON.stringify(call)}`;
            }
          },
          { timeout: ms, interval: 50 },
        )
        .toBe('ok');
    const dial = async (): Promise<TestCall> => remember(await rig.telephone(CUSTOMER)).dial(rig.publicNumber);
    async function voices(customer: TestCall, responder: TestCall): Promise<void> {
      customer.tone(440);
      responder.tone(800);
      await expect.poll(async () => (await customer.hear(400)).hz, { timeout: 8_000 }).toBe(800);
      await expect.poll(async () => (await responder.hear(400)).hz, { timeout: 8_000 }).toBe(440);
    }
    async function hangUpAll(...calls: TestCall[]): Promise<void> {
      await calls[0]?.hangup();
      await Promise.all(calls.map((call) => call.ended));
      await until((call) => expect(call).toMatchObject({ state: 'ended' }));
      await expect.poll(() => rig.exchange.legs(), { timeout: 5_000 }).toEqual([]);
      for (const phone of phones) await phone.close();
      phones = [];
    }
    /** What each side said, from the file that was stored. */
    async function sides(): Promise<{ left: Int16Array; right: Int16Array }> {
      await until((call) => expect(call.recording.state).toBe('stored'));
      const { file } = await store.db
        .selectFrom('recordings')
        .select('file')
        .where('id', '=', (await latest()).recording.id as string)
        .executeTakeFirstOrThrow();
      const wav = await readFile(join(folder, 'recordings', file as string));
      const samples = new Int16Array(
        wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length - ((wav.length - 44) % 4)),
      );
      return {
        left: samples.filter((_, index) => index % 2 === 0),
        right: samples.filter((_, index) => index % 2 === 1),
      };
    }

    it('busy first responder, second answers; PIN by real keys that the agent does not hear; both voices on the recording', async () => {
      const first = await agent(0);
      const second = await agent(1);
      const customer = await dial();
      const busy = await first.nextCall();
      expect(busy.headers['x-callweave-call']).toBe((await latest()).id);
      await busy.decline('busy');
      const responder = await second.nextCall();
      await responder.answer();
      await voices(customer, responder);
      const callId = (await latest()).id;
      expect((await latest()).routing).toMatchObject([
        { accountId: rig.accounts[0], result: 'busy' },
        { accountId: rig.accounts[1], result: 'answered' },
      ]);
      const caller = callerOf(rig.accounts[1], 'agent');
      await new Promise((resolve) => setTimeout(resolve, 1_500));

      await change(store, contract.verification.start, centre.verification.start, { callId }, caller);
      await change(store, contract.verification.collectPin, centre.verification.collectPin, { callId }, caller);
      await until((call) => expect(call.recording.state).toBe('paused'));
      // The customer keeps speaking: nothing of it reaches the agent.
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect((await responder.hear(600)).hz).not.toBe(440);
      await customer.digits('1234#');
      await until((call) => expect(call.verification).toMatchObject({ state: 'passed', pin: 'change-required' }));
      await until((call) => expect(call.recording.state).toBe('recording'));
      await voices(customer, responder);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await hangUpAll(customer, responder);

      const { left, right } = await sides();
      expect(measure(left.subarray(0, 12_000)).hz).toBe(440);
      expect(measure(right.subarray(0, 12_000)).hz).toBe(800);
      expect(measure(left.subarray(-8_000)).hz).toBe(440);
      const gap = (
        JSON.parse(
          (
            await store.db
              .selectFrom('recordings')
              .select('gaps')
              .orderBy('started_at', 'desc')
              .executeTakeFirstOrThrow()
          ).gaps,
        ) as { fromMs: number; toMs: number; reason: string }[]
      )[0];
      expect(gap).toMatchObject({ reason: 'pin' });
      const middle = Math.floor((((gap?.fromMs ?? 0) + (gap?.toMs ?? 0)) / 2) * 8);
      expect(measure(left.subarray(middle - 2_000, middle + 2_000)).hz).toBe(0);
      expect(errors).toEqual([]);
    });

    it('unregistered first responder: the second rings at once; silent second: the group', async () => {
      const second = await agent(1);
      const group = await agent(2);
      const customer = await dial();
      await second.nextCall();
      const member = await group.nextCall(10_000);
      expect((await latest()).routing.map(({ result }) => result)).toEqual(['unreachable', 'no-answer', 'ringing']);
      await member.answer();
      await voices(customer, member);
      await hangUpAll(member, customer);
      expect(await latest()).toMatchObject({ outcome: 'answered' });
    });

    it('nobody: the caller hears so and is hung up on; a caller who gives up is told apart', async () => {
      const missed = await dial();
      await missed.ended;
      await until((call) => expect(call).toMatchObject({ state: 'ended', outcome: 'missed' }));
      const first = await agent(0);
      const impatient = await dial();
      const ringing = await first.nextCall();
      await impatient.answered;
      await impatient.hangup();
      await ringing.ended;
      await until((call) => expect(call).toMatchObject({ state: 'ended', outcome: 'abandoned' }));
      await expect.poll(() => rig.exchange.legs()).toEqual([]);
      for (const phone of phones) await phone.close();
      phones = [];
    });

    it('an agent whose page is gone rings back in, and both hear each other again', async () => {
      const first = await agent(0);
      const customer = await dial();
      const lost = await first.nextCall();
      await lost.answer();
      await voices(customer, lost);
      const callId = (await latest()).id;
      lost.vanish();
      await first.close();
      const again = await agent(0);
      await change(store, contract.calls.resume, centre.calls.resume, { callId }, callerOf(rig.accounts[0], 'agent'));
      const back = await again.nextCall();
      expect(back.headers).toMatchObject({ 'x-callweave-call': callId, 'x-callweave-resume': '1' });
      await back.answer();
      await voices(customer, back);
      await hangUpAll(customer, back);
      await until((call) => expect(call.recording.state).toBe('stored'));
    });

    liveControlTests(() => ({
      rig,
      store,
      centre,
      errors,
      agent,
      outside: async (number) => remember(await rig.telephone(number)),
      dial,
      latest,
      until,
      hangUpAll,
    }));

    // An exchange that dies with its process has no such case; how its calls end is told by the simulated exchange.
    if (another === undefined) return;
    it('an adapter that went away in a call finds it again, recorded without a hole', async () => {
      const first = await agent(0);
      const customer = await dial();
      const responder = await first.nextCall();
      await responder.answer();
      await voices(customer, responder);
      const callId = (await latest()).id;
      // Nothing is told to anybody: the old one is simply no longer listened to.
      await centre.stop();
      const exchange = another(rig);
      await exchange.start();
      centre = makeCentre(exchange);
      await centre.start();
      await voices(customer, responder);
      expect(await latest()).toMatchObject({ id: callId, state: 'answered', recording: { state: 'recording' } });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await customer.hangup();
      await responder.ended;
      await until((call) => expect(call).toMatchObject({ id: callId, state: 'ended', outcome: 'answered' }));
      const { left, right } = await sides();
      expect(measure(left.subarray(-8_000)).hz).toBe(440);
      expect(measure(right.subarray(0, 12_000)).hz).toBe(800);
      await exchange.stop();
    });
  });
}
