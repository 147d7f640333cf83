import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AsteriskRig, startAsteriskRig } from '../testing/asterisk-rig.ts';
import { describeWith } from '../testing/component-gate.ts';
import { type EventLog, recordEvents } from '../testing/event-log.ts';
import { type SippCustomer, type SippCustomerOptions, startSippCustomer } from '../testing/sipp.ts';
import { measure, readWav } from '../testing/tone-measure.ts';

await describeWith(['asterisk', 'sipp'], 'a SIPp customer on a real Asterisk', () => {
  let rig: AsteriskRig;
  let events: EventLog;
  let customer: SippCustomer | undefined;

  beforeAll(async () => {
    rig = await startAsteriskRig();
  }, 180_000);
  afterAll(async () => {
    await rig?.stop();
  }, 60_000);
  beforeEach(() => {
    events = recordEvents(rig.exchange);
  });
  afterEach(async () => {
    await customer?.kill();
    customer = undefined;
    for (const { leg } of await rig.exchange.legs()) await rig.exchange.hangup(leg);
    await expect.poll(() => rig.exchange.legs()).toEqual([]);
    events.close();
  });

  async function call(options: Partial<SippCustomerOptions> = {}): Promise<{ customer: SippCustomer; leg: string }> {
    const from = options.from ?? '+989121234567';
    customer = await startSippCustomer({ exchangePort: rig.asterisk.sipPort, to: rig.publicNumber, ...options, from });
    const { leg } = await events.waitFor('incoming', (event) => event.from === from);
    return { customer, leg };
  }

  it('talks by rtp_stream, is recorded, and hangs up', async () => {
    const { customer, leg } = await call({ audio: 'sipp', toneHz: 500 });
    await rig.exchange.progress(leg);
    await customer.ringing;
    await rig.exchange.answer(leg);
    await customer.answered;
    const recording = `rec-${randomUUID()}`;
    await rig.exchange.record({ leg, recording });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await customer.hangup()).ended).toBe('near');
    await events.waitFor('recording-finished', (event) => event.recording === recording);
    const { samples } = readWav(await rig.exchange.fetchRecording(recording));
    const heard = measure(samples.subarray(4000));
    expect(heard).toMatchObject({ hz: 500 });
    expect(heard.purity).toBeGreaterThan(0.8);
    expect((await events.waitFor('hungup', (event) => event.leg === leg)).cause).toBe('normal');
    await rig.exchange.deleteRecording(recording);
  });

  it('keys a PIN and an IVR choice, each key heard once, also the same key again', async () => {
    const { customer, leg } = await call({ digits: [{ afterMs: 100, digits: '1123#' }] });
    await rig.exchange.answer(leg);
    await customer.answered;
    await events.waitFor('digit', (event) => event.leg === leg && event.digit === '#');
    await customer.digits('0#0#');
    const keyed = () =>
      events.all.map((event) => (event.type === 'digit' && event.leg === leg ? event.digit : '')).join('');
    await expect.poll(keyed).toBe('1123#0#0#');
  });

  it('hears prompts', async () => {
    const { customer, leg } = await call();
    await rig.exchange.answer(leg);
    await customer.answered;
    await rig.exchange.play(leg, [{ kind: 'prompt', key: 'welcome' }], { playback: randomUUID(), language: 'cs' });
    expect((await customer.hear(1500)).level).toBeGreaterThan(0.01);
  });

  it('gives up while it rings, is refused as busy, and is hung up on', async () => {
    const first = await call({ from: '+989120000001' });
    await rig.exchange.progress(first.leg);
    await first.customer.ringing;
    expect((await first.customer.hangup()).ended).toBe('cancelled');
    expect((await events.waitFor('hungup', (event) => event.leg === first.leg)).cause).toBe('cancelled');

    const second = await call({ from: '+989120000002' });
    await rig.exchange.hangup(second.leg, 'busy');
    expect(await second.customer.ended).toMatchObject({ ended: 'refused', status: 486 });

    const third = await call({ from: '+989120000003' });
    await rig.exchange.answer(third.leg);
    await third.customer.answered;
    await rig.exchange.hangup(third.leg);
    expect((await third.customer.ended).ended).toBe('far');
  });

  it('twenty customers at once are all answered, and leave nothing behind', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `+9891200010${String(index).padStart(2, '0')}`);
    const unsubscribe = rig.exchange.subscribe((event) => {
      if (event.type === 'incoming') void rig.exchange.answer(event.leg);
    });
    try {
      const customers = await Promise.all(
        numbers.map((from) =>
          startSippCustomer({
            exchangePort: rig.asterisk.sipPort,
            from,
            to: rig.publicNumber,
            seconds: 2,
            audio: 'sipp',
          }),
        ),
      );
      await Promise.all(customers.map((each) => each.answered));
      const results = await Promise.all(customers.map((each) => each.ended));
      expect(results.map(({ ended }) => ended)).toEqual(numbers.map(() => 'near'));
    } finally {
      unsubscribe();
    }
    await expect.poll(async () => (await rig.ari('GET', '/channels')).json(), { timeout: 3000 }).toEqual([]);
    expect(rig.problems).toEqual([]);
  });
});
