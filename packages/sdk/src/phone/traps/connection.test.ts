import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptRegistration, createPhoneBench, type PhoneBench } from '../../testing/index.ts';

describe('a connection that breaks', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
  });
  afterEach(() => bench.dispose());

  const call = () => bench.phone.get().calls[0];

  it('trap 5: ICE that disconnects is restarted; ICE that fails does not end the call', async () => {
    const { leg } = await bench.talk();
    const connection = bench.webrtc.last;
    bench.webrtc.connects = false;
    connection.ice('disconnected');
    await bench.clock.settle();
    expect(call()).toMatchObject({ media: 'recovering', signalling: 'active' });
    expect(connection.iceRestarts).toBe(1);
    expect(leg.requests('INVITE')).toHaveLength(1);
    connection.ice('failed');
    await bench.clock.settle();
    expect(call()?.signalling).toBe('active');
    expect(leg.requests('BYE')).toHaveLength(0);
    connection.ice('connected');
    await bench.clock.settle();
    expect(call()?.media).toBe('ok');
    expect(bench.events.map((event) => event.type)).toEqual(
      expect.arrayContaining(['media-recovering', 'media-recovered']),
    );
  });

  it('trap 5: a path that heals by itself during the restart is shown as healthy', async () => {
    const { leg } = await bench.talk();
    const connection = bench.webrtc.last;
    bench.webrtc.connects = false;
    const accept = leg.onReinvite;
    leg.onReinvite = () => null;
    connection.ice('disconnected');
    await bench.clock.settle();
    expect(call()?.media).toBe('recovering');
    connection.iceConnectionState = 'connected';
    leg.reply(accept(leg.requests('INVITE')[0] as never) ?? { status: 500 });
    await bench.clock.settle();
    expect(call()?.media).toBe('ok');
  });

  it('trap 5: a refused ICE restart leaves the audio as it was', async () => {
    const { leg } = await bench.talk();
    bench.webrtc.connects = false;
    leg.onReinvite = () => ({ status: 488 });
    bench.webrtc.last.ice('disconnected');
    await bench.clock.settle();
    expect(call()).toMatchObject({ media: 'failed', signalling: 'active' });
    expect(bench.webrtc.last).toMatchObject({ signalingState: 'stable', rollbacks: 1, silenced: false });
  });

  it('trap 5: media that cannot be renewed is shown as failed, and the call stays for a person to end', async () => {
    await bench.talk();
    bench.webrtc.connects = false;
    bench.webrtc.last.ice('failed');
    await bench.clock.advance(16_000);
    expect(call()).toMatchObject({ media: 'failed', signalling: 'active' });
    expect(bench.events.some((event) => event.type === 'media-failed')).toBe(true);
  });

  it('trap 6: what is asked for while the socket is down waits for it, and the call lives', async () => {
    const { leg, id } = await bench.talk();
    bench.server.reachable = false;
    bench.server.drop();
    await bench.clock.settle();
    expect(bench.phone.get()).toMatchObject({ transport: 'backoff', registration: 'none' });
    const held = bench.phone.hold(id);
    await bench.clock.advance(1_000);
    expect(call()).toMatchObject({ hold: 'pending-local', signalling: 'active' });
    expect(leg.requests('INVITE')).toHaveLength(0);
    bench.server.reachable = true;
    await bench.clock.advance(5_000);
    await held;
    expect(call()?.hold).toBe('local');
    expect(leg.requests('BYE')).toHaveLength(0);
  });

  it('trap 6: a re-INVITE caught by the fall of the socket keeps the call, and it is renegotiated afterwards', async () => {
    const { leg, id } = await bench.talk();
    const accept = leg.onReinvite;
    leg.onReinvite = () => null;
    const held = bench.phone.hold(id);
    held.catch(() => {});
    await bench.clock.settle();
    bench.server.drop();
    await bench.clock.settle();
    await expect(held).rejects.toMatchObject({ code: 'connection-lost', retryable: true });
    expect(call()).toMatchObject({ signalling: 'active', hold: 'none' });
    expect(bench.webrtc.last.signalingState).toBe('stable');
    leg.onReinvite = accept;
    const before = leg.requests('INVITE').length;
    await bench.clock.advance(5_000);
    expect(bench.phone.get().registration).toBe('ok');
    expect(leg.requests('INVITE').length).toBe(before + 1);
    expect(call()?.signalling).toBe('active');
  });

  it('trap 6: with broken media too, the renegotiation after reconnecting restarts ICE, and nothing is tried before', async () => {
    const { leg } = await bench.talk();
    const connection = bench.webrtc.last;
    bench.server.reachable = false;
    bench.server.drop();
    connection.ice('disconnected');
    await bench.clock.advance(3_000);
    expect(connection.iceRestarts).toBe(0);
    bench.server.reachable = true;
    await bench.clock.advance(6_000);
    expect(connection.iceRestarts).toBe(1);
    expect(leg.requests('INVITE')).toHaveLength(1);
    expect(call()?.media).toBe('ok');
  });

  it('trap 7: a hang-up while the socket is down says that it was not delivered', async () => {
    const { leg, id } = await bench.talk({ headers: { 'X-Callweave-Call': 'int-1' } });
    bench.server.reachable = false;
    bench.server.drop();
    await bench.clock.settle();
    await expect(bench.phone.hangup(id)).resolves.toEqual({ byeDelivered: false });
    expect(bench.phone.get().lastEnded?.end).toEqual({ reason: 'hangup-local', byeDelivered: false });
    const told = bench.events.find((event) => event.type === 'hangup-undelivered');
    expect(told).toMatchObject({ call: { id, interactionId: 'int-1' } });
    expect(leg.requests('BYE')).toHaveLength(0);
  });

  it('trap 7: a BYE that nobody answers counts as not delivered', async () => {
    const { leg, id } = await bench.talk();
    leg.onBye = () => null;
    const ended = bench.phone.hangup(id);
    await bench.clock.advance(6_000);
    await expect(ended).resolves.toEqual({ byeDelivered: false });
    expect(bench.events.filter((event) => event.type === 'hangup-undelivered')).toHaveLength(1);
  });

  it('trap 8: a call that rings while the socket falls ends, with the reason', async () => {
    const { id } = await bench.ring();
    bench.server.drop();
    await bench.clock.settle();
    expect(bench.phone.get().calls).toEqual([]);
    expect(bench.phone.get().lastEnded?.end?.reason).toBe('connection-lost');
    expect(bench.media.ringing).toBe(false);
    await expect(bench.phone.answer(id)).rejects.toMatchObject({ code: 'unknown-call' });
  });

  it('trap 9: our call that rings there while the socket falls ends as lost, not as cancelled', async () => {
    bench.server.onInvite = (leg) => leg.ring();
    const called = bench.phone.call('1234');
    called.catch(() => {});
    await bench.clock.settle();
    expect(call()?.signalling).toBe('ringing');
    bench.server.drop();
    await bench.clock.settle();
    await expect(called).rejects.toMatchObject({ code: 'connection-lost', retryable: true });
    expect(bench.phone.get().lastEnded?.end?.reason).toBe('connection-lost');
  });

  it('comes back by itself after an outage, with growing pauses', async () => {
    bench.server.reachable = false;
    bench.server.drop();
    await bench.clock.advance(120_000);
    expect(bench.phone.get().registration).not.toBe('ok');
    bench.server.reachable = true;
    await bench.clock.advance(31_000);
    expect(bench.phone.get()).toMatchObject({ transport: 'up', registration: 'ok' });
    expect(bench.events.filter((event) => event.type === 'connection-lost')).toHaveLength(1);
  });

  it('trap 13: reconnects although JsSIP has been started before', async () => {
    for (let round = 0; round < 3; round += 1) {
      bench.server.drop();
      await bench.clock.advance(2_000);
      expect(bench.phone.get()).toMatchObject({ transport: 'up', registration: 'ok' });
    }
  });
});

