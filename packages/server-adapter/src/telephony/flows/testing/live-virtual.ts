import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Call, CZECHIA, contract, type Endpoint, type InputOf, type OutputOf } from '@callweave/sdk/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentsOf } from '../../../calls/index.ts';
import { fileRecordings } from '../../../connectors/recordings/file-recordings.ts';
import type { SmsMessage } from '../../../connectors/sms/sms-driver.ts';
import { embeddedDirectory } from '../../../customers/index.ts';
import type { Caller } from '../../../http/operation.ts';
import { callerOf, change, read } from '../../../http/testing/invoke.ts';
import { createMessages, type Messages } from '../../../messages/index.ts';
import { instructionsInRecording } from '../../../orders/index.ts';
import { createSecrets } from '../../../secrets/hash.ts';
import { createSqliteStore } from '../../../store/sqlite.ts';
import { createVirtualNumbers, type VirtualNumbers } from '../../../virtual-numbers.ts';
import type { Exchange, PlayItem } from '../../exchange.ts';
import type { ExchangeRig, TestCall, TestTelephone } from '../../testing/rig.ts';
import { measure } from '../../testing/tone-measure.ts';
import { type CallCentre, createCallCentre } from '../call-centre.ts';
import { ACCESS, DEALER, EXCHANGE, FICTITIOUS, MANAGER, REAL } from './virtual-rig.ts';

const SECOND_DEALER = '+420545111222';
const [FIRST, SECOND] = FICTITIOUS;

/** The rig starts and stops its exchange; what is played is told, so that keys are pressed when they are asked for. */
function watched(exchange: Exchange, played: (items: readonly PlayItem[]) => void): Exchange {
  return new Proxy(exchange, {
    get(target, key) {
      if (key === 'start' || key === 'stop') return async () => {};
      const value = Reflect.get(target, key, target) as unknown;
      if (typeof value !== 'function') return value;
      const command = value.bind(target) as (...parameters: unknown[]) => unknown;
      if (key !== 'play') return command;
      return (...parameters: unknown[]) => {
        played(parameters[1] as readonly PlayItem[]);
        return command(...parameters);
      };
    },
  });
}

/**
 * The sequence of the field callers’ manual on a real exchange with real telephones: access number, ID, number, missed,
 * called back, text message, ordinal, connected. `tap` tells everything that the exchange sends to a telephone.
 */
