import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPhoneBench, type PhoneBench } from '../../testing/index.ts';

describe('a network that goes away during a call', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
  });
  afterEach(() => bench.dispose());

  const call = () => bench.phone.get().calls[0];
  /** The network is back, and what the browser finds with new candidates connects. */
  const heal = () => {
    bench.server.carries = true;
    bench.server.reachable = true;
    bench.webrtc.connects = true;
  };

  it('20 s without line and media: the line first, then the media, and the call lives', async () => {
    const { leg } = await bench.talk();
    bench.server.carries = false;
    bench.webrtc.connects = false;
    bench.webrtc.last.ice('disconnected');
    await bench.clock.advance(20_000);
    expect(call()).toMatchObject({ signalling: 'active', media: 'recovering' });
    expect(bench.phone.get().registration).not.toBe('ok');
    heal();
    const before = leg.requests('INVITE').length;
    await bench.clock.advance(14_000);
    expect(bench.phone.get().registration).toBe('ok');
    expect(call()).toMatchObject({ signalling: 'active', media: 'ok' });
    expect(leg.requests('INVITE').length).toBeGreaterThan(before);
    expect(leg.requests('BYE')).toHaveLength(0);
    expect(bench.events.some((event) => event.type === 'media-failed')).toBe(false);
  });

  it('a line that died with the media is found out at once, not at the next keep-alive', async () => {
    await bench.talk();
    await bench.clock.advance(26_000);
    bench.server.carries = false;
    bench.webrtc.connects = false;
    bench.webrtc.last.ice('disconnected');
    await bench.clock.advance(6_001);
    expect(bench.phone.get().transport).not.toBe('up');
  });

  it('media alone away for 20 s: failed attempts are shown and repeated until one succeeds', async () => {
    await bench.talk();
    bench.webrtc.connects = false;
    bench.webrtc.last.ice('disconnected');
    await bench.clock.advance(16_000);
    expect(call()?.media).toBe('failed');
    await bench.clock.advance(4_000);
    heal();
    await bench.clock.advance(20_000);
    expect(call()).toMatchObject({ signalling: 'active', media: 'ok' });
    expect(bench.events.filter((event) => event.type === 'media-failed')).toHaveLength(1);
  });

  it('while people talk, the phone comes back within seconds of the network', async () => {
    await bench.talk();
    bench.server.reachable = false;
    bench.server.drop();
    await bench.clock.advance(120_000);
    bench.server.reachable = true;
    await bench.clock.advance(3_100);
    expect(bench.phone.get().registration).toBe('ok');
  });

  it('what is asked for meanwhile is queued: a hold given in the outage is done after it', async () => {
    const { leg, id } = await bench.talk();
    bench.server.reachable = false;
    bench.server.drop();
    bench.webrtc.connects = false;
    bench.webrtc.last.ice('disconnected');
    await bench.clock.advance(5_000);
    const held = bench.phone.hold(id);
    await bench.clock.advance(10_000);
    heal();
    await bench.clock.advance(5_000);
    await held;
    expect(call()).toMatchObject({ hold: 'local', media: 'ok' });
    expect(leg.requests('BYE')).toHaveLength(0);
  });
});
