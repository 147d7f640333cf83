import { describe, expect, it } from 'vitest';
import { type ContractBench, CUSTOMER, near } from './bench.ts';

/** Calls that come in, from outside and from our own phones. */
export function describeCalls(bench: ContractBench): void {
  describe('a call from outside', () => {
    it('tells who calls and what was dialled, and is seen among the legs', async () => {
      const { leg } = await bench.inbound();
      const incoming = await bench.events.waitFor('incoming', (event) => event.leg === leg);
      expect(incoming).toMatchObject({ origin: 'trunk', from: CUSTOMER, to: bench.rig.publicNumber });
      const snapshot = (await bench.rig.exchange.legs()).find((each) => each.leg === leg);
      expect(snapshot).toMatchObject({ origin: 'trunk', state: 'ringing', from: CUSTOMER, to: bench.rig.publicNumber });
    });

    it('rings, is answered, hears a prompt and a tone, and keys digits', async () => {
      const { call, leg } = await bench.inbound();
      await bench.rig.exchange.progress(leg);
      await call.ringing;
      await bench.rig.exchange.answer(leg);
      await call.answered;

      await bench.rig.exchange.play(leg, [{ kind: 'prompt', key: 'welcome' }], { playback: 'p1', language: 'fa' });
      const speech = await call.hear(1500);
      expect(speech.level).toBeGreaterThan(0.01);
      await bench.events.waitFor('playback-finished', (event) => event.playback === 'p1' && event.leg === leg, 15_000);

      await bench.rig.exchange.play(leg, [{ kind: 'tone', hz: 1000, ms: 3000 }], { playback: 'p2', language: 'en' });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await call.hear(1000)).toMatchObject({ hz: near(1000) });
      await bench.rig.exchange.stopPlayback('p2');
      await bench.events.waitFor('playback-finished', (event) => event.playback === 'p2');

      await call.digits('0123#*');
      await bench.events.waitFor('digit', (event) => event.leg === leg && event.digit === '*', 10_000);
      const keyed = bench.events.all
        .filter((event) => event.type === 'digit' && event.leg === leg)
        .map((event) => (event.type === 'digit' ? event.digit : ''));
      expect(keyed.join('')).toBe('0123#*');
    });

    it('plays several items in order, digits and numbers spoken', async () => {
      const { call, leg } = await bench.answeredInbound();
      await bench.rig.exchange.play(
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
      expect(bench.events.all.some((event) => event.type === 'playback-finished')).toBe(false);
      await bench.events.waitFor('playback-finished', (event) => event.playback === 'sequence', 15_000);
    });

    it('ends when the caller gives up before an answer', async () => {
      const { call, leg } = await bench.inbound();
      await bench.rig.exchange.progress(leg);
      await call.ringing;
      await call.hangup();
      expect(await bench.causeOf(leg)).toBe('cancelled');
      expect(await bench.rig.exchange.legs()).toEqual([]);
    });

    it('ends when the caller hangs up, and when we do', async () => {
      const first = await bench.answeredInbound();
      await first.call.hangup();
      expect(await bench.causeOf(first.leg)).toBe('normal');

      const second = await bench.answeredInbound('+989127654321');
      await bench.rig.exchange.hangup(second.leg);
      await second.call.ended;
      expect(await bench.causeOf(second.leg)).toBe('normal');
    });
  });

  describe('a call from a browser phone', () => {
    it('comes in with the account as its origin', async () => {
      const phone = await bench.agent();
      await phone.dial('+989125556666');
      const incoming = await bench.events.waitFor('incoming');
      expect(incoming).toMatchObject({ origin: 'device', from: bench.rig.accounts[0], to: '+989125556666' });
    });
  });
}
