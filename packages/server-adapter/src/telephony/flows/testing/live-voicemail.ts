import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDEMPOTENCY_HEADER, type VoicemailMessage } from '@callweave/sdk/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Adapter, createAdapter } from '../../../adapter.ts';
import { createSqliteStore } from '../../../store/sqlite.ts';
import { ORIGIN, PEPPER } from '../../../testing/desk.ts';
import type { Exchange } from '../../exchange.ts';
import type { ExchangeRig, TestCall, TestTelephone } from '../../testing/rig.ts';
import { measure } from '../../testing/tone-measure.ts';

const CALLER = '+989121234567';

/** The rig starts and stops its exchange; the adapter only thinks that it does. */
function started(exchange: Exchange): Exchange {
  return new Proxy(exchange, {
    get(target, key) {
      if (key === 'start' || key === 'stop') return async () => {};
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Voicemail on a real exchange, with real telephones, and listened to over HTTP. */
export function describeLiveVoicemail<Rig extends ExchangeRig>(name: string, makeRig: () => Promise<Rig>): void {
  describe(`voicemail on ${name}`, { timeout: 120_000 }, () => {
    let rig: Rig;
    let folder: string;
    let store: Awaited<ReturnType<typeof createSqliteStore>>;
    let adapter: Adapter;
    let phones: TestTelephone[] = [];
    const logged: string[] = [];

    beforeAll(async () => {
      rig = await makeRig();
      folder = await mkdtemp(join(tmpdir(), 'callweave-voicemail-'));
      store = await createSqliteStore({ file: join(folder, 'store.sqlite') });
      adapter = createAdapter({
        store,
        pepper: PEPPER,
        exchange: started(rig.exchange),
        recordings: join(folder, 'recordings'),
        recordingKeys: [{ id: 'k', key: Buffer.alloc(32, 7).toString('base64') }],
        locale: 'en',
        flow: { greeting: [], wrapUpSeconds: 0 },
        voicemail: {},
        logger: {
          error: (message, fields) => logged.push(`${message} ${JSON.stringify(fields)}`),
          warn() {},
          info() {},
        },
        // Whoever the header says: a supervisor with the phone of the rig.
        authenticate: async (request) => {
          const username = request.headers.get('x-user');
          if (username === null) return undefined;
          return {
            id: username,
            username,
            name: username,
            roles: ['agent', 'supervisor'],
            device: { kind: 'browser' },
            inGroup: false,
          };
        },
      });
      await adapter.start();
    }, 120_000);

    afterEach(async () => {
      for (const { leg } of await rig.exchange.legs().catch(() => [])) await rig.exchange.hangup(leg).catch(() => {});
      for (const phone of phones) await phone.close();
      phones = [];
    });

    afterAll(async () => {
      await adapter?.stop();
      await store?.close();
      await rig?.stop();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }, 60_000);

    const remember = (phone: TestTelephone) => {
      phones.push(phone);
      return phone;
    };
    const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
      adapter.fetch(
        new Request(`${ORIGIN}${adapter.basePath}/voicemail${path}`, {
          method,
          headers: { 'x-user': rig.accounts[0], origin: ORIGIN, [IDEMPOTENCY_HEADER]: randomUUID(), ...headers },
        }),
      );
    const messages = async () =>
      ((await (await ask('GET', '/messages')).json()) as { messages: VoicemailMessage[] }).messages;
    const stateOf = async () =>
      (await store.db.selectFrom('voicemail_messages').select('state').orderBy('id', 'desc').executeTakeFirst())?.state;
    const hearsSomething = (call: TestCall) =>
      expect.poll(async () => (await call.hear(400)).level, { timeout: 20_000 }).toBeGreaterThan(0.02);
    const hears = (call: TestCall, hz: number) =>
      expect.poll(async () => (await call.hear(400)).hz, { timeout: 20_000 }).toBe(hz);
    const samplesOf = (wav: ArrayBuffer) => new Int16Array(wav.slice(44, wav.byteLength - ((wav.byteLength - 44) % 2)));

    it('what a caller says whom nobody answers is heard back over HTTP; `#` ends it', async () => {
      const caller = await remember(await rig.telephone(CALLER)).dial(rig.publicNumber);
      await caller.answered;
      await hearsSomething(caller);
      // Straight to the tone.
      await caller.digits('5');
      await expect.poll(stateOf, { timeout: 20_000 }).toBe('recording');
      caller.tone(440);
      // Long enough to be one: this is how long they speak.
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      await caller.digits('#');
      await caller.ended;
      await expect
        .poll(messages, { timeout: 20_000 })
        .toMatchObject([{ state: 'stored', from: CALLER, boxId: 'group' }]);
      const [message] = await messages();
      expect(message?.durationMs).toBeGreaterThan(2_000);
      const whole = await ask('GET', `/messages/${message?.id}/audio`);
      expect(whole.status).toBe(200);
      const wav = await whole.arrayBuffer();
      expect(measure(samplesOf(wav)).hz).toBe(440);
      const part = await ask('GET', `/messages/${message?.id}/audio`, { range: `bytes=${wav.byteLength - 16_000}-` });
      expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 16_000]);
      // At home, and nowhere else.
      await expect(rig.exchange.fetchRecording(message?.id ?? '')).rejects.toMatchObject({ code: 'unknown-recording' });
      await expect.poll(() => rig.exchange.legs(), { timeout: 10_000 }).toEqual([]);
      const { outcome } = await store.db.selectFrom('calls').select('outcome').executeTakeFirstOrThrow();
      expect(outcome).toBe('missed');
      expect(logged).toEqual([]);
    });

    it('the greeting that is spoken on an own phone is what the next caller hears', async () => {
      const phone = remember(await rig.agent(rig.accounts[0]));
      const asked = await ask('POST', '/boxes/group/greeting', { 'content-type': 'application/json' });
      expect(asked.status).toBe(200);
      const { callId } = (await asked.json()) as { callId: string };
      const speaker = await phone.nextCall();
      expect(speaker.headers['x-callweave-dial']).toBe(callId);
      await speaker.answer();
      await hearsSomething(speaker);
      await speaker.digits('5');
      // After the tone.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      speaker.tone(800);
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      speaker.tone(null);
      await speaker.digits('#');
      await hears(speaker, 800);
      await speaker.digits('1');
      await speaker.ended;
      const greeting = await (await ask('GET', '/boxes/group/greeting')).json();
      expect(greeting).toMatchObject({ kind: 'own', recordedBy: { name: rig.accounts[0] } });

      const caller = await remember(await rig.telephone(CALLER)).dial(rig.publicNumber);
      await caller.answered;
      await hears(caller, 800);
      await caller.hangup();
      await expect.poll(() => rig.exchange.legs(), { timeout: 10_000 }).toEqual([]);
      // They have said nothing: there is no message of it.
      await expect.poll(async () => (await messages()).length, { timeout: 10_000 }).toBe(1);

      expect((await ask('DELETE', '/boxes/group/greeting')).status).toBe(200);
      const next = await remember(await rig.telephone(CALLER)).dial(rig.publicNumber);
      await next.answered;
      await hearsSomething(next);
      expect((await next.hear(400)).hz).not.toBe(800);
      await next.hangup();
      expect(logged).toEqual([]);
    });
  });
}
