import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Exchange, ExchangeError } from '../exchange.ts';
import { type AsteriskRig, startAsteriskRig } from '../testing/asterisk-rig.ts';
import { describeWith } from '../testing/component-gate.ts';
import { type EventLog, recordEvents } from '../testing/event-log.ts';
import type { TestTelephone } from '../testing/rig.ts';
import { measure, readWav } from '../testing/tone-measure.ts';

const CUSTOMER = '+989121234567';

let rig: AsteriskRig;
const opened: { close(): void | Promise<void> }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

function keep<T extends { close(): void | Promise<void> }>(each: T): T {
  opened.push(each);
  return each;
}
function listen(exchange: Exchange): EventLog {
  return keep(recordEvents(exchange));
}
async function phone(account: string): Promise<TestTelephone> {
  return keep(await rig.agent(account));
}
async function telephone(number = CUSTOMER): Promise<TestTelephone> {
  return keep(await rig.telephone(number));
}
async function ariList(path: string): Promise<{ id: string; name: string }[]> {
  return (await (await rig.ari('GET', path)).json()) as { id: string; name: string }[];
}
/** The recording exists in Asterisk and is being written. */
async function isLive(recording: string): Promise<boolean> {
  return (await rig.ari('GET', `/recordings/live/${recording}`)).ok;
}
async function rejection(promise: Promise<unknown>): Promise<ExchangeError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ExchangeError);
  return error as ExchangeError;
}

/** A customer talks with alice, bridged, tagged and recorded. */
async function talk(exchange: Exchange) {
  const events = listen(exchange);
  const customer = await (await telephone()).dial(rig.publicNumber);
  const { leg: customerLeg } = await events.waitFor('incoming');
  await exchange.tag(customerLeg, 'call-1:customer');
  await exchange.answer(customerLeg);
  await customer.answered;
  const alice = await phone('alice');
  const agentLeg = randomUUID();
  await exchange.ring({
    leg: agentLeg,
    device: { kind: 'browser', account: 'alice' },
    callerId: { number: CUSTOMER },
    timeoutSeconds: 20,
    tag: 'call-1:agent',
  });
  const responder = await alice.nextCall();
  await responder.answer();
  await events.waitFor('answered', (event) => event.leg === agentLeg);
  const bridge = `bridge-${randomUUID()}`;
  await exchange.createBridge(bridge);
  await exchange.join(bridge, customerLeg);
  await exchange.join(bridge, agentLeg);
  const recording = `rec-${randomUUID()}`;
  await exchange.record({ leg: customerLeg, recording });
  customer.tone(440);
  return { events, customer, customerLeg, responder, agentLeg, bridge, recording };
}