export function describeLiveVirtual<Rig extends ExchangeRig>(
  name: string,
  makeRig: () => Promise<Rig>,
  tap: (rig: Rig, phone: TestTelephone, listener: (text: string) => void) => void,
): void {
  describe(`virtual numbers on ${name}`, { timeout: 120_000 }, () => {
    let rig: Rig;
    let folder: string;
    let store: Awaited<ReturnType<typeof createSqliteStore>>;
    let centre: CallCentre;
    let numbers: VirtualNumbers;
    let messages: Messages;
    const sms: SmsMessage[] = [];
    const errors: unknown[] = [];
    const phones: TestTelephone[] = [];
    let said: string[] = [];

    beforeAll(async () => {
      rig = await makeRig();
      folder = await mkdtemp(join(tmpdir(), 'callweave-virtual-'));
      store = await createSqliteStore({ file: join(folder, 'store.sqlite') });
      const secrets = createSecrets({ pepper: 'a pepper for tests, of 32 characters', cost: 8, parallelization: 1 });
      messages = createMessages({
        store,
        sms: {
          driver: {
            name: 'captured',
            send: async (message) => {
              sms.push(message);
              return { providerId: message.id, state: 'delivered' };
            },
            find: async () => undefined,
          },
        },
      });
      numbers = createVirtualNumbers({
        store,
        clock: { now: () => new Date() },
        plan: CZECHIA,
        otherNumbers: [],
        options: { accessNumber: ACCESS, exchangeNumber: EXCHANGE, ringSeconds: 3, dialSeconds: 20 },
        dayOf: (at) => at.toISOString().slice(0, 10),
        sendMessage: (tx, message) => messages.send(tx, message),
        onError: (error) => errors.push(error),
      });
      centre = createCallCentre({
        store,
        exchange: watched(rig.exchange, (items) => {
          for (const item of items) said.push(item.kind === 'prompt' ? item.key : item.kind);
        }),
        directory: embeddedDirectory(store, CZECHIA),
        recordings: {
          store,
          files: fileRecordings(join(folder, 'recordings')),
          links: { instructionsOf: instructionsInRecording, agentsOf },
        },
        hashSecret: secrets.hashSecret,
        verifySecret: secrets.verifySecret,
        policy: { numbering: CZECHIA, publicNumbers: [rig.publicNumber], firstDigitSeconds: 15 },
        flows: (services) => numbers.flows(services),
        logger: { warn() {}, error: (message, error) => errors.push(message, error) },
      });
      messages.start?.();
      await centre.start();
      const project = await operate('projects', 'create', { name: 'Bank branches', numbering: 'CZ' });
      const dealers = await operate('projects', 'create', { name: 'Car dealers', numbering: 'CZ' });
      const caller = await operate('fieldCallers', 'create', { name: 'Jana', number: REAL, locale: 'cs' });
      for (const [number, { id: projectId }] of [
        [FIRST, project],
        [SECOND, dealers],
      ] as const) {
        const { id: numberId } = await operate('fictitiousNumbers', 'create', { number, projectId });
        await operate('pairings', 'create', { numberId, fieldCallerId: caller.id });
      }
    }, 120_000);

    afterAll(async () => {
      for (const phone of phones) await phone.close();
      await centre?.stop();
      await messages?.stop?.();
      await store?.close();
      await rig?.stop();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }, 60_000);

    type Group = 'projects' | 'fictitiousNumbers' | 'fieldCallers' | 'pairings' | 'fieldCalls';
    function operate<G extends Group, K extends keyof (typeof contract)[G] & string>(
      group: G,
      operation: K,
      input: (typeof contract)[G][K] extends Endpoint ? InputOf<(typeof contract)[G][K]> : never,
      caller: Caller = MANAGER,
    ): Promise<(typeof contract)[G][K] extends Endpoint ? OutputOf<(typeof contract)[G][K]> : never> {
      const endpoint = contract[group][operation] as Endpoint;
      const implementation = numbers.numbers.operations[group]?.[operation];
      return (
        typeof implementation === 'function'
          ? read(endpoint, implementation as never, input, caller)
          : change(store, endpoint, implementation as never, input, caller)
      ) as never;
    }

    const remember = (phone: TestTelephone) => {
      phones.push(phone);
      return phone;
    };
    /** Waits until it has been said, and forgets what was said before. */
    async function hears(key: string): Promise<void> {
      await expect.poll(() => said, { timeout: 15_000, interval: 20 }).toContain(key);
      said = said.slice(said.indexOf(key) + 1);
    }
    async function voices(one: TestCall, other: TestCall): Promise<void> {
      one.tone(440);
      other.tone(800);
      await expect.poll(async () => (await one.hear(400)).hz, { timeout: 10_000 }).toBe(800);
      await expect.poll(async () => (await other.hear(400)).hz, { timeout: 10_000 }).toBe(440);
    }
    const latest = async (): Promise<Call> =>
      (await read(contract.calls.list, centre.calls.list, { state: 'all', limit: 1 }, callerOf('s', 'supervisor')))
        .calls[0] as Call;

    /** Rings through an ID, and gives up when it rings at the other end. */
    async function callInVain(
      field: TestTelephone,
      id: number,
      dealer: TestTelephone,
      number: string,
    ): Promise<TestCall> {
      said = [];
      const call = await field.dial(ACCESS);
      await call.answered;
      await hears('virtual-enter-id');
      await call.digits(`${id}#`);
      await hears('virtual-enter-number');
      await call.digits(`${number.slice(4)}#`);
      const rung = await dealer.nextCall(15_000);
      await call.hangup();
      await rung.ended;
      await expect.poll(() => rig.exchange.legs(), { timeout: 10_000 }).toEqual([]);
      return rung;
    }

    /** Rings the fictitious number back, and nobody is there. */
    async function callBackInVain(dealer: TestTelephone, number: string, field: TestTelephone): Promise<TestCall> {
      said = [];
      const messagesBefore = sms.length;
      const call = await dealer.dial(number);
      const rung = await field.nextCall(15_000);
      expect(rung.peer).toBe(EXCHANGE);
      await rung.ended;
      await hears('virtual-nobody-answers');
      await call.ended;
      await expect.poll(() => sms.length, { timeout: 10_000 }).toBe(messagesBefore + 1);
      await expect.poll(() => rig.exchange.legs(), { timeout: 10_000 }).toEqual([]);
      return rung;
    }

    it('access number, ID, number, missed, called back, message, ordinal, connected; no number of the other leaves the exchange', async () => {
      const field = remember(await rig.telephone(REAL));
      const dealer = remember(await rig.telephone(DEALER));
      const secondDealer = remember(await rig.telephone(SECOND_DEALER));
      /** By the telephone to which the exchange sent it; on a trunk they share a line, and are told apart by their calls. */
      const wire: string[] = [];
      for (const phone of phones) tap(rig, phone, (text) => wire.push(text));

      // The list is read, an ID chosen, a number keyed: the dealer sees the fictitious number, and misses the call.
      const first = await field.dial(ACCESS);
      await first.answered;
      await hears('virtual-enter-id');
      await first.digits('0#');
      await hears('virtual-list-id');
      await first.digits('2#');
      await hears('virtual-enter-number');
      await first.digits(`${DEALER.slice(4)}#`);
      const missedByDealer = await dealer.nextCall(15_000);
      expect(missedByDealer.peer).toBe(SECOND);
      await first.hangup();
      await missedByDealer.ended;
      const missedBySecond = await callInVain(field, 1, secondDealer, SECOND_DEALER);
      expect(missedBySecond.peer).toBe(FIRST);

      // Both call back; the field caller sees the exchange, does not answer, and gets a message for each.
      const rung = [await callBackInVain(dealer, SECOND, field), await callBackInVain(secondDealer, FIRST, field)];
      expect(sms.map(({ to, values }) => [to, values['ordinal'], values['project']])).toEqual([
        [REAL, '1', 'Car dealers'],
        [REAL, '2', 'Bank branches'],
      ]);
      for (const { text } of sms) expect(text).not.toMatch(/\d{5}/);

      // The ordinal from the message is keyed at the exchange: the dealer sees the fictitious number, and they talk.
      said = [];
      const back = await field.dial(EXCHANGE);
      await back.answered;
      await hears('virtual-enter-ordinal');
      await back.digits(`${sms[0]?.values['ordinal']}#`);
      const answered = await dealer.nextCall(15_000);
      expect(answered.peer).toBe(SECOND);
      answered.tone(800);
      back.tone(440);
      await answered.answer();
      await voices(back, answered);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await back.hangup();
      await answered.ended;
      await expect
        .poll(async () => (await latest()).recording.state, { timeout: 20_000, interval: 100 })
        .toBe('stored');
      expect(await latest()).toMatchObject({
        kind: 'virtual',
        state: 'ended',
        outcome: 'answered',
        calledNumber: DEALER,
      });

      // Recorded from the first second, each side apart.
      const { file } = await store.db
        .selectFrom('recordings')
        .select('file')
        .where('id', '=', (await latest()).recording.id as string)
        .executeTakeFirstOrThrow();
      const wav = await readFile(join(folder, 'recordings', file as string));
      const samples = new Int16Array(
        wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length - ((wav.length - 44) % 4)),
      );
      const side = (index: 0 | 1) => samples.filter((_, at) => at % 2 === index).subarray(0, 12_000);
      expect(measure(side(0)).hz).toBe(800);
      expect(measure(side(1)).hz).toBe(440);

      // One is left: announced, and connected at once.
      said = [];
      const last = await field.dial(EXCHANGE);
      await last.answered;
      await hears('virtual-one-callback');
      const connected = await secondDealer.nextCall(20_000);
      expect(connected.peer).toBe(FIRST);
      await connected.answer();
      await voices(last, connected);
      await connected.hangup();
      await last.ended;
      await expect
        .poll(async () => store.db.selectFrom('callback_cases').select(['state', 'reason']).execute(), {
          timeout: 10_000,
        })
        .toEqual([
          { state: 'closed', reason: 'connected' },
          { state: 'closed', reason: 'connected' },
        ]);

      // On the wire: whatever the exchange sent in a dealer’s calls, from INVITE to BYE, holds nothing of the field caller.
      const callIds = (calls: readonly TestCall[]) =>
        calls.map((call) => (call as TestCall & { callId: string }).callId);
      const within = (ids: readonly string[]) => wire.filter((text) => ids.some((id) => text.includes(id)));
      const outgoing = within(callIds([missedByDealer, missedBySecond, answered, connected]));
      const invites = outgoing.filter((text) => text.startsWith('INVITE '));
      expect(invites.length).toBeGreaterThanOrEqual(4);
      expect(outgoing.some((text) => text.startsWith('BYE ') || text.startsWith('CANCEL '))).toBe(true);
      for (const text of outgoing) expect(text).not.toContain(REAL.slice(4));
      for (const text of invites) {
        expect(text).toMatch(new RegExp(`\r\nFrom: [^\r]*(${FIRST.slice(1)}|${SECOND.slice(1)})`, 'i'));
        expect(text).toMatch(new RegExp(`\r\nP-Asserted-Identity: [^\r]*(${FIRST.slice(1)}|${SECOND.slice(1)})`, 'i'));
      }
      // And the other way: what rang at the field caller holds nothing of the dealers.
      const toField = within(callIds(rung));
      expect(toField.some((text) => text.startsWith('INVITE '))).toBe(true);
      for (const text of toField)
        for (const number of [DEALER, SECOND_DEALER]) expect(text).not.toContain(number.slice(4));
      // The dealers’ own calls were answered without a word of who was rung.
      for (const text of wire.filter((one) => one.includes(FIRST.slice(1)) || one.includes(SECOND.slice(1))))
        expect(text).not.toContain(REAL.slice(4));
      expect(errors).toEqual([]);
    });
  });
}
