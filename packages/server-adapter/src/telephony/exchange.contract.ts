import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ExchangeError, type HangupCause, type LegId } from './exchange.ts';
import { type EventLog, recordEvents } from './testing/event-log.ts';
import type { ExchangeRig, TestCall, TestTelephone } from './testing/rig.ts';
import { measure, readWav } from './testing/tone-measure.ts';

/** A measured frequency: a lost packet in the window smears it by a few hertz. */
const near = (hz: number) => expect.closeTo(hz, -1.6) as number;

const CUSTOMER = '+989121234567';

/** The contract of {@link Exchange}. Every driver's test file calls this with a rig of its own. */
export function describeExchange(name: string, makeRig: () => Promise<ExchangeRig>): void {
  describe(`exchange contract: ${name}`, { timeout: 30_000 }, () => {
    let rig: ExchangeRig;
    let events: EventLog;
    let phones: TestTelephone[] = [];

    beforeAll(async () => {
      rig = await makeRig();
    }, 120_000);
    afterAll(async () => {
      await rig?.stop();
    }, 60_000);
    beforeEach(() => {
      events = recordEvents(rig.exchange);
    });
    afterEach(async () => {
      for (const { leg } of await rig.exchange.legs()) await rig.exchange.hangup(leg);
      for (const phone of phones) await phone.close();
      phones = [];
      events.close();
    });

    const telephone = async (number = CUSTOMER) => remember(await rig.telephone(number));
    const agent = async (index: 0 | 1 | 2 = 0) => remember(await rig.agent(rig.accounts[index]));
    function remember(phone: TestTelephone): TestTelephone {
      phones.push(phone);
      return phone;
    }

    async function inbound(number = CUSTOMER): Promise<{ call: TestCall; leg: LegId; phone: TestTelephone }> {
      const phone = await telephone(number);
      const call = await phone.dial(rig.publicNumber);
      const { leg } = await events.waitFor('incoming', (event) => event.from === number);
      return { call, leg, phone };
    }
    async function answeredInbound(number = CUSTOMER): Promise<{ call: TestCall; leg: LegId }> {
      const { call, leg } = await inbound(number);
      await rig.exchange.answer(leg);
      await Promise.all([call.answered, events.waitFor('answered', (event) => event.leg === leg)]);
      return { call, leg };
    }
    async function ringAgent(index: 0 | 1 | 2 = 0, timeoutSeconds = 20): Promise<{ call: TestCall; leg: LegId; phone: TestTelephone }> {
      const phone = await agent(index);
      const leg = randomUUID();
      await rig.exchange.ring({
        leg,
        device: { kind: 'browser', account: rig.accounts[index] },
        callerId: { number: CUSTOMER },
        timeoutSeconds,
        tag: `call-${leg}`,
      });
      return { call: await phone.nextCall(), leg, phone };
    }
    async function answeredAgent(index: 0 | 1 | 2 = 0): Promise<{ call: TestCall; leg: LegId; phone: TestTelephone }> {
      const ringing = await ringAgent(index);
      await ringing.call.answer();
      await Promise.all([ringing.call.answered, events.waitFor('answered', (event) => event.leg === ringing.leg)]);
      return ringing;
    }
    async function bridged(): Promise<{ customer: TestCall; customerLeg: LegId; responder: TestCall; responderLeg: LegId; bridge: string }> {
      const customer = await answeredInbound();
      const responder = await answeredAgent();
      const bridge = randomUUID();
      await rig.exchange.createBridge(bridge);
      await rig.exchange.join(bridge, customer.leg);
      await rig.exchange.join(bridge, responder.leg);
      return { customer: customer.call, customerLeg: customer.leg, responder: responder.call, responderLeg: responder.leg, bridge };
    }
    const causeOf = async (leg: LegId): Promise<HangupCause> => (await events.waitFor('hungup', (event) => event.leg === leg, 15_000)).cause;
    const rejection = async (promise: Promise<unknown>): Promise<ExchangeError> => {
      const error = await promise.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(ExchangeError);
      return error as ExchangeError;
    };

    describe('a call from outside', () => {
      it('tells who calls and what was dialled, and is seen among the legs', async () => {
        const { leg } = await inbound();
        const incoming = await events.waitFor('incoming', (event) => event.leg === leg);
        expect(incoming).toMatchObject({ origin: 'trunk', from: CUSTOMER, to: rig.publicNumber });
        const snapshot = (await rig.exchange.legs()).find((each) => each.leg === leg);
        expect(snapshot).toMatchObject({ origin: 'trunk', state: 'ringing', from: CUSTOMER, to: rig.publicNumber });
      });

      it('rings, is answered, hears a prompt and a tone, and keys digits', async () => {
        const { call, leg } = await inbound();
        await rig.exchange.progress(leg);
        await call.ringing;
        await rig.exchange.answer(leg);
        await call.answered;

        await rig.exchange.play(leg, [{ kind: 'prompt', key: 'welcome' }], { playback: 'p1', language: 'fa' });
        const speech = await call.hear(1500);
        expect(speech.level).toBeGreaterThan(0.01);
        await events.waitFor('playback-finished', (event) => event.playback === 'p1' && event.leg === leg, 15_000);

        await rig.exchange.play(leg, [{ kind: 'tone', hz: 1000, ms: 3000 }], { playback: 'p2', language: 'en' });
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(await call.hear(1000)).toMatchObject({ hz: near(1000) });
        await rig.exchange.stopPlayback('p2');
        await events.waitFor('playback-finished', (event) => event.playback === 'p2');

        await call.digits('0123#*');
        await events.waitFor('digit', (event) => event.leg === leg && event.digit === '*', 10_000);
        const keyed = events.all.filter((event) => event.type === 'digit' && event.leg === leg).map((event) => (event.type === 'digit' ? event.digit : ''));
        expect(keyed.join('')).toBe('0123#*');
      });

      it('plays several items in order, digits and numbers spoken', async () => {
        const { call, leg } = await answeredInbound();
        await rig.exchange.play(
          leg,
          [
            { kind: 'tone', hz: 600, ms: 600 },
            { kind: 'silence', ms: 200 },
            { kind: 'digits', digits: '12' },
            { kind: 'number', value: 21 },
          ],
          { playback: 'sequence', language: 'cs' },
        );
        expect(await call.hear(500)).toMatchObject({ hz: near(600) });
        expect(events.all.some((event) => event.type === 'playback-finished')).toBe(false);
        await events.waitFor('playback-finished', (event) => event.playback === 'sequence', 15_000);
      });

      it('ends when the caller gives up before an answer', async () => {
        const { call, leg } = await inbound();
        await rig.exchange.progress(leg);
        await call.ringing;
        await call.hangup();
        expect(await causeOf(leg)).toBe('cancelled');
        expect(await rig.exchange.legs()).toEqual([]);
      });

      it('ends when the caller hangs up, and when we do', async () => {
        const first = await answeredInbound();
        await first.call.hangup();
        expect(await causeOf(first.leg)).toBe('normal');

        const second = await answeredInbound('+989127654321');
        await rig.exchange.hangup(second.leg);
        await second.call.ended;
        expect(await causeOf(second.leg)).toBe('normal');
      });
    });

    describe('ringing a device', () => {
      it('shows the caller id at the far end, then reports ringing and answer', async () => {
        const { call, leg } = await ringAgent();
        expect(call.peer).toBe(CUSTOMER);
        await events.waitFor('ringing', (event) => event.leg === leg);
        expect((await rig.exchange.legs()).find((each) => each.leg === leg)).toMatchObject({ origin: 'ring', state: 'ringing', tag: `call-${leg}` });
        await call.answer();
        await events.waitFor('answered', (event) => event.leg === leg);
        expect((await rig.exchange.legs()).find((each) => each.leg === leg)?.state).toBe('up');
      });

      it('rings an outside telephone with the caller id we choose', async () => {
        const phone = await telephone('+989123334444');
        const leg = randomUUID();
        await rig.exchange.ring({
          leg,
          device: { kind: 'number', number: '+989123334444' },
          callerId: { number: rig.publicNumber },
          timeoutSeconds: 20,
        });
        const call = await phone.nextCall();
        expect(call.peer).toBe(rig.publicNumber);
        await call.answer();
        await events.waitFor('answered', (event) => event.leg === leg);
      });

      it('carries extra headers to a browser phone, and refuses control characters in them', async () => {
        const phone = await agent();
        const options = {
          device: { kind: 'browser', account: rig.accounts[0] },
          callerId: { number: CUSTOMER },
          timeoutSeconds: 10,
        } as const;
        for (const headers of [{ 'X-Callweave-Call': 'a\r\nX-Evil: 1' }, { 'X-Bad\r\nName': '1' }] as Record<string, string>[]) {
          expect((await rejection(rig.exchange.ring({ ...options, leg: randomUUID(), headers }))).code).toBe('invalid');
        }
        const name = { number: CUSTOMER, name: 'x"\r\nX-Evil: 1' };
        expect((await rejection(rig.exchange.ring({ ...options, leg: randomUUID(), callerId: name }))).code).toBe('invalid');
        await rig.exchange.ring({ ...options, leg: randomUUID(), headers: { 'X-Callweave-Call': 'call-42' } });
        expect((await phone.nextCall()).headers['x-callweave-call']).toBe('call-42');
      });

      it('rings once when the same leg is asked for twice', async () => {
        const { leg, phone } = await ringAgent();
        await rig.exchange.ring({
          leg,
          device: { kind: 'browser', account: rig.accounts[0] },
          callerId: { number: CUSTOMER },
          timeoutSeconds: 20,
        });
        await expect(phone.nextCall(700)).rejects.toThrow();
        expect((await rig.exchange.legs()).filter((each) => each.leg === leg)).toHaveLength(1);
      });

      it('tells busy from rejected', async () => {
        const first = await ringAgent(0);
        await first.call.decline('busy');
        expect(await causeOf(first.leg)).toBe('busy');
        const second = await ringAgent(1);
        await second.call.decline('rejected');
        expect(await causeOf(second.leg)).toBe('rejected');
      });

      it('gives up by itself after the time given', async () => {
        const { call, leg } = await ringAgent(0, 2);
        expect(await causeOf(leg)).toBe('no-answer');
        await call.ended;
      });

      it('knows at once that a device is unreachable', async () => {
        const started = Date.now();
        const leg = randomUUID();
        const error = await rejection(
          rig.exchange.ring({ leg, device: { kind: 'browser', account: rig.accounts[2] }, callerId: { number: CUSTOMER }, timeoutSeconds: 20 }),
        );
        expect(error.code).toBe('unreachable');
        expect(Date.now() - started).toBeLessThan(1000);
        expect(await rig.exchange.legs()).toEqual([]);
      });

      it('takes a ring back: the phone stops ringing', async () => {
        const { call, leg } = await ringAgent();
        await events.waitFor('ringing', (event) => event.leg === leg);
        await rig.exchange.hangup(leg, 'answered-elsewhere');
        await call.ended;
        expect(await causeOf(leg)).toBe('answered-elsewhere');
      });

      it('follows the state of a device', async () => {
        const device = { kind: 'browser', account: rig.accounts[0] } as const;
        expect(await rig.exchange.deviceState(device)).toBe('unreachable');
        const { call, leg } = await answeredAgent();
        expect(await rig.exchange.deviceState(device)).toBe('busy');
        await call.hangup();
        await causeOf(leg);
        await expect.poll(() => rig.exchange.deviceState(device), { timeout: 3000 }).toBe('idle');
      });
    });

    describe('a call from a browser phone', () => {
      it('comes in with the account as its origin', async () => {
        const phone = await agent();
        await phone.dial('+989125556666');
        const incoming = await events.waitFor('incoming');
        expect(incoming).toMatchObject({ origin: 'device', from: rig.accounts[0], to: '+989125556666' });
      });
    });

    describe('a bridge', () => {
      it('carries both voices, each to the other', async () => {
        const { customer, responder, customerLeg, bridge } = await bridged();
        customer.tone(440);
        responder.tone(800);
        await new Promise((resolve) => setTimeout(resolve, 400));
        const [atCustomer, atResponder] = await Promise.all([customer.hear(1000), responder.hear(1000)]);
        expect(atCustomer).toMatchObject({ hz: near(800) });
        expect(atResponder).toMatchObject({ hz: near(440) });
        expect(atCustomer.purity).toBeGreaterThan(0.8);
        expect(atResponder.purity).toBeGreaterThan(0.8);
        expect((await rig.exchange.legs()).find((each) => each.leg === customerLeg)?.bridge).toBe(bridge);
      });

      it('lets a leg leave, hear nobody, and join again', async () => {
        const { customer, responder, customerLeg, bridge } = await bridged();
        customer.tone(440);
        responder.tone(800);
        await new Promise((resolve) => setTimeout(resolve, 300));
        await rig.exchange.leave(bridge, customerLeg);
        await new Promise((resolve) => setTimeout(resolve, 500));
        const [alone, other] = await Promise.all([customer.hear(700), responder.hear(700)]);
        expect(alone.hz).toBe(0);
        expect(other.hz).toBe(0);
        await rig.exchange.join(bridge, customerLeg);
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(await responder.hear(700)).toMatchObject({ hz: near(440) });
      });

      it('still tells digits, and the other side does not hear them', async () => {
        const { customer, responder, customerLeg } = await bridged();
        customer.tone(null);
        const listening = responder.hear(1500);
        await customer.digits('47');
        await events.waitFor('digit', (event) => event.leg === customerLeg && event.digit === '7');
        expect((await listening).level).toBeLessThan(0.02);
      });

      it('plays to one leg alone while bridged', async () => {
        const { customer, responder, customerLeg } = await bridged();
        await rig.exchange.play(customerLeg, [{ kind: 'tone', hz: 1200, ms: 3000 }], { playback: 'alone', language: 'en' });
        await new Promise((resolve) => setTimeout(resolve, 400));
        const [atCustomer, atResponder] = await Promise.all([customer.hear(700), responder.hear(700)]);
        expect(atCustomer).toMatchObject({ hz: near(1200) });
        expect(atResponder).not.toMatchObject({ hz: near(1200) });
      });

      it('goes on after one end hangs up, and ends cleanly', async () => {
        const { responder, responderLeg, customerLeg, bridge } = await bridged();
        await responder.hangup();
        expect(await causeOf(responderLeg)).toBe('normal');
        expect((await rig.exchange.legs()).map((each) => each.leg)).toEqual([customerLeg]);
        await rig.exchange.destroyBridge(bridge);
        expect((await rig.exchange.legs())[0]?.bridge).toBeUndefined();
      });

      it('may be created twice', async () => {
        const bridge = randomUUID();
        await rig.exchange.createBridge(bridge);
        await rig.exchange.createBridge(bridge);
        await rig.exchange.destroyBridge(bridge);
      });
    });

    describe('hold', () => {
      it('is told when the person at the far end holds and takes back', async () => {
        const { responder, responderLeg } = await bridged();
        await responder.hold(true);
        await events.waitFor('held', (event) => event.leg === responderLeg && event.held);
        await responder.hold(false);
        await events.waitFor('held', (event) => event.leg === responderLeg && !event.held);
      });

      it('goes back to two-way audio afterwards', async () => {
        const { customer, responder, responderLeg } = await bridged();
        await responder.hold(true);
        await events.waitFor('held', (event) => event.leg === responderLeg && event.held);
        await responder.hold(false);
        await events.waitFor('held', (event) => event.leg === responderLeg && !event.held);
        customer.tone(440);
        responder.tone(800);
        await new Promise((resolve) => setTimeout(resolve, 500));
        const [atCustomer, atResponder] = await Promise.all([customer.hear(800), responder.hear(800)]);
        expect(atCustomer).toMatchObject({ hz: near(800) });
        expect(atResponder).toMatchObject({ hz: near(440) });
      });

      it('from our side plays music to the held leg and keeps its speech from the other', async () => {
        const { customer, responder, customerLeg } = await bridged();
        // Tones that no music has.
        customer.tone(2300);
        responder.tone(1900);
        await rig.exchange.hold(customerLeg, true);
        await new Promise((resolve) => setTimeout(resolve, 500));
        const [music, nothing] = await Promise.all([customer.hear(1500), responder.hear(1500)]);
        expect(music.level).toBeGreaterThan(0.003);
        expect(music).not.toMatchObject({ hz: near(1900) });
        expect(nothing).not.toMatchObject({ hz: near(2300) });
        await rig.exchange.hold(customerLeg, false);
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(await responder.hear(700)).toMatchObject({ hz: near(2300) });
        expect(await customer.hear(700)).toMatchObject({ hz: near(1900) });
      });
    });

    describe('recording', () => {
      it('keeps each side apart, in 8 kHz mono 16-bit WAV of the right length', async () => {
        const { customer, responder, customerLeg, responderLeg } = await bridged();
        customer.tone(440);
        responder.tone(800);
        const names = [`rec-${randomUUID()}`, `rec-${randomUUID()}`] as const;
        await rig.exchange.record({ leg: customerLeg, recording: names[0] });
        await rig.exchange.record({ leg: responderLeg, recording: names[1] });
        await new Promise((resolve) => setTimeout(resolve, 2000));
        await rig.exchange.stopRecording(names[0]);
        await rig.exchange.hangup(responderLeg);
        const finished = await Promise.all(names.map((name) => events.waitFor('recording-finished', (event) => event.recording === name)));
        for (const [index, hz] of [440, 800].entries()) {
          const wav = readWav(await rig.exchange.fetchRecording(names[index] as string));
          expect(wav).toMatchObject({ rate: 8000, channels: 1, bits: 16 });
          expect(wav.samples.length / 8).toBeGreaterThan(1600);
          expect(wav.samples.length / 8).toBeLessThan(2900);
          expect(Math.abs(wav.samples.length / 8 - (finished[index]?.durationMs ?? 0))).toBeLessThan(600);
          const heard = measure(wav.samples.subarray(4000, 12_000));
          expect(heard).toMatchObject({ hz: near(hz) });
          expect(heard.purity).toBeGreaterThan(0.8);
          await rig.exchange.deleteRecording(names[index] as string);
          expect((await rejection(rig.exchange.fetchRecording(names[index] as string))).code).toBe('unknown-recording');
        }
      });

      it('writes silence while paused, so that offsets stay true', async () => {
        const { call, leg } = await answeredInbound();
        call.tone(440);
        const recording = `rec-${randomUUID()}`;
        await rig.exchange.record({ leg, recording });
        await new Promise((resolve) => setTimeout(resolve, 1000));
        await rig.exchange.pauseRecording(recording, true);
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await rig.exchange.pauseRecording(recording, false);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        await rig.exchange.stopRecording(recording);
        await events.waitFor('recording-finished', (event) => event.recording === recording);
        const { samples } = readWav(await rig.exchange.fetchRecording(recording));
        expect(samples.length / 8).toBeGreaterThan(3000);
        expect(measure(samples.subarray(2000, 6000))).toMatchObject({ hz: near(440) });
        expect(measure(samples.subarray(8 * 1400, 8 * 2200)).hz).toBe(0);
        expect(measure(samples.subarray(8 * 2800, 8 * 3200))).toMatchObject({ hz: near(440) });
        await rig.exchange.deleteRecording(recording);
      });

      it('is finished by the end of its leg', async () => {
        const { call, leg } = await answeredInbound();
        const recording = `rec-${randomUUID()}`;
        await rig.exchange.record({ leg, recording });
        await new Promise((resolve) => setTimeout(resolve, 500));
        await call.hangup();
        await events.waitFor('recording-finished', (event) => event.recording === recording && event.leg === leg);
        await rig.exchange.deleteRecording(recording);
      });

      it('refuses names that could leave the folder', async () => {
        const { leg } = await answeredInbound();
        for (const recording of ['../x', 'a/b', '', '..', 'a\u0000']) {
          expect((await rejection(rig.exchange.record({ leg, recording }))).code).toBe('invalid');
          expect(['invalid', 'unknown-recording']).toContain((await rejection(rig.exchange.fetchRecording(recording))).code);
        }
      });
    });

    describe('commands', () => {
      it('tag a leg, and the tag is seen among the legs', async () => {
        const { leg } = await inbound();
        await rig.exchange.tag(leg, 'call-7:customer');
        expect((await rig.exchange.legs())[0]).toMatchObject({ leg, tag: 'call-7:customer' });
      });

      it('hang up any number of times', async () => {
        const { leg } = await answeredInbound();
        await Promise.all([rig.exchange.hangup(leg), rig.exchange.hangup(leg)]);
        await rig.exchange.hangup(leg);
        await rig.exchange.hangup('never-existed');
        await causeOf(leg);
        expect(events.all.filter((event) => event.type === 'hungup' && event.leg === leg)).toHaveLength(1);
      });

      it('reject with a coded error for what does not exist', async () => {
        const none = `none-${randomUUID()}`;
        const { leg } = await answeredInbound();
        const { exchange } = rig;
        expect((await rejection(exchange.answer(none))).code).toBe('unknown-leg');
        expect((await rejection(exchange.progress(none))).code).toBe('unknown-leg');
        expect((await rejection(exchange.tag(none, 'x'))).code).toBe('unknown-leg');
        expect((await rejection(exchange.hold(none, true))).code).toBe('unknown-leg');
        expect((await rejection(exchange.record({ leg: none, recording: none }))).code).toBe('unknown-leg');
        expect((await rejection(exchange.play(none, [{ kind: 'silence', ms: 100 }], { playback: none, language: 'en' }))).code).toBe('unknown-leg');
        expect((await rejection(exchange.play(leg, [{ kind: 'prompt', key: 'no-such-prompt' }], { playback: none, language: 'en' }))).code).toBe('invalid');
        expect((await rejection(exchange.join(none, leg))).code).toBe('unknown-bridge');
        expect((await rejection(exchange.destroyBridge(none))).code).toBe('unknown-bridge');
        expect((await rejection(exchange.fetchRecording(none))).code).toBe('unknown-recording');
        expect((await rejection(exchange.deleteRecording(none))).code).toBe('unknown-recording');
        expect((await rejection(exchange.stopRecording(none))).code).toBe('unknown-recording');
        expect((await rejection(exchange.pauseRecording(none, true))).code).toBe('unknown-recording');
        const bridge = randomUUID();
        await exchange.createBridge(bridge);
        expect((await rejection(exchange.join(bridge, none))).code).toBe('unknown-leg');
        await exchange.destroyBridge(bridge);
      });

      it('answering twice is harmless', async () => {
        const { leg } = await answeredInbound();
        await rig.exchange.answer(leg);
        expect(events.all.filter((event) => event.type === 'answered' && event.leg === leg)).toHaveLength(1);
      });

      it('a throwing listener does not stop the others', async () => {
        const unsubscribe = rig.exchange.subscribe(() => {
          throw new Error('a listener with a bug');
        });
        try {
          await inbound();
        } finally {
          unsubscribe();
        }
      });
    });
  });
}
