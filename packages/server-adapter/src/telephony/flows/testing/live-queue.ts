import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract, IRAN, type Queue } from '@callweave/sdk/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agentsOf } from '../../../calls/index.ts';
import { fileRecordings } from '../../../connectors/recordings/file-recordings.ts';
import { embeddedDirectory } from '../../../customers/index.ts';
import { callerOf, read } from '../../../http/testing/invoke.ts';
import { instructionsInRecording } from '../../../orders/index.ts';
import { createSqliteStore } from '../../../store/sqlite.ts';
import type { Exchange } from '../../exchange.ts';
import type { ExchangeRig, TestCall, TestTelephone } from '../../testing/rig.ts';
import { type CallCentre, createCallCentre } from '../call-centre.ts';

const FIRST = '+989121234567';
const SECOND = '+989127654321';
const SUPERVISOR = callerOf('boss', 'supervisor');

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

/** The queue on a real exchange: one member, callers with real telephones, and what they hear and key. */
export function describeLiveQueue<Rig extends ExchangeRig>(name: string, makeRig: () => Promise<Rig>): void {
  describe(`queue on ${name}`, { timeout: 120_000 }, () => {
    let rig: Rig;
    let folder: string;
    let store: Awaited<ReturnType<typeof createSqliteStore>>;
    let centre: CallCentre;
    let phones: TestTelephone[] = [];
    const errors: unknown[] = [];

    beforeAll(async () => {
      rig = await makeRig();
      folder = await mkdtemp(join(tmpdir(), 'callweave-queue-'));
      store = await createSqliteStore({ file: join(folder, 'store.sqlite') });
      const [member] = rig.accounts;
      await store.write((tx) =>
        tx.db
          .insertInto('accounts')
          .values({
            id: member,
            username: member,
            name: member,
            roles: '["agent"]',
            branch: 'b',
            device: '{"kind":"browser"}',
            on_leave: 0,
            in_group: 1,
            active: 1,
            password_hash: null,
            failures: 0,
            locked_until: null,
            locale: 'en',
            created_at: tx.now.toISOString(),
          })
          .execute(),
      );
      centre = createCallCentre({
        store,
        exchange: started(rig.exchange),
        directory: embeddedDirectory(store, IRAN),
        recordings: {
          store,
          files: fileRecordings(join(folder, 'recordings')),
          links: { instructionsOf: instructionsInRecording, agentsOf },
        },
        hashSecret: async (text) => text,
        verifySecret: async (text, hash) => text === hash,
        policy: { greeting: [], wrapUpSeconds: 0, language: 'en' },
        // Silence between the announcements, so that what is heard is an announcement.
        queues: [
          {
            id: 'desk',
            names: { en: 'Desk', fa: 'میز', cs: 'Přepážka' },
            music: 'silence',
            announceEverySeconds: 18,
            restSeconds: 2,
            ringSeconds: 30,
          },
        ],
        logger: { warn() {}, error: (message, error) => errors.push(message, error) },
      });
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

    const remember = (phone: TestTelephone) => {
      phones.push(phone);
      return phone;
    };
    const queue = async () => (await read(contract.queues.list, centre.queues.list, {}, SUPERVISOR)).queues[0] as Queue;
    async function voices(one: TestCall, other: TestCall): Promise<void> {
      one.tone(440);
      other.tone(800);
      await expect.poll(async () => (await one.hear(400)).hz, { timeout: 10_000 }).toBe(800);
      await expect.poll(async () => (await other.hear(400)).hz, { timeout: 10_000 }).toBe(440);
    }
    const hears = (call: TestCall) =>
      expect.poll(async () => (await call.hear(500)).level, { timeout: 30_000 }).toBeGreaterThan(0.02);
    const hearsNothing = (call: TestCall) =>
      expect.poll(async () => (await call.hear(700)).level, { timeout: 30_000 }).toBeLessThan(0.005);

    it('two wait for one: each hears announcements with silence between, and they are answered in the order they came', async () => {
      const member = remember(await rig.agent(rig.accounts[0]));
      const first = await remember(await rig.telephone(FIRST)).dial(rig.publicNumber);
      await first.answered;
      const ringing = await member.nextCall();
      await ringing.answer();
      await voices(first, ringing);

      const second = await remember(await rig.telephone(SECOND)).dial(rig.publicNumber);
      await second.answered;
      await hears(second);
      await hearsNothing(second);
      // Again, by itself.
      await hears(second);
      expect(await queue()).toMatchObject({ waiting: 1, free: 0, members: 1 });
      await first.hangup();
      const next = await member.nextCall();
      await next.answer();
      await voices(second, next);
      expect(await queue()).toMatchObject({ waiting: 0 });
      await second.hangup();
      await next.ended;
      expect(errors).toEqual([]);
    });

    it('a caller presses the key, confirms by keys, hangs up and is called back in their turn', async () => {
      const member = remember(await rig.agent(rig.accounts[0]));
      const first = await remember(await rig.telephone(FIRST)).dial(rig.publicNumber);
      await first.answered;
      const ringing = await member.nextCall();
      await ringing.answer();
      await voices(first, ringing);

      const patient = remember(await rig.telephone(SECOND));
      const second = await patient.dial(rig.publicNumber);
      await second.answered;
      await hears(second);
      await second.digits('1');
      await hears(second);
      await second.digits('1#');
      await second.ended;
      await expect.poll(queue, { timeout: 10_000 }).toMatchObject({ waiting: 0, callbacks: 1 });

      await first.hangup();
      const offered = await member.nextCall(30_000);
      await offered.answer();
      const back = await patient.nextCall(30_000);
      await back.answer();
      await voices(back, offered);
      await expect.poll(queue, { timeout: 10_000 }).toMatchObject({ callbacks: 0 });
      await back.hangup();
      await offered.ended;
      // A phone that has not quite hung up yet may answer busy: then the member was offered the call twice.
      const callsOf = (column: 'caller_number' | 'called_number') => () =>
        store.db
          .selectFrom('calls')
          .select('outcome')
          .where(column, '=', SECOND)
          .orderBy('id', 'desc')
          .executeTakeFirst();
      await expect.poll(callsOf('caller_number'), { timeout: 10_000 }).toEqual({ outcome: 'callback' });
      await expect.poll(callsOf('called_number'), { timeout: 10_000 }).toEqual({ outcome: 'answered' });
      expect(errors).toEqual([]);
    });
  });
}
