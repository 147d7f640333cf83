import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { measure, readWav } from '../testing/tone-measure.ts';
import { type ContractBench, near, rejection } from './bench.ts';

/** Recording one side of a call. */
export function describeRecordings(bench: ContractBench): void {
  describe('recording', () => {
    it('keeps each side apart, in 8 kHz mono 16-bit WAV of the right length', async () => {
      const { customer, responder, customerLeg, responderLeg } = await bench.bridged();
      customer.tone(440);
      responder.tone(800);
      const names = [`rec-${randomUUID()}`, `rec-${randomUUID()}`] as const;
      await bench.rig.exchange.record({ leg: customerLeg, recording: names[0] });
      await bench.rig.exchange.record({ leg: responderLeg, recording: names[1] });
      await new Promise((resolve) => setTimeout(resolve, 2000));
      await bench.rig.exchange.stopRecording(names[0]);
      await bench.rig.exchange.hangup(responderLeg);
      const finished = await Promise.all(
        names.map((name) => bench.events.waitFor('recording-finished', (event) => event.recording === name)),
      );
      for (const [index, hz] of [440, 800].entries()) {
        const wav = readWav(await bench.rig.exchange.fetchRecording(names[index] as string));
        expect(wav).toMatchObject({ rate: 8000, channels: 1, bits: 16 });
        expect(wav.samples.length / 8).toBeGreaterThan(1600);
        expect(wav.samples.length / 8).toBeLessThan(2900);
        expect(Math.abs(wav.samples.length / 8 - (finished[index]?.durationMs ?? 0))).toBeLessThan(600);
        const heard = measure(wav.samples.subarray(4000, 12_000));
        expect(heard).toMatchObject({ hz: near(hz) });
        expect(heard.purity).toBeGreaterThan(0.8);
        await bench.rig.exchange.deleteRecording(names[index] as string);
        expect((await rejection(bench.rig.exchange.fetchRecording(names[index] as string))).code).toBe(
          'unknown-recording',
        );
      }
    });

    it('writes silence while paused, so that offsets stay true', async () => {
      const { call, leg } = await bench.answeredInbound();
      call.tone(440);
      const recording = `rec-${randomUUID()}`;
      await bench.rig.exchange.record({ leg, recording });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await bench.rig.exchange.pauseRecording(recording, true);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await bench.rig.exchange.pauseRecording(recording, false);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await bench.rig.exchange.stopRecording(recording);
      await bench.events.waitFor('recording-finished', (event) => event.recording === recording);
      const { samples } = readWav(await bench.rig.exchange.fetchRecording(recording));
      expect(samples.length / 8).toBeGreaterThan(3000);
      expect(measure(samples.subarray(2000, 6000))).toMatchObject({ hz: near(440) });
      expect(measure(samples.subarray(8 * 1400, 8 * 2200)).hz).toBe(0);
      expect(measure(samples.subarray(8 * 2800, 8 * 3200))).toMatchObject({ hz: near(440) });
      await bench.rig.exchange.deleteRecording(recording);
    });

    it('is finished by the end of its leg', async () => {
      const { call, leg } = await bench.answeredInbound();
      const recording = `rec-${randomUUID()}`;
      await bench.rig.exchange.record({ leg, recording });
      await new Promise((resolve) => setTimeout(resolve, 500));
      await call.hangup();
      await bench.events.waitFor('recording-finished', (event) => event.recording === recording && event.leg === leg);
      await bench.rig.exchange.deleteRecording(recording);
    });

    it('refuses names that could leave the folder', async () => {
      const { leg } = await bench.answeredInbound();
      for (const recording of ['../x', 'a/b', '', '..', 'a\u0000']) {
        expect((await rejection(bench.rig.exchange.record({ leg, recording }))).code).toBe('invalid');
        expect(['invalid', 'unknown-recording']).toContain(
          (await rejection(bench.rig.exchange.fetchRecording(recording))).code,
        );
      }
    });
  });
}
