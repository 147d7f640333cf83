import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedRig, startEmbeddedRig } from '../testing/embedded-rig.ts';
import { type EventLog, recordEvents } from '../testing/event-log.ts';
import type { TestCall, TestTelephone } from '../testing/rig.ts';
import { measure, readWav, toneShare } from '../testing/tone-measure.ts';
import { createEmbeddedExchange } from './exchange.ts';
import { Recorder } from './media/recorder.ts';
import { Recordings } from './recordings.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('audio of the exchange in a box', () => {
  let rig: EmbeddedRig;
  let events: EventLog;
  const phones: TestTelephone[] = [];
  beforeAll(async () => {
    rig = await startEmbeddedRig({ mediaTimeoutSeconds: 2 });
    events = recordEvents(rig.exchange);
  });
  afterEach(async () => {
    for (const { leg } of await rig.exchange.legs()) await rig.exchange.hangup(leg);
    for (const phone of phones.splice(0)) await phone.close();
    events.clear();
  });
  afterAll(() => rig.stop());

  const inbound = async (number: string): Promise<{ call: TestCall; leg: string }> => {
    const phone = await rig.telephone(number);
    phones.push(phone);
    const call = await phone.dial(rig.publicNumber);
    const { leg } = await events.waitFor('incoming', (event) => event.from === number);
    await rig.exchange.answer(leg);
    await call.answered;
    return { call, leg };
  };
  const conference = async (count: number) => {
    const members = [];
    await rig.exchange.createBridge('room');
    for (let n = 0; n < count; n++) {
      const member = await inbound(`+98912000000${n}`);
      await rig.exchange.join('room', member.leg);
      members.push(member);
    }
    return members as [
      { call: TestCall; leg: string },
      { call: TestCall; leg: string },
      { call: TestCall; leg: string },
    ];
  };

  it('plays music to whoever waits for a person that put the call on hold', async () => {
    const [first, second] = await conference(2);
    first.call.tone(2300);
    second.call.tone(1900);
    await first.call.hold(true);
    await events.waitFor('held', (event) => event.leg === first.leg && event.held);
    await pause(300);
    const [music, nothing] = await Promise.all([second.call.hear(1000), first.call.hear(1000)]);
    expect(music.level).toBeGreaterThan(0.01);
    expect(music.purity).toBeLessThan(0.95);
    expect(nothing.hz).toBe(0);
    await first.call.hold(false);
    await pause(400);
    expect((await second.call.hear(600)).hz).toBeCloseTo(2300, -2);
    await rig.exchange.destroyBridge('room');
  });

  it('mixes three voices: everybody hears the other two and not themselves', async () => {
    const members = await conference(3);
    const tones = [500, 900, 1500];
    members.forEach(({ call }, index) => call.tone(tones[index] as number));
    await pause(500);
    const heard = await Promise.all(members.map(({ call }) => call.hear(1000)));
    heard.forEach((each, index) => {
      expect(each.level).toBeGreaterThan(0.15);
      expect(Math.abs(each.hz - (tones[index] as number))).toBeGreaterThan(50);
      // Two tones of equal strength: half of the energy each.
      expect(each.purity).toBeLessThan(0.65);
    });
    // One leaves, and the two that stay hear each other clean.
    await rig.exchange.leave('room', members[2].leg);
    await pause(400);
    const [first, second] = await Promise.all([members[0].call.hear(600), members[1].call.hear(600)]);
    expect(first.hz).toBeCloseTo(900, -2);
    expect(second.hz).toBeCloseTo(500, -2);
    expect(first.purity).toBeGreaterThan(0.8);
    await rig.exchange.destroyBridge('room');
  });

  it('hangs up on a phone whose audio stopped, and not on one that is on hold', async () => {
    const gone = await inbound('+989121111111');
    const held = await inbound('+989122222222');
    await held.call.hold(true);
    gone.call.vanish();
    const { cause } = await events.waitFor('hungup', (event) => event.leg === gone.leg, 6000);
    expect(cause).toBe('media-timeout');
    expect((await rig.exchange.legs()).map(({ leg }) => leg)).toEqual([held.leg]);
  });

  it('queues playbacks of one leg, and ends them all with it', async () => {
    const { call, leg } = await inbound('+989121111111');
    await rig.exchange.play(leg, [{ kind: 'tone', hz: 600, ms: 500 }], { playback: 'one', language: 'en' });
    await rig.exchange.play(leg, [{ kind: 'tone', hz: 1400, ms: 60_000 }], { playback: 'two', language: 'en' });
    await expect(
      rig.exchange.play(leg, [{ kind: 'silence', ms: 1 }], { playback: 'two', language: 'en' }),
    ).rejects.toMatchObject({ code: 'invalid' });
    await events.waitFor('playback-finished', (event) => event.playback === 'one');
    expect((await call.hear(500)).hz).toBeCloseTo(1400, -2);
    await call.hangup();
    await events.waitFor('playback-finished', (event) => event.playback === 'two');
  });

  it('paces a playback by the clock: 3 seconds take 3 seconds', async () => {
    const { leg } = await inbound('+989121111111');
    const started = performance.now();
    await rig.exchange.play(leg, [{ kind: 'tone', hz: 600, ms: 3000 }], { playback: 'paced', language: 'en' });
    await events.waitFor('playback-finished', (event) => event.playback === 'paced');
    expect(performance.now() - started).toBeGreaterThan(2900);
    expect(performance.now() - started).toBeLessThan(3300);
  });

  it('refuses to play what cannot be played', async () => {
    const { leg } = await inbound('+989121111111');
    const play = (item: Parameters<typeof rig.exchange.play>[1][number]) =>
      rig.exchange.play(leg, [item], { playback: 'x', language: 'en' });
    await expect(play({ kind: 'tone', hz: 9000, ms: 10 })).rejects.toMatchObject({ code: 'invalid' });
    await expect(play({ kind: 'tone', hz: 900, ms: -1 })).rejects.toMatchObject({ code: 'invalid' });
    await expect(play({ kind: 'prompt', key: '../../package' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(rig.exchange.play(leg, [], { playback: 'x', language: 'en' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('records every packet at its place: three seconds without a gap', async () => {
    const { call, leg } = await inbound('+989121111111');
    call.tone(440);
    await rig.exchange.record({ leg, recording: 'steady' });
    await pause(3000);
    await rig.exchange.stopRecording('steady');
    const { samples } = readWav(await rig.exchange.fetchRecording('steady'));
    expect(samples.length / 8).toBeGreaterThan(2900);
    expect(samples.length / 8).toBeLessThan(3300);
    // Without a gap: every tenth of a second of the middle is the tone.
    for (let at = 4000; at + 800 < samples.length - 4000; at += 800)
      expect(toneShare(samples.subarray(at, at + 800), 440)).toBeGreaterThan(0.9);
    await rig.exchange.deleteRecording('steady');
  });

  it('leaves nothing behind after many calls', async () => {
    for (let round = 0; round < 10; round++) {
      const { call, leg } = await inbound('+989121111111');
      await rig.exchange.play(leg, [{ kind: 'prompt', key: 'welcome' }], { playback: `p${round}`, language: 'fa' });
      await rig.exchange.record({ leg, recording: `r${round}` });
      await call.hangup();
      await events.waitFor('recording-finished', (event) => event.recording === `r${round}`);
      await rig.exchange.deleteRecording(`r${round}`);
      for (const phone of phones.splice(0)) await phone.close();
      events.clear();
    }
    expect(await rig.exchange.legs()).toEqual([]);
    await expect
      .poll(() => process.getActiveResourcesInfo().filter((each) => each === 'UDPWRAP').length, { timeout: 3000 })
      .toBe(0);
  });
});

describe('recordings on disk', () => {
  it('survive a process that is killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-killed-'));
    const child = spawn(
      process.execPath,
      ['--conditions=@callweave/source', join(import.meta.dirname, '../testing/record-until-killed.ts'), folder],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    try {
      await once(child.stdout, 'data');
      await pause(2500);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const exchange = createEmbeddedExchange({ recordingsDir: folder });
      const { samples, rate } = readWav(await exchange.fetchRecording('killed'));
      expect(rate).toBe(8000);
      // All but the last second that was still open.
      expect(samples.length / 8).toBeGreaterThan(1500);
      expect(measure(samples.subarray(4000, 12_000)).hz).toBeCloseTo(440, -2);
    } finally {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('never overwrite one another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-recordings-'));
    try {
      await writeFile(join(folder, 'taken.wav'), 'something');
      const recordings = new Recordings(folder);
      const handlers = { finished: () => undefined, failed: () => undefined };
      await expect(recordings.start('taken', handlers)).rejects.toMatchObject({ code: 'invalid' });
      expect(await readFile(join(folder, 'taken.wav'), 'utf8')).toBe('something');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('tell when the disk is full, and the call goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-full-'));
    // A limit on the size of files stands for the full disk: the same failing write, about two seconds into the recording.
    const script = join(import.meta.dirname, '../testing/record-until-killed.ts');
    const child = spawn(
      '/bin/sh',
      ['-c', 'ulimit -f 64; exec "$@"', 'sh', process.execPath, '--conditions=@callweave/source', script, folder],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    try {
      let output = '';
      child.stdout.on('data', (data) => {
        output += String(data);
      });
      await expect.poll(() => output, { timeout: 10_000 }).toMatch(/recording-failed .*EFBIG.* 1 leg up/);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a recorder whose process stands still', () => {
  it('keeps what arrived meanwhile at its place', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'callweave-stall-'));
    const path = join(folder, 'stall.wav');
    const recorder = await Recorder.create(path, { finished: () => undefined, failed: () => undefined });
    try {
      const started = performance.now();
      const loud = Buffer.alloc(160, 0x90);
      let sent = 0;
      // Every packet that is due by the clock, as a socket would hand them over.
      const deliver = () => {
        for (; sent * 20 < performance.now() - started; sent++)
          recorder.write({ ssrc: 1, sequence: sent, timestamp: sent * 160, payload: loud });
      };
      const timer = setInterval(deliver, 10);
      await pause(700);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 900);
      await pause(900);
      clearInterval(timer);
      await recorder.finish();
      const { samples } = readWav(await readFile(path));
      const silent = [...samples.subarray(400, samples.length - 800)].filter((sample) => sample === 0).length;
      expect(samples.length / 8).toBeGreaterThan(2400);
      expect(silent / 8).toBeLessThan(60);
    } finally {
      await recorder.finish();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
