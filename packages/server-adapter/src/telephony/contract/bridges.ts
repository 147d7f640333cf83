import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ContractBench, near } from './bench.ts';

/** Who hears whom: bridges and hold. */
export function describeBridges(bench: ContractBench): void {
  describe('a bridge', () => {
    it('carries both voices, each to the other', async () => {
      const { customer, responder, customerLeg, bridge } = await bench.bridged();
      customer.tone(440);
      responder.tone(800);
      await new Promise((resolve) => setTimeout(resolve, 400));
      const [atCustomer, atResponder] = await Promise.all([customer.hear(1000), responder.hear(1000)]);
      expect(atCustomer).toMatchObject({ hz: near(800) });
      expect(atResponder).toMatchObject({ hz: near(440) });
      expect(atCustomer.purity).toBeGreaterThan(0.8);
      expect(atResponder.purity).toBeGreaterThan(0.8);
      expect((await bench.rig.exchange.legs()).find((each) => each.leg === customerLeg)?.bridge).toBe(bridge);
    });

    it('lets a leg leave, hear nobody, and join again', async () => {
      const { customer, responder, customerLeg, bridge } = await bench.bridged();
      customer.tone(440);
      responder.tone(800);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await bench.rig.exchange.leave(bridge, customerLeg);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const [alone, other] = await Promise.all([customer.hear(700), responder.hear(700)]);
      expect(alone.hz).toBe(0);
      expect(other.hz).toBe(0);
      await bench.rig.exchange.join(bridge, customerLeg);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await responder.hear(700)).toMatchObject({ hz: near(440) });
    });

    it('still tells digits, and the other side does not hear them', async () => {
      const { customer, responder, customerLeg } = await bench.bridged();
      customer.tone(null);
      const listening = responder.hear(1500);
      await customer.digits('47');
      await bench.events.waitFor('digit', (event) => event.leg === customerLeg && event.digit === '7');
      expect((await listening).level).toBeLessThan(0.02);
    });

    it('plays to one leg alone while bridged', async () => {
      const { customer, responder, customerLeg } = await bench.bridged();
      await bench.rig.exchange.play(customerLeg, [{ kind: 'tone', hz: 1200, ms: 3000 }], {
        playback: 'alone',
        language: 'en',
      });
      await new Promise((resolve) => setTimeout(resolve, 400));
      const [atCustomer, atResponder] = await Promise.all([customer.hear(700), responder.hear(700)]);
      expect(atCustomer).toMatchObject({ hz: near(1200) });
      expect(atResponder).not.toMatchObject({ hz: near(1200) });
    });

    it('goes on after one end hangs up, and ends cleanly', async () => {
      const { responder, responderLeg, customerLeg, bridge } = await bench.bridged();
      await responder.hangup();
      expect(await bench.causeOf(responderLeg)).toBe('normal');
      expect((await bench.rig.exchange.legs()).map((each) => each.leg)).toEqual([customerLeg]);
      await bench.rig.exchange.destroyBridge(bridge);
      expect((await bench.rig.exchange.legs())[0]?.bridge).toBeUndefined();
    });

    it('may be created twice', async () => {
      const bridge = randomUUID();
      await bench.rig.exchange.createBridge(bridge);
      await bench.rig.exchange.createBridge(bridge);
      await bench.rig.exchange.destroyBridge(bridge);
    });
  });

  describe('hold', () => {
    it('is told when the person at the far end holds and takes back', async () => {
      const { responder, responderLeg } = await bench.bridged();
      await responder.hold(true);
      await bench.events.waitFor('held', (event) => event.leg === responderLeg && event.held);
      await responder.hold(false);
      await bench.events.waitFor('held', (event) => event.leg === responderLeg && !event.held);
    });

    it('goes back to two-way audio afterwards', async () => {
      const { customer, responder, responderLeg } = await bench.bridged();
      await responder.hold(true);
      await bench.events.waitFor('held', (event) => event.leg === responderLeg && event.held);
      await responder.hold(false);
      await bench.events.waitFor('held', (event) => event.leg === responderLeg && !event.held);
      customer.tone(440);
      responder.tone(800);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const [atCustomer, atResponder] = await Promise.all([customer.hear(800), responder.hear(800)]);
      expect(atCustomer).toMatchObject({ hz: near(800) });
      expect(atResponder).toMatchObject({ hz: near(440) });
    });

    it('from our side plays music to the held leg and keeps its speech from the other', async () => {
      const { customer, responder, customerLeg } = await bench.bridged();
      // Tones that no music has.
      customer.tone(2300);
      responder.tone(1900);
      await bench.rig.exchange.hold(customerLeg, true);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const [music, nothing] = await Promise.all([customer.hear(1500), responder.hear(1500)]);
      expect(music.level).toBeGreaterThan(0.003);
      expect(music).not.toMatchObject({ hz: near(1900) });
      expect(nothing).not.toMatchObject({ hz: near(2300) });
      await bench.rig.exchange.hold(customerLeg, false);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await responder.hear(700)).toMatchObject({ hz: near(2300) });
      expect(await customer.hear(700)).toMatchObject({ hz: near(1900) });
    });
  });
}