await describeWith(['asterisk'], 'the Asterisk driver and its exchange', () => {
  beforeAll(async () => {
    rig = await startAsteriskRig();
  }, 180_000);
  afterAll(async () => {
    await rig?.stop();
  }, 60_000);

  describe('an adapter that restarts in a call', () => {
    it('finds the legs with their tags and bridge, the recording goes on, and nothing is left when the call ends', async () => {
      const before = await talk(rig.exchange);
      await rig.exchange.stop();
      await new Promise((resolve) => setTimeout(resolve, 500));

      const after = rig.another();
      await after.start();
      const events = listen(after);
      try {
        const legs = await after.legs();
        expect(legs).toHaveLength(2);
        const customer = legs.find(({ leg }) => leg === before.customerLeg);
        const agent = legs.find(({ leg }) => leg === before.agentLeg);
        expect(customer).toMatchObject({
          origin: 'trunk',
          state: 'up',
          from: CUSTOMER,
          to: rig.publicNumber,
          tag: 'call-1:customer',
          bridge: before.bridge,
        });
        expect(agent).toMatchObject({
          origin: 'ring',
          state: 'up',
          from: CUSTOMER,
          to: 'alice',
          tag: 'call-1:agent',
          bridge: before.bridge,
        });
        expect(await after.deviceState({ kind: 'browser', account: 'alice' })).toBe('busy');
        // They went on talking all the time.
        expect(await before.responder.hear(700)).toMatchObject({ hz: 440 });
        expect(await isLive(before.recording)).toBe(true);

        await after.hangup(before.customerLeg);
        await after.hangup(before.agentLeg);
        const finished = await events.waitFor('recording-finished', (event) => event.recording === before.recording);
        expect(finished.leg).toBe(before.customerLeg);
        await events.waitFor('hungup', (event) => event.leg === before.agentLeg);
        const { samples } = readWav(await after.fetchRecording(before.recording));
        expect(measure(samples)).toMatchObject({ hz: 440 });

        await expect.poll(() => ariList('/channels'), { timeout: 3000 }).toEqual([]);
        await expect.poll(() => ariList('/bridges'), { timeout: 3000 }).toEqual([]);
        expect(await isLive(before.recording)).toBe(false);
        expect(await after.legs()).toEqual([]);
      } finally {
        await after.stop();
        await rig.exchange.start();
      }
    });

    it('finds a held leg, whose music goes on, and takes it back into its bridge', async () => {
      const before = await talk(rig.exchange);
      before.responder.tone(800);
      await rig.exchange.hold(before.customerLeg, true);
      await rig.exchange.stop();
      const after = rig.another();
      await after.start();
      const events = listen(after);
      try {
        const held = (await after.legs()).find(({ leg }) => leg === before.customerLeg);
        expect(held?.bridge).toBe(before.bridge);
        const music = await before.customer.hear(1500);
        expect(music.level).toBeGreaterThan(0.003);
        expect((await before.responder.hear(500)).hz).not.toBe(440);
        await after.hold(before.customerLeg, false);
        await new Promise((resolve) => setTimeout(resolve, 400));
        expect(await before.responder.hear(700)).toMatchObject({ hz: 440 });
        await after.hangup(before.customerLeg);
        await after.hangup(before.agentLeg);
        await events.waitFor('hungup', (event) => event.leg === before.agentLeg);
        await expect.poll(() => ariList('/bridges'), { timeout: 3000 }).toEqual([]);
      } finally {
        await after.stop();
        await rig.exchange.start();
      }
    });

    it('sweeps its own bridges that nobody is in, and leaves those of others alone', async () => {
      await rig.exchange.stop();
      await rig.ari('POST', '/bridges/orphan-1?type=mixing&name=callweave');
      await rig.ari('POST', '/bridges/stranger-1?type=mixing&name=conference');
      await rig.exchange.start();
      try {
        expect((await ariList('/bridges')).map(({ id }) => id)).toEqual(['stranger-1']);
      } finally {
        await rig.ari('DELETE', '/bridges/stranger-1');
      }
    });

    it('refuses calls with 503 while no adapter is there, so that the operator can route them elsewhere', async () => {
      await rig.exchange.stop();
      try {
        const call = await (await telephone()).dial(rig.publicNumber);
        expect(await call.ended).toEqual({ status: 503 });
      } finally {
        await rig.exchange.start();
      }
    });
  });

  describe('an Asterisk that dies', () => {
    it('is reported down, then up again, its legs as failed; and calls work as before', async () => {
      const { events, customerLeg, agentLeg, recording } = await talk(rig.exchange);
      await rig.asterisk.kill();
      const down = await events.waitFor('down');
      expect(down.reason).not.toBe('');
      expect((await rejection(rig.exchange.answer(customerLeg))).code).toBe('exchange-down');
      expect((await rejection(rig.exchange.legs())).code).toBe('exchange-down');

      const restarted = Date.now();
      await rig.asterisk.restart();
      await events.waitFor('up', () => true, 15_000);
      expect(Date.now() - restarted).toBeLessThan(8000);
      expect((await events.waitFor('hungup', (event) => event.leg === customerLeg)).cause).toBe('failed');
      expect((await events.waitFor('hungup', (event) => event.leg === agentLeg)).cause).toBe('failed');
      await events.waitFor('recording-failed', (event) => event.recording === recording);
      expect(await rig.exchange.legs()).toEqual([]);

      const again = await talk(rig.exchange);
      expect(await again.responder.hear(700)).toMatchObject({ hz: 440 });
      await rig.exchange.hangup(again.customerLeg);
      await rig.exchange.hangup(again.agentLeg);
      await again.events.waitFor('hungup', (event) => event.leg === again.agentLeg);
    });

    it('is reported down when it hangs without closing the connection', async () => {
      const events = listen(rig.exchange);
      process.kill(rig.asterisk.pid, 'SIGSTOP');
      try {
        await events.waitFor('down', () => true, 20_000);
      } finally {
        process.kill(rig.asterisk.pid, 'SIGCONT');
      }
      await events.waitFor('up', () => true, 15_000);
    }, 45_000);
  });

  describe('a leg that hears a prompt', () => {
    it('can be tagged and recorded meanwhile', async () => {
      const events = listen(rig.exchange);
      const call = await (await telephone()).dial(rig.publicNumber);
      const { leg } = await events.waitFor('incoming');
      await rig.exchange.answer(leg);
      await call.answered;
      const items = [{ kind: 'tone', hz: 700, ms: 8000 }] as const;
      await rig.exchange.play(leg, items, { playback: 'long', language: 'en' });
      const started = Date.now();
      await rig.exchange.tag(leg, 'while playing');
      const recording = `rec-${randomUUID()}`;
      await rig.exchange.record({ leg, recording });
      expect(Date.now() - started).toBeLessThan(2000);
      expect((await rig.exchange.legs())[0]?.tag).toBe('while playing');
      await rig.exchange.hangup(leg);
      await events.waitFor('recording-finished', (event) => event.recording === recording);
      await events.waitFor('playback-finished', (event) => event.playback === 'long');
    });
  });

  describe('who may connect', () => {
    it('a wrong ARI password is refused with the fix', async () => {
      const exchange = rig.another({ ari: { url: rig.asterisk.ariUrl, password: 'wrong-password-1' } });
      const error = await rejection(exchange.start());
      expect(error.code).toBe('invalid');
      expect(error.message).toContain('ari.conf');
      expect(error.message).not.toContain('wrong-password-1');
    });

    it('an address where no Asterisk answers is told apart', async () => {
      const exchange = rig.another({ ari: { url: 'http://127.0.0.1:9/ari', password: 'x' } });
      expect((await rejection(exchange.start())).code).toBe('exchange-down');
    });

    it('a second adapter on the same application takes over, and the first says so and stays down', async () => {
      const events = listen(rig.exchange);
      const second = rig.another();
      await second.start();
      try {
        const down = await events.waitFor('down');
        expect(down.reason).toContain('another adapter');
        expect(rig.problems.some((problem) => problem.includes('own application name'))).toBe(true);
        await new Promise((resolve) => setTimeout(resolve, 1500));
        expect((await rejection(rig.exchange.legs())).code).toBe('exchange-down');
        expect(await second.legs()).toEqual([]);
      } finally {
        await second.stop();
        await rig.exchange.start();
      }
    });
  });

  describe('devices', () => {
    it('a phone that talks is busy, and no second call reaches it', async () => {
      const { events, agentLeg, customerLeg, responder } = await talk(rig.exchange);
      const second = randomUUID();
      await rig.exchange.ring({
        leg: second,
        device: { kind: 'browser', account: 'alice' },
        callerId: { number: '+989120000001' },
        timeoutSeconds: 5,
      });
      expect((await events.waitFor('hungup', (event) => event.leg === second)).cause).toBe('busy');
      expect((await ariList('/channels')).some(({ id }) => id === second)).toBe(false);
      await responder.hangup();
      await events.waitFor('hungup', (event) => event.leg === agentLeg);
      await rig.exchange.hangup(customerLeg);
    });

    it('tells when a phone registers and when it goes', async () => {
      const events = listen(rig.exchange);
      const babak = await rig.agent('babak');
      const isBabak = (event: { device: unknown }) =>
        JSON.stringify(event.device) === '{"kind":"browser","account":"babak"}';
      await events.waitFor('device', (event) => isBabak(event) && event.state === 'idle');
      await babak.close();
      await events.waitFor('device', (event) => isBabak(event) && event.state === 'unreachable');
    });

    it('says that a phone is busy from its first ring, and idle after its call', async () => {
      const events = listen(rig.exchange);
      const alice = await phone('alice');
      const leg = randomUUID();
      await rig.exchange.ring({
        leg,
        device: { kind: 'browser', account: 'alice' },
        callerId: { number: CUSTOMER },
        timeoutSeconds: 5,
      });
      const call = await alice.nextCall();
      const told = () => events.all.flatMap((event) => (event.type === 'device' ? [event.state] : []));
      await expect.poll(told).toContain('busy');
      await call.answer();
      await events.waitFor('answered', (event) => event.leg === leg);
      await call.hangup();
      await events.waitFor('hungup', (event) => event.leg === leg);
      await expect.poll(() => told().at(-1)).toBe('idle');
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(told().at(-1)).toBe('idle');
    });

    it('a browser that dies in a call ends its leg as a media timeout', async () => {
      const { events, agentLeg, customerLeg, responder } = await talk(rig.exchange);
      responder.vanish();
      expect((await events.waitFor('hungup', (event) => event.leg === agentLeg, 60_000)).cause).toBe('media-timeout');
      expect((await rig.exchange.legs()).map(({ leg }) => leg)).toEqual([customerLeg]);
      await rig.exchange.hangup(customerLeg);
    }, 80_000);

    it('a withheld number is no number', async () => {
      const events = listen(rig.exchange);
      const call = await (await telephone('anonymous')).dial(rig.publicNumber);
      expect((await events.waitFor('incoming')).from).toBe('');
      await call.hangup();
      await events.waitFor('hungup');
    });
  });
});
