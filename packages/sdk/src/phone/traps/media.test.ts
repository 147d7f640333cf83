import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPhoneBench, type PhoneBench } from '../../testing/index.ts';
import { openMicrophone } from '../media/microphone.ts';

describe('media', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
  });
  afterEach(() => bench.dispose());

  const call = () => bench.phone.get().calls[0];

  it('trap 17: an answer leaves with the first usable candidate, although gathering never ends', async () => {
    bench.webrtc.gathering = 'hanging';
    const { leg } = await bench.talk();
    expect(leg.status).toBe(200);
    expect(bench.webrtc.last.iceGatheringState).toBe('gathering');
  });

  it('trap 17: an mDNS name is no usable candidate; after a second the answer leaves all the same', async () => {
    bench.webrtc.gathering = 'hanging';
    bench.webrtc.candidate = 'candidate:1 1 udp 2113937151 0fb3a6c8-1111-2222-3333-444444444444.local 40000 typ host';
    const { leg, id } = await bench.ring();
    const answered = bench.phone.answer(id);
    await bench.clock.advance(999);
    expect(leg.status).toBe(null);
    await bench.clock.advance(2);
    await answered;
    expect(leg.status).toBe(200);
  });

  it('trap 17: without any candidate a call leaves after a second', async () => {
    bench.webrtc.gathering = 'silent';
    const called = bench.phone.call('1234');
    await bench.clock.advance(999);
    expect(bench.server.requests('INVITE')).toHaveLength(0);
    await bench.clock.advance(2);
    await called;
    expect(call()?.signalling).toBe('active');
  });

  it('trap 19: ICE and sound of an outgoing call are watched, although its first event passes unseen', async () => {
    const called = bench.phone.call('1234');
    await bench.clock.settle();
    await called;
    expect(bench.media.played).toHaveLength(1);
    bench.webrtc.connects = false;
    bench.webrtc.last.ice('disconnected');
    await bench.clock.settle();
    expect(call()?.media).toBe('recovering');
  });

  it('trap 20: neither the SIP stack nor the phone asks for a camera', async () => {
    const getUserMedia = vi.fn(async (_constraints: MediaStreamConstraints) => ({}) as MediaStream);
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    const called = bench.phone.call('1234');
    await bench.clock.settle();
    await called;
    expect(getUserMedia).not.toHaveBeenCalled();
    await openMicrophone('mic-1');
    expect(getUserMedia).toHaveBeenCalledTimes(1);
    expect(getUserMedia.mock.calls[0]?.[0]).toMatchObject({ video: false, audio: { deviceId: { exact: 'mic-1' } } });
    vi.unstubAllGlobals();
  });

  it.each([
    ['NotAllowedError', 'microphone-denied'],
    ['NotFoundError', 'microphone-missing'],
    ['OverconstrainedError', 'microphone-missing'],
    ['NotReadableError', 'microphone-busy'],
    ['TypeError', 'microphone-failed'],
  ])('trap 20: %s of the browser becomes %s', async (name, code) => {
    vi.stubGlobal('navigator', {
      mediaDevices: { getUserMedia: () => Promise.reject(Object.assign(new Error('no'), { name })) },
    });
    await expect(openMicrophone(null)).rejects.toMatchObject({ code, category: 'media' });
    vi.unstubAllGlobals();
  });

  it('trap 20: a microphone that fails leaves the call ringing, so that it can still be answered', async () => {
    bench.media.microphoneFails = 'microphone-denied';
    const { leg, id } = await bench.ring();
    await expect(bench.phone.answer(id)).rejects.toMatchObject({ code: 'microphone-denied', callId: id });
    expect(call()?.signalling).toBe('ringing');
    expect(bench.media.ringing).toBe(true);
    expect(bench.events.find((event) => event.type === 'microphone-failed')).toMatchObject({
      callId: id,
      error: { code: 'microphone-denied' },
    });
    expect(leg.status).toBe(null);
    bench.media.microphoneFails = null;
    const answered = bench.phone.answer(id);
    await bench.clock.settle();
    await answered;
    expect(leg.status).toBe(200);
  });

  it('trap 21: each call has a track of its own, and a new microphone keeps the muting', async () => {
    const { id } = await bench.talk();
    const source = bench.media.opened[0]?.stream.getTracks()[0];
    const track = bench.webrtc.last.getSenders()[0]?.track;
    expect(track).not.toBe(source);
    await bench.phone.mute(id);
    expect(source?.enabled).toBe(true);
    await bench.phone.setDevices({ microphone: 'mic-2' });
    const swapped = bench.webrtc.last.getSenders()[0]?.track;
    expect(swapped).not.toBe(track);
    expect(swapped?.enabled).toBe(false);
    expect(track?.readyState).toBe('ended');
    expect(bench.media.opened.at(-1)?.deviceId).toBe('mic-2');
    expect(bench.phone.get().devices.microphone).toBe('mic-2');
  });

  it('trap 22: a browser that cannot open a peer connection answers 500 and ends the call', async () => {
    const { leg, id } = await bench.ring();
    bench.webrtc.broken = true;
    const answered = bench.phone.answer(id);
    answered.catch(() => {});
    await bench.clock.settle();
    await expect(answered).rejects.toMatchObject({ code: 'media-failed' });
    expect(leg.status).toBe(500);
    expect(bench.phone.get()).toMatchObject({ calls: [], lastEnded: { end: { reason: 'media-failed' } } });
  });

  it('trap 22: the same on an outgoing call rejects, and the microphone is given back', async () => {
    bench.webrtc.broken = true;
    await expect(bench.phone.call('1234')).rejects.toMatchObject({ code: 'call-failed' });
    expect(bench.phone.get().calls).toEqual([]);
    await bench.clock.settle();
    expect(bench.media.opened[0]?.stream.getTracks()[0]?.readyState).toBe('ended');
  });

  it('trap 25: digits go out in the audio; without that, as SIP INFO', async () => {
    const { leg, id } = await bench.talk();
    const sent = bench.phone.sendDigits(id, '12#');
    await bench.clock.advance(1_000);
    await sent;
    expect(bench.webrtc.last.getSenders()[0]?.dtmf.inserted).toEqual(['12#']);
    expect(leg.requests('INFO')).toHaveLength(0);
    const sender = bench.webrtc.last.getSenders()[0];
    if (sender) sender.dtmf.canInsertDTMF = false;
    const again = bench.phone.sendDigits(id, '7');
    await bench.clock.advance(1_000);
    await again;
    expect(leg.requests('INFO')[0]?.body).toContain('Signal=7');
    await expect(bench.phone.sendDigits(id, '1;2')).rejects.toMatchObject({ code: 'invalid-digits' });
  });

  it('trap 30: a caller who is not heard is reported, and startAudio() lets the browser play', async () => {
    bench.media.playbackBlocked = true;
    bench.media.activated = false;
    const { id } = await bench.talk();
    expect(bench.phone.get().playbackBlocked).toBe(true);
    expect(bench.events.find((event) => event.type === 'playback-blocked')).toMatchObject({ callId: id });
    await expect(bench.phone.startAudio()).rejects.toMatchObject({ code: 'playback-blocked' });
    bench.media.playbackBlocked = false;
    await bench.phone.startAudio();
    expect(bench.phone.get().playbackBlocked).toBe(false);
    expect(bench.media.played).toHaveLength(1);
  });

  it('trap 30: a bell that the browser keeps silent asks for activation until the page is touched', async () => {
    bench.media.activated = false;
    await bench.ring();
    expect(bench.phone.get().needsActivation).toBe(true);
    bench.media.touch();
    await bench.clock.settle();
    expect(bench.phone.get().needsActivation).toBe(false);
  });

  it('trap 30: hanging up twice is one hang-up', async () => {
    const { leg, id } = await bench.talk();
    const both = Promise.all([bench.phone.hangup(id), bench.phone.hangup(id)]);
    await bench.clock.settle();
    await both;
    await expect(bench.phone.hangup(id)).resolves.toEqual({ byeDelivered: true });
    expect(leg.requests('BYE')).toHaveLength(1);
    await expect(bench.phone.hangup('nothing')).rejects.toMatchObject({ code: 'unknown-call' });
  });

  it('lists devices and tells when they change', async () => {
    expect(bench.phone.get().devices.microphones).toEqual([{ id: 'mic-1', label: 'Headset' }]);
    bench.media.plug({ microphones: [], speakers: [] });
    await bench.clock.settle();
    expect(bench.phone.get().devices.microphones).toEqual([]);
    expect(bench.events.some((event) => event.type === 'devices-changed')).toBe(true);
  });

  it('estimates the quality every two seconds and warns after a streak', async () => {
    await bench.talk();
    const connection = bench.webrtc.last;
    let received = 0;
    let lost = 0;
    connection.getStats = async () => {
      received += 90;
      lost += 10;
      return new Map<string, unknown>([
        ['in', { type: 'inbound-rtp', kind: 'audio', packetsReceived: received, packetsLost: lost, jitter: 0.005 }],
        ['out', { type: 'outbound-rtp', kind: 'audio', packetsSent: received }],
        ['remote', { type: 'remote-inbound-rtp', kind: 'audio', packetsLost: 0, roundTripTime: 0.05 }],
      ]);
    };
    await bench.clock.advance(4_100);
    expect(call()?.quality).toMatchObject({ lossIn: 0.1, lossOut: 0, rttMs: 50, warnings: [] });
    await bench.clock.advance(4_000);
    expect(call()?.quality?.warnings).toContain('high-loss');
    expect(bench.events.find((event) => event.type === 'quality-warning')).toMatchObject({
      warning: 'high-loss',
      raised: true,
    });
  });
});
