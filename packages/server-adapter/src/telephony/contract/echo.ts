import { describe, expect, it } from 'vitest';
import { ECHO_NUMBER } from '../exchange.ts';
import { type ContractBench, near } from './bench.ts';

/** What a preflight test of a browser phone calls. */
export function describeEcho(bench: ContractBench): void {
  describe('a phone that calls the echo', () => {
    it('hears itself, is no call to anybody, and cannot be rung meanwhile', async () => {
      const phone = await bench.agent();
      const call = await phone.dial(ECHO_NUMBER);
      await call.answered;
      call.tone(700);
      await expect.poll(async () => (await call.hear(800)).hz, { timeout: 10_000 }).toEqual(near(700));
      call.tone(null);
      await expect.poll(async () => (await call.hear(600)).level, { timeout: 10_000 }).toBeLessThan(0.003);
      expect(bench.events.all.some((event) => event.type === 'incoming')).toBe(false);
      const account = bench.rig.accounts[0];
      expect(await bench.rig.exchange.deviceState({ kind: 'browser', account })).toBe('busy');
      await call.hangup();
      await expect.poll(() => bench.rig.exchange.deviceState({ kind: 'browser', account })).toBe('idle');
      await expect.poll(async () => (await bench.rig.exchange.legs()).length).toBe(0);
    });
  });
}