describe('a registration that is not granted', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
  });
  afterEach(() => bench.dispose());

  it('trap 10: a 503 is tried again, not before Retry-After', async () => {
    const times: number[] = [];
    bench.server.onRegister = () => {
      times.push(bench.clock.now());
      return { status: 503, phrase: 'Service Unavailable', headers: { 'Retry-After': '20' } };
    };
    const started = bench.phone.start();
    started.catch(() => {});
    await bench.clock.settle();
    await expect(started).rejects.toMatchObject({ code: 'registration-failed', fatal: false, sip: { status: 503 } });
    bench.server.onRegister = (request) => {
      times.push(bench.clock.now());
      return acceptRegistration(request);
    };
    await bench.clock.advance(30_000);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(20_000);
    expect(bench.phone.get()).toMatchObject({ registration: 'ok', error: null });
  });

  it('trap 10: a refused account asks once for fresh credentials and then stops', async () => {
    bench.server.onRegister = () => ({ status: 403, phrase: 'Forbidden' });
    const started = bench.phone.start();
    started.catch(() => {});
    await bench.clock.settle();
    await expect(started).rejects.toMatchObject({ code: 'registration-rejected', fatal: true, sip: { status: 403 } });
    expect(bench.issued).toHaveLength(2);
    await bench.clock.advance(600_000);
    expect(bench.server.requests('REGISTER')).toHaveLength(2);
    expect(bench.phone.get().registration).toBe('failed');
    // Once the account is put right, starting again is enough.
    bench.server.onRegister = (request) => acceptRegistration(request);
    const again = bench.phone.start();
    await bench.clock.settle();
    await again;
    expect(bench.phone.get()).toMatchObject({ registration: 'ok', error: null });
    await bench.phone.start();
    expect(bench.server.requests('REGISTER')).toHaveLength(3);
  });

  it('trap 10: credentials that ran out are replaced without anyone noticing', async () => {
    bench.server.onRegister = (request) => (bench.issued.length < 2 ? { status: 403 } : acceptRegistration(request));
    await bench.start();
    expect(bench.issued).toHaveLength(2);
    expect(bench.phone.get().registration).toBe('ok');
  });

  it('trap 10: a REGISTER without any answer drops the connection and tries again', async () => {
    bench.server.onRegister = () => null;
    const started = bench.phone.start();
    started.catch(() => {});
    await bench.clock.advance(10_001);
    expect(bench.phone.get().transport).toBe('backoff');
    bench.server.onRegister = (request) => acceptRegistration(request);
    await bench.clock.advance(3_000);
    await started;
    expect(bench.phone.get().registration).toBe('ok');
  });

  it('trap 11: a 200 without our contact is no registration', async () => {
    bench.server.onRegister = () => ({ status: 200, headers: { Contact: '<sip:someone@else.invalid>;expires=300' } });
    const started = bench.phone.start();
    started.catch(() => {});
    await bench.clock.settle();
    await expect(started).rejects.toMatchObject({ code: 'registration-failed', retryable: true });
    bench.server.onRegister = (request) => acceptRegistration(request);
    await bench.clock.advance(5_000);
    expect(bench.phone.get().registration).toBe('ok');
  });

  it('renews before it runs out, and notices when a renewal is refused', async () => {
    await bench.start();
    await bench.clock.advance(300_000);
    expect(bench.server.requests('REGISTER').length).toBeGreaterThanOrEqual(2);
    expect(bench.phone.get().registration).toBe('ok');
    bench.server.onRegister = () => ({ status: 200, headers: { Contact: '<sip:someone@else.invalid>;expires=300' } });
    await bench.clock.advance(300_000);
    expect(bench.phone.get().error?.code).toBe('registration-failed');
  });

  it('fetches fresh credentials before they expire', async () => {
    await bench.start();
    await bench.clock.advance(2 * 3_600_000);
    expect(bench.issued.length).toBeGreaterThanOrEqual(2);
    expect(bench.phone.get().registration).toBe('ok');
  });

  it('trap 12: a line that died silently is found out when the page wakes up', async () => {
    await bench.start();
    bench.server.onRegister = () => null;
    bench.page.wake();
    await bench.clock.advance(9_000);
    expect(bench.phone.get().registration).toBe('ok');
    await bench.clock.advance(1_001);
    expect(bench.phone.get().transport).toBe('backoff');
    bench.server.onRegister = (request) => acceptRegistration(request);
    await bench.clock.advance(3_000);
    expect(bench.phone.get().registration).toBe('ok');
  });

  it('does not sit out a pause when the network returns', async () => {
    await bench.start();
    bench.server.reachable = false;
    bench.server.drop();
    await bench.clock.advance(60_000);
    bench.server.reachable = true;
    bench.page.wake();
    await bench.clock.settle();
    expect(bench.phone.get().registration).toBe('ok');
  });

  it('trap 15: the registrar sees one instance across restarts', async () => {
    await bench.start();
    const instance = () =>
      /\+sip\.instance="([^"]+)"/.exec(bench.server.requests('REGISTER').at(-1)?.header('contact') ?? '')?.[1];
    const first = instance();
    const stopped = bench.phone.stop();
    await bench.clock.advance(12_000);
    await stopped;
    await bench.start();
    expect(first).toMatch(/^<urn:uuid:[0-9a-f-]{36}>$/);
    expect(instance()).toBe(first);
  });

  it('refuses credentials that are incomplete, and says which field', async () => {
    const started = bench.phone.start({ credentials: async () => ({ ...(await bench.credentials()), password: '' }) });
    started.catch(() => {});
    await bench.clock.settle();
    await expect(started).rejects.toMatchObject({ code: 'invalid-credentials', fatal: true });
    await expect(started).rejects.toThrow(/password/);
  });
});
