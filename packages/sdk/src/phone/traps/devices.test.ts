import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPhoneBench, type PhoneBench } from '../../testing/index.ts';

const HEADSET = { id: 'mic-1', label: 'Headset' };
const BUILT_IN = { id: 'mic-2', label: 'Built-in microphone' };
const SPEAKERS = [
  { id: 'speaker-1', label: 'Headset' },
  { id: 'speaker-2', label: 'Built-in speaker' },
];

describe('devices that come and go during a call', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
    bench.media.strict = true;
    bench.media.devices = { microphones: [HEADSET, BUILT_IN], speakers: SPEAKERS };
    await bench.start();
    await bench.phone.setDevices({ microphone: 'mic-1', speaker: 'speaker-1', ringtone: 'speaker-2' });
  });
  afterEach(() => bench.dispose());

  const sent = () => bench.webrtc.last.getSenders()[0]?.track;
  const microphone = () => bench.media.opened.at(-1)?.stream.getTracks()[0];
  const lost = () => bench.events.filter((event) => event.type === 'device-lost');
  const unplugHeadset = async (left = [BUILT_IN], speakers = SPEAKERS.slice(1)) => {
    bench.media.devices = { microphones: left, speakers };
    microphone()?.unplug();
    bench.media.plug(bench.media.devices);
    await bench.clock.settle();
  };

  it('an unplugged headset is replaced, the agent is told, and muting stays', async () => {
    const { leg, id } = await bench.talk();
    await bench.phone.mute(id);
    const before = sent();
    await unplugHeadset();
    expect(sent()).not.toBe(before);
    expect(sent()).toMatchObject({ label: 'Built-in microphone', readyState: 'live', enabled: false });
    expect(before?.readyState).toBe('ended');
    expect(lost()).toHaveLength(2);
    expect(lost()).toContainEqual({ type: 'device-lost', kind: 'speaker', replacement: SPEAKERS[1] });
    const replacement = { id: '', label: 'Built-in microphone' };
    expect(lost()).toContainEqual({ type: 'device-lost', kind: 'microphone', replacement });
    expect(bench.media.speakers).toEqual([null]);
    expect(bench.phone.get().devices).toMatchObject({ microphone: null, speaker: null, microphoneProblem: null });
    expect(bench.phone.get().calls[0]?.signalling).toBe('active');
    expect(leg.requests('BYE')).toHaveLength(0);
  });

  it('the last microphone unplugged: silence is sent, the state says why, and a new one is taken by itself', async () => {
    await bench.talk();
    await unplugHeadset([]);
    expect(bench.media.silences).toBe(1);
    expect(sent()).toMatchObject({ label: 'silence', readyState: 'live' });
    expect(bench.phone.get().devices.microphoneProblem?.code).toBe('microphone-missing');
    expect(bench.events.find((event) => event.type === 'microphone-failed')).toMatchObject({
      error: { code: 'microphone-missing' },
    });
    expect(lost().at(-1)).toMatchObject({ kind: 'microphone', replacement: null });
    bench.media.plug({ microphones: [BUILT_IN], speakers: SPEAKERS });
    await bench.clock.settle();
    expect(sent()).toMatchObject({ label: 'Built-in microphone', readyState: 'live', enabled: true });
    expect(bench.phone.get().devices.microphoneProblem).toBe(null);
  });

  it('permission taken back in a call: silence, the reason, and back when it is given again', async () => {
    await bench.talk();
    bench.media.microphoneFails = 'microphone-denied';
    microphone()?.unplug();
    await bench.clock.settle();
    expect(sent()).toMatchObject({ label: 'silence' });
    expect(bench.phone.get().devices.microphoneProblem?.code).toBe('microphone-denied');
    bench.media.microphoneFails = null;
    bench.media.plug(bench.media.devices);
    await bench.clock.settle();
    expect(sent()).toMatchObject({ label: 'Headset' });
    expect(bench.phone.get().devices.microphoneProblem).toBe(null);
  });

  it('a warning of a lost microphone ends with its call', async () => {
    const { id } = await bench.talk();
    await unplugHeadset([]);
    const ended = bench.phone.hangup(id);
    await bench.clock.settle();
    await ended;
    expect(bench.phone.get().devices.microphoneProblem).toBe(null);
  });

  it('a microphone chosen by hand ends the silence', async () => {
    await bench.talk();
    await unplugHeadset([]);
    bench.media.devices = { microphones: [HEADSET], speakers: SPEAKERS };
    await bench.phone.setDevices({ microphone: 'mic-1' });
    expect(sent()).toMatchObject({ label: 'Headset', enabled: true });
    expect(bench.phone.get().devices.microphoneProblem).toBe(null);
  });

  it('unplugged between calls, the next call takes the default', async () => {
    await unplugHeadset();
    expect(bench.phone.get().devices.microphone).toBe(null);
    await bench.talk();
    expect(sent()).toMatchObject({ label: 'Built-in microphone' });
  });

  it('hanging up stops the microphone that replaced another', async () => {
    const { id } = await bench.talk();
    await unplugHeadset();
    const ended = bench.phone.hangup(id);
    await bench.clock.settle();
    await ended;
    await bench.clock.settle();
    expect(bench.media.opened.every(({ stream }) => stream.getTracks()[0]?.readyState === 'ended')).toBe(true);
  });

  it('rings at one device and speaks from another, and the bell moves while it rings', async () => {
    const { id } = await bench.ring();
    expect(bench.media.ringtone).toBe('speaker-2');
    await bench.phone.setDevices({ ringtone: 'speaker-1' });
    expect(bench.media.ringtone).toBe('speaker-1');
    const answered = bench.phone.answer(id);
    await bench.clock.settle();
    await answered;
    expect(bench.media.speakers).toEqual(['speaker-1']);
  });
});
