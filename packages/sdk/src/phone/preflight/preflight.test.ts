import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ECHO_NUMBER } from '../../protocol/echo-number.ts';
import { createPhoneBench, type PhoneBench } from '../../testing/index.ts';
import { createPreflight, type Preflight, type PreflightOptions } from './preflight.ts';
import { PREFLIGHT_CHECKS, type PreflightState } from './state.ts';

describe('a preflight test', () => {
  let bench: PhoneBench;
  let preflight: Preflight;
  let level: number;
  /** Packets lost of a hundred, and the round trip in seconds. */
  let network: { lost: number; rtt: number; silent?: boolean };

  const make = (options: Partial<PreflightOptions> = {}) =>
    createPreflight({
      phone: bench.phone,
      media: bench.media,
      clock: bench.clock,
      createMeter: () => ({ read: () => level, stop: () => {} }),
      ...options,
    });

  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
    level = 0.2;
    network = { lost: 0, rtt: 0.04 };
    bench.server.onInvite = (leg) => {
      let received = 0;
      let lost = 0;
      bench.webrtc.last.getStats = async () => {
        if (!network.silent) received += 100 - network.lost;
        lost += network.lost;
        return new Map<string, unknown>([
          ['in', { type: 'inbound-rtp', kind: 'audio', packetsReceived: received, packetsLost: lost, jitter: 0.004 }],
          ['out', { type: 'outbound-rtp', kind: 'audio', packetsSent: received }],
          ['remote', { type: 'remote-inbound-rtp', kind: 'audio', packetsLost: 0, roundTripTime: network.rtt }],
        ]);
      };
      leg.answer();
    };
    preflight = make();
  });
  afterEach(() => bench.dispose());

  const resultOf = (state: PreflightState, check: string) => state.results.find((result) => result.check === check);

  /** Runs to the end; the person hears the tone, or not. */
  async function run(heard: boolean | 'nothing said' = true): Promise<PreflightState> {
    const stop = preflight.state.subscribe(({ asks }) => {
      if (asks && heard !== 'nothing said') queueMicrotask(() => preflight.heard(heard));
    });
    const done = preflight.run();
    await bench.clock.advance(80_000);
    stop();
    return done;
  }

  it('passes where all is well, with figures of a real call to the echo, and leaves nothing behind', async () => {
    const statuses: string[] = [];
    preflight.state.subscribe(({ results }) =>
      statuses.push(...results.filter(({ status }) => status === 'running').map(({ check }) => check)),
    );
    const state = await run();
    expect(state).toMatchObject({ status: 'done', verdict: 'good', asks: false, level: 0 });
    expect(state.results.map(({ status }) => status)).toEqual(PREFLIGHT_CHECKS.map(() => 'passed'));
    expect([...new Set(statuses)]).toEqual([...PREFLIGHT_CHECKS]);
    expect(resultOf(state, 'microphone')?.figures).toEqual({ level: 0.2 });
    expect(resultOf(state, 'network')?.figures).toEqual({ candidates: ['host'] });
    expect(resultOf(state, 'call')?.figures).toMatchObject({ lossIn: 0, lossOut: 0, rttMs: 40, jitterMs: 4 });
    expect(bench.server.legs[0]?.received[0]?.uri).toContain(`sip:${ECHO_NUMBER}@`);
    expect(bench.server.legs[0]?.requests('BYE')).toHaveLength(1);
    expect(bench.phone.get().calls).toEqual([]);
    expect(bench.media.opened.every(({ stream }) => stream.getTracks()[0]?.readyState === 'ended')).toBe(true);
    expect(bench.media.ringing).toBe(false);
  });

  it.each([
    ['loss', { lost: 10, rtt: 0.04 }, 'high-loss'],
    ['delay', { lost: 0, rtt: 0.9 }, 'high-delay'],
  ])('a call with much %s is possible, and not good', async (_what, worse, reason) => {
    network = worse;
    const state = await run();
    expect(resultOf(state, 'call')).toMatchObject({ status: 'warning', reason });
    expect(state.verdict).toBe('usable');
  });

  it('a call of which no sound comes back is no call', async () => {
    network.silent = true;
    const state = await run();
    expect(resultOf(state, 'call')).toMatchObject({ status: 'failed', reason: 'no-echo' });
    expect(state.verdict).toBe('unusable');
  });

  it('an exchange that does not take the call', async () => {
    bench.server.onInvite = (leg) => leg.reply({ status: 503 });
    expect(resultOf(await run(), 'call')).toMatchObject({ status: 'failed', reason: 'call-failed' });
  });

  it('a microphone that hears nothing fails after eight seconds, and the call is not tried', async () => {
    level = 0.001;
    const state = await run();
    expect(resultOf(state, 'microphone')).toMatchObject({ status: 'failed', reason: 'microphone-silent' });
    expect(resultOf(state, 'call')).toMatchObject({ status: 'skipped', reason: 'needs-earlier' });
    expect(bench.server.requests('INVITE')).toHaveLength(0);
  });

  it('a microphone that is not allowed', async () => {
    bench.media.microphoneFails = 'microphone-denied';
    expect(resultOf(await run(), 'microphone')).toMatchObject({ status: 'failed', reason: 'microphone-denied' });
  });

  it.each([
    [false, { status: 'failed', reason: 'speaker-not-heard' }],
    ['nothing said', { status: 'skipped', reason: 'speaker-unanswered' }],
  ] as const)('the tone, of which the person says: %s', async (heard, expected) => {
    const state = await run(heard);
    expect(resultOf(state, 'speaker')).toMatchObject(expected);
    expect(resultOf(state, 'call')?.status).toBe('passed');
  });

  it('sound that the browser holds back', async () => {
    bench.media.activated = false;
    expect(resultOf(await run(), 'speaker')).toMatchObject({ status: 'failed', reason: 'playback-blocked' });
  });

  it('no way to the exchange: the line fails, and what needs it is not tried', async () => {
    bench.server.reachable = false;
    bench.server.drop();
    await bench.clock.settle();
    const state = await run();
    expect(state.results.map(({ check, reason }) => [check, reason])).toEqual([
      ['microphone', undefined],
      ['speaker', undefined],
      ['connection', 'connection-blocked'],
      ['registration', 'needs-earlier'],
      ['network', undefined],
      ['call', 'needs-earlier'],
    ]);
  });

  it('an account that the exchange refuses', async () => {
    bench.server.onRegister = () => ({ status: 403 });
    bench.server.drop();
    await bench.clock.advance(3_000);
    expect(resultOf(await run(), 'registration')).toMatchObject({ status: 'failed', reason: 'registration-rejected' });
  });

  it('a server for the network that is silent, and no address at all', async () => {
    preflight = make({ rtcConfiguration: { iceServers: [{ urls: 'stun:192.0.2.1' }] } });
    expect(resultOf(await run(), 'network')).toMatchObject({ status: 'warning', reason: 'server-silent' });
    bench.webrtc.gathering = 'silent';
    expect(resultOf(await run(), 'network')).toMatchObject({ status: 'failed', reason: 'no-candidates' });
  });

  it('is refused while somebody is talking, and two runs are one', async () => {
    const { id } = await bench.talk();
    await expect(preflight.run()).rejects.toMatchObject({ code: 'busy' });
    const ended = bench.phone.hangup(id);
    await bench.clock.settle();
    await ended;
    const first = preflight.run();
    expect(preflight.run()).toBe(first);
    preflight.stop();
    await bench.clock.advance(200);
    expect((await first).status).toBe('stopped');
  });

  it('given up in its call, it hangs up', async () => {
    preflight.state.subscribe(({ asks }) => {
      if (asks) queueMicrotask(() => preflight.heard(true));
    });
    const done = preflight.run();
    while (bench.phone.get().calls[0]?.signalling !== 'active') await bench.clock.advance(100);
    preflight.stop();
    await bench.clock.advance(1_000);
    expect((await done).status).toBe('stopped');
    expect(bench.phone.get().calls).toEqual([]);
    expect(bench.server.legs[0]?.requests('BYE')).toHaveLength(1);
  });

  it('is made by the phone itself', async () => {
    preflight = await bench.phone.preflight();
    expect(preflight.state.get().status).toBe('idle');
  });
});
