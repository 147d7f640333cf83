import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ContractBench, rejection } from './bench.ts';

/** What every command has in common. */
export function describeCommands(bench: ContractBench): void {
  describe('commands', () => {
    it('tag a leg, and the tag is seen among the legs', async () => {
      const { leg } = await bench.inbound();
      await bench.rig.exchange.tag(leg, 'call-7:customer');
      expect((await bench.rig.exchange.legs())[0]).toMatchObject({ leg, tag: 'call-7:customer' });
    });

    it('hang up any number of times', async () => {
      const { leg } = await bench.answeredInbound();
      await Promise.all([bench.rig.exchange.hangup(leg), bench.rig.exchange.hangup(leg)]);
      await bench.rig.exchange.hangup(leg);
      await bench.rig.exchange.hangup('never-existed');
      await bench.causeOf(leg);
      expect(bench.events.all.filter((event) => event.type === 'hungup' && event.leg === leg)).toHaveLength(1);
    });

    it('reject with a coded error for what does not exist', async () => {
      const none = `none-${randomUUID()}`;
      const { leg } = await bench.answeredInbound();
      const { exchange } = bench.rig;
      expect((await rejection(exchange.answer(none))).code).toBe('unknown-leg');
      expect((await rejection(exchange.progress(none))).code).toBe('unknown-leg');
      expect((await rejection(exchange.tag(none, 'x'))).code).toBe('unknown-leg');
      expect((await rejection(exchange.hold(none, true))).code).toBe('unknown-leg');
      expect((await rejection(exchange.record({ leg: none, recording: none }))).code).toBe('unknown-leg');
      expect(
        (await rejection(exchange.play(none, [{ kind: 'silence', ms: 100 }], { playback: none, language: 'en' }))).code,
      ).toBe('unknown-leg');
      expect(
        (
          await rejection(
            exchange.play(leg, [{ kind: 'prompt', key: 'no-such-prompt' }], { playback: none, language: 'en' }),
          )
        ).code,
      ).toBe('invalid');
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
      const { leg } = await bench.answeredInbound();
      await bench.rig.exchange.answer(leg);
      expect(bench.events.all.filter((event) => event.type === 'answered' && event.leg === leg)).toHaveLength(1);
    });

    it('a throwing listener does not stop the others', async () => {
      const unsubscribe = bench.rig.exchange.subscribe(() => {
        throw new Error('a listener with a bug');
      });
      try {
        await bench.inbound();
      } finally {
        unsubscribe();
      }
    });
  });
}
