import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LegId, SupervisionMode } from '../exchange.ts';
import type { TestCall } from '../testing/rig.ts';
import { measure, readWav, toneShare } from '../testing/tone-measure.ts';
import { type BridgedPair, type ContractBench, near, rejection } from './bench.ts';

const CUSTOMER_HZ = 440;
const AGENT_HZ = 800;
const SUPERVISOR_HZ = 1300;

interface Supervised extends BridgedPair {
  readonly supervisor: TestCall;
  readonly supervisorLeg: LegId;
  readonly supervision: string;
  mode(mode: SupervisionMode): Promise<void>;
}

/** Supervisors: who hears them, and whom they hear. */
export function describeSupervision(bench: ContractBench): void {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  async function supervised(mode: SupervisionMode): Promise<Supervised> {
    const pair = await bench.bridged();
    const { call, leg } = await bench.answeredAgent(1);
    const supervision = randomUUID();
    const set = (next: SupervisionMode) =>
      bench.rig.exchange.supervise({ supervision, leg, agentLeg: pair.responderLeg, mode: next });
    await set(mode);
    pair.customer.tone(null);
    pair.responder.tone(null);
    call.tone(null);
    await pause(500);
    return { ...pair, supervisor: call, supervisorLeg: leg, supervision, mode: set };
  }

  /** Each of the three speaks alone, and everybody listens. */
  async function whoHearsWhom({ customer, responder, supervisor }: Supervised): Promise<Record<string, string[]>> {
    const people = { customer, agent: responder, supervisor };
    const tones = { customer: CUSTOMER_HZ, agent: AGENT_HZ, supervisor: SUPERVISOR_HZ };
    const heardBy: Record<string, string[]> = { customer: [], agent: [], supervisor: [] };
    for (const speaker of ['customer', 'agent', 'supervisor'] as const) {
      people[speaker].tone(tones[speaker]);
      await pause(500);
      const listeners = (['customer', 'agent', 'supervisor'] as const).filter((each) => each !== speaker);
      await Promise.all(
        listeners.map(async (listener) => {
          const { hz } = await people[listener].hear(800);
          if (hz === 0) return;
          // Whatever is heard must be the one who speaks, not a rest of somebody else.
          expect(hz).toEqual(near(tones[speaker]));
          heardBy[listener]?.push(speaker);
        }),
      );
      people[speaker].tone(null);
      await pause(500);
    }
    return heardBy;
  }

  describe('supervision', () => {
    it('listening hears both and is heard by none', async () => {
      expect(await whoHearsWhom(await supervised('listen'))).toEqual({
        customer: ['agent'],
        agent: ['customer'],
        supervisor: ['customer', 'agent'],
      });
    });

    it('a whisper is heard by the agent alone', async () => {
      expect(await whoHearsWhom(await supervised('whisper'))).toEqual({
        customer: ['agent'],
        agent: ['customer', 'supervisor'],
        supervisor: ['customer', 'agent'],
      });
    });

    it('changes its mode while it goes on, and ends without a trace', async () => {
      const call = await supervised('whisper');
      await call.mode('listen');
      await pause(300);
      call.supervisor.tone(SUPERVISOR_HZ);
      await pause(500);
      expect((await call.responder.hear(700)).hz).toBe(0);
      await call.mode('whisper');
      await pause(500);
      expect(await call.responder.hear(700)).toMatchObject({ hz: near(SUPERVISOR_HZ) });
      await bench.rig.exchange.endSupervision(call.supervision);
      await bench.rig.exchange.endSupervision(call.supervision);
      call.customer.tone(CUSTOMER_HZ);
      await pause(500);
      const [atAgent, atSupervisor] = await Promise.all([call.responder.hear(700), call.supervisor.hear(700)]);
      expect(atAgent).toMatchObject({ hz: near(CUSTOMER_HZ) });
      expect(atSupervisor.hz).toBe(0);
      expect((await bench.rig.exchange.legs()).map((each) => each.leg)).toContain(call.supervisorLeg);
    });

    it('barging in by joining the bridge is heard by both', async () => {
      const call = await supervised('listen');
      await bench.rig.exchange.join(call.bridge, call.supervisorLeg);
      await pause(300);
      expect(await whoHearsWhom(call)).toEqual({
        customer: ['agent', 'supervisor'],
        agent: ['customer', 'supervisor'],
        supervisor: ['customer', 'agent'],
      });
    });

    it('a whisper is in no recording of the call', async () => {
      const call = await supervised('whisper');
      const names = [`rec-${randomUUID()}`, `rec-${randomUUID()}`] as const;
      await bench.rig.exchange.record({ leg: call.customerLeg, recording: names[0] });
      await bench.rig.exchange.record({ leg: call.responderLeg, recording: names[1] });
      call.customer.tone(CUSTOMER_HZ);
      call.responder.tone(AGENT_HZ);
      call.supervisor.tone(SUPERVISOR_HZ);
      await pause(2000);
      for (const [index, hz] of [CUSTOMER_HZ, AGENT_HZ].entries()) {
        const recording = names[index] as string;
        await bench.rig.exchange.stopRecording(recording);
        await bench.events.waitFor('recording-finished', (event) => event.recording === recording);
        const { samples } = readWav(await bench.rig.exchange.fetchRecording(recording));
        expect(measure(samples)).toMatchObject({ hz: near(hz) });
        expect(toneShare(samples.subarray(4000), SUPERVISOR_HZ)).toBeLessThan(0.01);
        await bench.rig.exchange.deleteRecording(recording);
      }
    });

    it('survives hold, and follows the agent to another bridge', async () => {
      const call = await supervised('listen');
      const { exchange } = bench.rig;
      await call.responder.hold(true);
      await bench.events.waitFor('held', (event) => event.leg === call.responderLeg && event.held);
      await call.responder.hold(false);
      await bench.events.waitFor('held', (event) => event.leg === call.responderLeg && !event.held);
      await exchange.hold(call.customerLeg, true);
      await exchange.hold(call.customerLeg, false);
      const next = randomUUID();
      await exchange.createBridge(next);
      await exchange.join(next, call.customerLeg);
      await exchange.join(next, call.responderLeg);
      await pause(500);
      expect((await whoHearsWhom(call)).supervisor).toEqual(['customer', 'agent']);
    });

    it("ends with the agent's leg; the supervisor's leg stays and can supervise again", async () => {
      const call = await supervised('listen');
      await call.responder.hangup();
      await bench.causeOf(call.responderLeg);
      call.customer.tone(CUSTOMER_HZ);
      await pause(500);
      expect((await call.supervisor.hear(700)).hz).toBe(0);
      const { call: successor, leg: agentLeg } = await bench.answeredAgent(2);
      await bench.rig.exchange.join(call.bridge, agentLeg);
      await bench.rig.exchange.supervise({
        supervision: randomUUID(),
        leg: call.supervisorLeg,
        agentLeg,
        mode: 'listen',
      });
      await pause(500);
      expect(await call.supervisor.hear(700)).toMatchObject({ hz: near(CUSTOMER_HZ) });
      expect(await successor.hear(700)).toMatchObject({ hz: near(CUSTOMER_HZ) });
    });

    it('needs two legs that are up', async () => {
      const { exchange } = bench.rig;
      const { leg } = await bench.answeredAgent(0);
      const ringing = await bench.ringAgent(1);
      const base = { supervision: randomUUID(), mode: 'listen' } as const;
      expect((await rejection(exchange.supervise({ ...base, leg, agentLeg: 'none' }))).code).toBe('unknown-leg');
      expect((await rejection(exchange.supervise({ ...base, leg: 'none', agentLeg: leg }))).code).toBe('unknown-leg');
      expect((await rejection(exchange.supervise({ ...base, leg, agentLeg: leg }))).code).toBe('invalid');
      expect((await rejection(exchange.supervise({ ...base, leg, agentLeg: ringing.leg }))).code).toBe('invalid');
      expect((await rejection(exchange.supervise({ ...base, supervision: '../x', leg, agentLeg: leg }))).code).toBe(
        'invalid',
      );
      await exchange.endSupervision(base.supervision);
    });
  });

  describe('mute', () => {
    it('keeps speech from the others and from the recording, in the bridge and out of it', async () => {
      const { customer, responder, customerLeg } = await bench.bridged();
      const { exchange } = bench.rig;
      const recording = `rec-${randomUUID()}`;
      customer.tone(CUSTOMER_HZ);
      responder.tone(AGENT_HZ);
      await exchange.mute(customerLeg, true);
      await exchange.mute(customerLeg, true);
      await exchange.record({ leg: customerLeg, recording });
      await pause(500);
      const [atCustomer, atResponder] = await Promise.all([customer.hear(800), responder.hear(800)]);
      expect(atCustomer).toMatchObject({ hz: near(AGENT_HZ) });
      expect(atResponder.hz).toBe(0);
      await exchange.stopRecording(recording);
      await bench.events.waitFor('recording-finished', (event) => event.recording === recording);
      expect(measure(readWav(await exchange.fetchRecording(recording)).samples).hz).toBe(0);
      await exchange.deleteRecording(recording);
      await exchange.mute(customerLeg, false);
      await pause(400);
      expect(await responder.hear(700)).toMatchObject({ hz: near(CUSTOMER_HZ) });
      expect((await rejection(exchange.mute('none', true))).code).toBe('unknown-leg');
    });
  });

  describe('playing a recording', () => {
    it('plays it between prompts, and refuses one that is not there', async () => {
      const { call, leg } = await bench.answeredInbound();
      const { exchange } = bench.rig;
      const recording = `rec-${randomUUID()}`;
      await exchange.record({ leg, recording });
      call.tone(CUSTOMER_HZ);
      await pause(2500);
      await exchange.stopRecording(recording);
      await bench.events.waitFor('recording-finished', (event) => event.recording === recording);
      call.tone(null);
      const playback = randomUUID();
      const items = [
        { kind: 'tone', hz: AGENT_HZ, ms: 1500 },
        { kind: 'recording', recording },
        { kind: 'silence', ms: 100 },
      ] as const;
      await exchange.play(leg, items, { playback, language: 'en' });
      expect(await call.hear(1000)).toMatchObject({ hz: near(AGENT_HZ) });
      await pause(1000);
      expect(await call.hear(700)).toMatchObject({ hz: near(CUSTOMER_HZ) });
      await bench.events.waitFor('playback-finished', (event) => event.playback === playback, 15_000);
      await exchange.deleteRecording(recording);
      const gone = exchange.play(leg, items, { playback: randomUUID(), language: 'en' });
      expect((await rejection(gone)).code).toBe('unknown-recording');
    });
  });
}
