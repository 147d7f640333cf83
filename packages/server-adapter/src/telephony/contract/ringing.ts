import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ContractBench, CUSTOMER, rejection } from './bench.ts';

/** Ringing a device, and every way in which that ends. */
export function describeRinging(bench: ContractBench): void {
  describe('ringing a device', () => {
    it('shows the caller id at the far end, then reports ringing and answer', async () => {
      const { call, leg } = await bench.ringAgent();
      expect(call.peer).toBe(CUSTOMER);
      await bench.events.waitFor('ringing', (event) => event.leg === leg);
      expect((await bench.rig.exchange.legs()).find((each) => each.leg === leg)).toMatchObject({
        origin: 'ring',
        state: 'ringing',
        tag: `call-${leg}`,
      });
      await call.answer();
      await bench.events.waitFor('answered', (event) => event.leg === leg);
      expect((await bench.rig.exchange.legs()).find((each) => each.leg === leg)?.state).toBe('up');
    });

    it('rings an outside telephone with the caller id we choose', async () => {
      const phone = await bench.telephone('+989123334444');
      const leg = randomUUID();
      await bench.rig.exchange.ring({
        leg,
        device: { kind: 'number', number: '+989123334444' },
        callerId: { number: bench.rig.publicNumber },
        timeoutSeconds: 20,
      });
      const call = await phone.nextCall();
      expect(call.peer).toBe(bench.rig.publicNumber);
      await call.answer();
      await bench.events.waitFor('answered', (event) => event.leg === leg);
    });

    it('carries extra headers to a browser phone, and refuses control characters in them', async () => {
      const phone = await bench.agent();
      const options = {
        device: { kind: 'browser', account: bench.rig.accounts[0] },
        callerId: { number: CUSTOMER },
        timeoutSeconds: 10,
      } as const;
      for (const headers of [{ 'X-Callweave-Call': 'a\r\nX-Evil: 1' }, { 'X-Bad\r\nName': '1' }] as Record<
        string,
        string
      >[]) {
        expect((await rejection(bench.rig.exchange.ring({ ...options, leg: randomUUID(), headers }))).code).toBe(
          'invalid',
        );
      }
      const name = { number: CUSTOMER, name: 'x"\r\nX-Evil: 1' };
      expect((await rejection(bench.rig.exchange.ring({ ...options, leg: randomUUID(), callerId: name }))).code).toBe(
        'invalid',
      );
      await bench.rig.exchange.ring({ ...options, leg: randomUUID(), headers: { 'X-Callweave-Call': 'call-42' } });
      expect((await phone.nextCall()).headers['x-callweave-call']).toBe('call-42');
    });

    it('rings once when the same leg is asked for twice', async () => {
      const { leg, phone } = await bench.ringAgent();
      await bench.rig.exchange.ring({
        leg,
        device: { kind: 'browser', account: bench.rig.accounts[0] },
        callerId: { number: CUSTOMER },
        timeoutSeconds: 20,
      });
      await expect(phone.nextCall(700)).rejects.toThrow();
      expect((await bench.rig.exchange.legs()).filter((each) => each.leg === leg)).toHaveLength(1);
    });

    it('tells busy from rejected', async () => {
      const first = await bench.ringAgent(0);
      await first.call.decline('busy');
      expect(await bench.causeOf(first.leg)).toBe('busy');
      const second = await bench.ringAgent(1);
      await second.call.decline('rejected');
      expect(await bench.causeOf(second.leg)).toBe('rejected');
    });

    it('gives up by itself after the time given', async () => {
      const { call, leg } = await bench.ringAgent(0, 2);
      expect(await bench.causeOf(leg)).toBe('no-answer');
      await call.ended;
    });

    it('knows at once that a device is unreachable', async () => {
      const started = Date.now();
      const leg = randomUUID();
      const error = await rejection(
        bench.rig.exchange.ring({
          leg,
          device: { kind: 'browser', account: bench.rig.accounts[2] },
          callerId: { number: CUSTOMER },
          timeoutSeconds: 20,
        }),
      );
      expect(error.code).toBe('unreachable');
      expect(Date.now() - started).toBeLessThan(1000);
      expect(await bench.rig.exchange.legs()).toEqual([]);
    });

    it('takes a ring back: the phone stops ringing', async () => {
      const { call, leg } = await bench.ringAgent();
      await bench.events.waitFor('ringing', (event) => event.leg === leg);
      await bench.rig.exchange.hangup(leg, 'answered-elsewhere');
      await call.ended;
      expect(await bench.causeOf(leg)).toBe('answered-elsewhere');
    });

    it('follows the state of a device', async () => {
      const device = { kind: 'browser', account: bench.rig.accounts[0] } as const;
      expect(await bench.rig.exchange.deviceState(device)).toBe('unreachable');
      const { call, leg } = await bench.answeredAgent();
      expect(await bench.rig.exchange.deviceState(device)).toBe('busy');
      await call.hangup();
      await bench.causeOf(leg);
      await expect.poll(() => bench.rig.exchange.deviceState(device), { timeout: 3000 }).toBe('idle');
    });
  });
}
