import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Call, contract, IRAN, type Supervision } from '@callweave/sdk/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agentsOf } from '../../../calls/index.ts';
import { fileRecordings } from '../../../connectors/recordings/file-recordings.ts';
import { embeddedDirectory } from '../../../customers/index.ts';
import { callerOf, change, read } from '../../../http/testing/invoke.ts';
import { instructionsInRecording } from '../../../orders/index.ts';
import { createSqliteStore } from '../../../store/sqlite.ts';
import type { Exchange } from '../../exchange.ts';
import type { ExchangeRig, TestCall, TestTelephone } from '../../testing/rig.ts';
import { measure, toneShare } from '../../testing/tone-measure.ts';
import { type CallCentre, createCallCentre } from '../call-centre.ts';

const CUSTOMER = '+989121234567';
const TONES = { customer: 440, agent: 800, supervisor: 1300 } as const;
type Person = keyof typeof TONES;
const PEOPLE = Object.keys(TONES) as Person[];

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
 * Supervision through the whole adapter's flow on a real exchange, with real sound: each person has a tone of their own.
 *
 * @param another a second connection to the exchange, as a restarted adapter has it; where calls end with the adapter, none
 * @param left what is left at the exchange that is no leg: bridges, snoops
 */
export function describeLiveSupervision<Rig extends ExchangeRig>(
  name: string,
  makeRig: () => Promise<Rig>,
  another?: (rig: Rig) => Exchange,
  left: (rig: Rig) => Promise<readonly string[]> = async () => [],
): void {
  describe(`supervision on ${name}`, { timeout: 90_000 }, () => {
    let rig: Rig;
    let folder: string;
    let store: Awaited<ReturnType<typeof createSqliteStore>>;
    let centre: CallCentre;
    let phones: TestTelephone[] = [];
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
        hashSecret: async (text) => text,
        verifySecret: async (text, hash) => text === hash,
        policy: { greeting: [], ringSeconds: 10, wrapUpSeconds: 0 },
        logger: { warn() {}, error: (message, error) => errors.push(message, error) },
      });
    }

    beforeAll(async () => {
      rig = await makeRig();
      folder = await mkdtemp(join(tmpdir(), 'callweave-supervision-'));
      store = await createSqliteStore({ file: join(folder, 'store.sqlite') });
      for (const [index, id] of rig.accounts.entries())
        await store.write((tx) =>
          tx.db
            .insertInto('accounts')
            .values({
              id,
              username: id,
              name: id,
              roles: index === 0 ? '["agent"]' : '["supervisor"]',
              branch: 'b',
              device: '{"kind":"browser"}',
              on_leave: 0,
              in_group: index === 0 ? 1 : 0,
              active: 1,
              password_hash: null,
              failures: 0,
              locked_until: null,
              locale: 'en',
              created_at: tx.now.toISOString(),
            })
            .execute(),
        );
      centre = makeCentre(rig.exchange);
      await centre.start();
    }, 120_000);

    afterEach(async () => {
      for (const { leg } of await rig.exchange.legs().catch(() => [])) await rig.exchange.hangup(leg).catch(() => {});
      for (const phone of phones) await phone.close();
      phones = [];
    });

    afterAll(async () => {
      await centre?.stop();
      await store?.close();
      await rig?.stop();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }, 60_000);

    const boss = () => callerOf(rig.accounts[1], 'supervisor');
    const command = (
      which: 'listen' | 'whisper' | 'barge' | 'takeOver' | 'leave',
      callId: string,
    ): Promise<Supervision | object> =>
      change(
        store,
        contract.supervision[which] as typeof contract.supervision.listen,
        centre.supervision[which] as typeof centre.supervision.listen,
        { callId, reason: 'test' },
        boss(),
      );
    const latest = async (): Promise<Call> =>
      (await read(contract.calls.list, centre.calls.list, { state: 'all', limit: 1 }, callerOf('m', 'manager')))
        .calls[0] as Call;
    const keep = (phone: TestTelephone) => {
      phones.push(phone);
      return phone;
    };

    /** A customer talks with an agent, and the supervisor's phone has been answered. */
    async function supervised(mode: 'listen' | 'whisper' | 'barge') {
      const agentPhone = keep(await rig.agent(rig.accounts[0]));
      const bossPhone = keep(await rig.agent(rig.accounts[1]));
      const customer = await keep(await rig.telephone(CUSTOMER)).dial(rig.publicNumber);
      const agent = await agentPhone.nextCall(20_000);
      await agent.answer();
      await Promise.all([agent.answered, customer.answered]);
      await expect.poll(async () => (await latest()).state, { timeout: 20_000 }).toBe('answered');
      const { id } = await latest();
      const [supervisor] = await Promise.all([bossPhone.nextCall(20_000), command(mode, id)]);
      expect(supervisor.headers['x-callweave-dial']).toBe(id);
      await supervisor.answer();
      await supervisor.answered;
      await expect
        .poll(async () => (await latest()).parties.map(({ state }) => state), { timeout: 20_000 })
        .not.toEqual(['ringing']);
      const people: Record<Person, TestCall> = { customer, agent, supervisor };
      for (const person of PEOPLE) people[person].tone(null);
      return { id, people };
    }

    /** Each speaks alone in turn; waits until it is so, since commands and sound take their time. */
    async function hears(people: Record<Person, TestCall>, expected: Record<Person, readonly Person[]>, who = PEOPLE) {
      for (const speaker of who) {
        people[speaker].tone(TONES[speaker]);
        const listeners = who.filter((each) => each !== speaker);
        const should = listeners.filter((each) => expected[each].includes(speaker));
        await expect
          .poll(
            async () => {
              const heard = await Promise.all(
                listeners.map(async (each) => ((await people[each].hear(500)).hz === 0 ? [] : [each])),
              );
              return heard.flat();
            },
            { timeout: 20_000, interval: 50 },
          )
          .toEqual(should);
        await Promise.all(
          should.map(async (each) => expect((await people[each].hear(500)).hz).toBeCloseTo(TONES[speaker], -1.6)),
        );
        people[speaker].tone(null);
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
    }

    const LISTENING = { customer: ['agent'], agent: ['customer'], supervisor: ['customer', 'agent'] } as const;
    const WHISPERING = { ...LISTENING, agent: ['customer', 'supervisor'] } as const;
    const TOGETHER = { ...WHISPERING, customer: ['agent', 'supervisor'] } as const;

    async function nothingIsLeft(): Promise<void> {
      await expect.poll(async () => (await latest()).state, { timeout: 20_000 }).toBe('ended');
      await expect.poll(() => rig.exchange.legs(), { timeout: 10_000 }).toEqual([]);
      await expect.poll(() => left(rig), { timeout: 10_000 }).toEqual([]);
      expect(errors).toEqual([]);
    }

    it('listens unheard, whispers to the agent alone, and the whisper is on no recording', async () => {
      const { id, people } = await supervised('listen');
      await hears(people, LISTENING);
      await command('whisper', id);
      await hears(people, WHISPERING);
      people.supervisor.tone(TONES.supervisor);
      people.customer.tone(TONES.customer);
      people.agent.tone(TONES.agent);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      for (const person of PEOPLE) people[person].tone(null);
      await people.customer.hangup();
      await nothingIsLeft();
      const [left, right] = await stored();
      expect(measure(left).hz).toBeCloseTo(TONES.customer, -1.6);
      expect(measure(right).hz).toBeCloseTo(TONES.agent, -1.6);
      // At the end all three spoke at once.
      for (const side of [left, right]) expect(toneShare(side.subarray(-12_000), TONES.supervisor)).toBeLessThan(0.01);
    });

    it('barges in, is recorded like the agent, and takes over: the agent is out, the call goes on', async () => {
      const { id, people } = await supervised('barge');
      await hears(people, TOGETHER);
      await command('takeOver', id);
      await people.agent.ended;
      await expect.poll(async () => (await latest()).agent?.id).toBe(rig.accounts[1]);
      await hears(people, { ...TOGETHER, customer: ['supervisor'], supervisor: ['customer'] }, [
        'customer',
        'supervisor',
      ]);
      await people.customer.hangup();
      await people.supervisor.ended;
      await nothingIsLeft();
      const [, right] = await stored();
      expect(measure(right.subarray(-16_000)).hz).toBeCloseTo(TONES.supervisor, -1.6);
    });

    it('ends with the call: a supervisor is not left alone on the line', async () => {
      const { people } = await supervised('listen');
      await people.agent.hangup();
      await people.supervisor.ended;
      await nothingIsLeft();
    });

    // An exchange that dies with its process has no such case.
    if (another !== undefined)
      it('goes on over a restart of the adapter, and leaves nothing behind', async () => {
        const { id, people } = await supervised('whisper');
        await centre.stop();
        const exchange = another(rig);
        await exchange.start();
        centre = makeCentre(exchange);
        await centre.start();
        try {
          await hears(people, WHISPERING);
          await command('listen', id);
          await hears(people, LISTENING);
          await people.supervisor.hangup();
          await expect.poll(async () => (await latest()).parties).toEqual([]);
          await hears(people, LISTENING, ['customer', 'agent']);
          await people.customer.hangup();
          await expect.poll(() => exchange.legs(), { timeout: 10_000 }).toEqual([]);
          await expect.poll(() => left(rig), { timeout: 10_000 }).toEqual([]);
          expect(errors).toEqual([]);
        } finally {
          await exchange.stop();
        }
      });

    /** Both sides of the recording of the latest call. */
    async function stored(): Promise<[Int16Array, Int16Array]> {
      await expect.poll(async () => (await latest()).recording.state, { timeout: 20_000 }).toBe('stored');
      const { file } = await store.db
        .selectFrom('recordings')
        .select('file')
        .where('id', '=', (await latest()).recording.id as string)
        .executeTakeFirstOrThrow();
      const wav = await readFile(join(folder, 'recordings', file as string));
      const end = wav.length - ((wav.length - 44) % 4);
      const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + end));
      return [samples.filter((_, index) => index % 2 === 0), samples.filter((_, index) => index % 2 === 1)];
    }
  });
}
