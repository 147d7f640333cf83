import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PhoneError } from '../../errors/phone-error.ts';
import { createPhoneBench, fakeSdp, type PhoneBench } from '../../testing/index.ts';

describe('signalling', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
  });
  afterEach(() => bench.dispose());

  const call = () => bench.phone.get().calls[0];

  it('trap 16: a second realm can be answered although JsSIP has forgotten the password', async () => {
    bench.server.onInvite = (leg, request) => {
      const realm = request.header('proxy-authorization');
      if (realm) return leg.answer();
      leg.reply({
        status: 407,
        headers: { 'Proxy-Authenticate': 'Digest realm="second", nonce="abc", algorithm=MD5' },
      });
    };
    bench.server.onRegister = (request) =>
      request.header('authorization')
        ? { status: 200, headers: { Contact: request.header('contact') ?? '' } }
        : { status: 401, headers: { 'WWW-Authenticate': 'Digest realm="first", nonce="abc", algorithm=MD5' } };
    await bench.clock.advance(300_000);
    expect(bench.phone.get().registration).toBe('ok');
    const called = bench.phone.call('1234');
    await bench.clock.settle();
    await called;
    expect(call()?.signalling).toBe('active');
    expect(bench.server.requests('INVITE').at(-1)?.header('proxy-authorization')).toContain('realm="second"');
  });

  it('trap 18: asks for long sessions, and for longer ones when the exchange insists', async () => {
    bench.server.onInvite = (leg, request) => {
      const asked = Number.parseInt(request.header('session-expires') ?? '', 10);
      if (asked < 3600) leg.reply({ status: 422, phrase: 'Session Interval Too Small', headers: { 'Min-SE': '3600' } });
      else leg.answer();
    };
    const called = bench.phone.call('1234');
    await bench.clock.settle();
    const id = await called;
    expect(
      bench.server.requests('INVITE').map((request) => Number.parseInt(request.header('session-expires') ?? '', 10)),
    ).toEqual([1800, 3600]);
    expect(bench.phone.get().calls).toHaveLength(1);
    expect(call()).toMatchObject({ id, signalling: 'active' });
    expect(bench.media.played).toHaveLength(1);
  });

  it('trap 18: refreshes by re-INVITE, again after a refusal, and does not leave an offer open', async () => {
    bench.server.onInvite = (leg) =>
      leg.reply({ status: 200, sdp: fakeSdp(), headers: { 'Session-Expires': '120;refresher=uac' } });
    const called = bench.phone.call('1234');
    await bench.clock.settle();
    const id = await called;
    const leg = bench.server.legs[0];
    if (!leg) throw new Error('no leg');
    const accept = leg.onReinvite;
    leg.onReinvite = () => ({ status: 500, phrase: 'Server Error' });
    await bench.clock.advance(61_000);
    expect(leg.requests('INVITE').length).toBe(2);
    expect(leg.requests('UPDATE')).toHaveLength(0);
    expect(bench.webrtc.last.signalingState).toBe('stable');
    leg.onReinvite = (request) => ({
      ...accept(request),
      status: 200,
      headers: { 'Session-Expires': '120;refresher=uac' },
    });
    await bench.clock.advance(16_000);
    expect(leg.requests('INVITE').length).toBe(3);
    const held = bench.phone.hold(id);
    await bench.clock.advance(1_000);
    await held;
    const before = leg.requests('INVITE').length;
    await bench.clock.advance(61_000);
    expect(leg.requests('INVITE').length).toBe(before + 1);
    expect(call()).toMatchObject({ signalling: 'active', hold: 'local' });
  });

  it('trap 23: a second caller hears busy, and the desk learns who it was', async () => {
    await bench.talk();
    const second = bench.server.call({ from: '+420777000002', headers: { 'X-Callweave-Call': 'int-2' } });
    await bench.clock.settle();
    expect(second.status).toBe(486);
    expect(bench.phone.get().calls).toHaveLength(1);
    expect(bench.events.find((event) => event.type === 'call-refused')).toMatchObject({
      remote: { number: '+420777000002' },
      interactionId: 'int-2',
    });
    await expect(bench.phone.call('1234')).rejects.toMatchObject({ code: 'busy' });
  });

  it('trap 23: also while the first call only rings', async () => {
    const first = await bench.ring();
    const second = bench.server.call();
    await bench.clock.settle();
    expect(second.status).toBe(486);
    expect(first.leg.status).toBe(null);
  });

  it('trap 24: nobody may transfer the agent elsewhere', async () => {
    const { leg } = await bench.talk();
    const answer = leg.request('REFER', { 'Refer-To': '<sip:evil@example.com>' });
    await bench.clock.settle();
    expect((await answer).status).toBe(603);
    expect(bench.server.requests('INVITE')).toHaveLength(0);
    expect(call()?.signalling).toBe('active');
  });

  it.each([
    ['a header value', () => bench.phone.call('1234', { headers: { 'X-Note': 'a\r\nX-Evil: 1' } }), 'invalid-header'],
    ['a header name', () => bench.phone.call('1234', { headers: { 'X-Note: 1\r\nX-Evil': '1' } }), 'invalid-header'],
    [
      'a header of the stack itself',
      () => bench.phone.call('1234', { headers: { Contact: '<sip:evil>' } }),
      'invalid-header',
    ],
    ['the interaction id', () => bench.phone.call('1234', { interactionId: 'a\nb' }), 'invalid-header'],
    ['the target', () => bench.phone.call('1234\r\nX-Evil: 1'), 'invalid-target'],
    ['an empty target', () => bench.phone.call('  '), 'invalid-target'],
  ])('trap 27: refuses what could smuggle a header in through %s', async (_where, attempt, code) => {
    const refused = await attempt().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PhoneError);
    expect(refused).toMatchObject({ code, category: 'input', retryable: false });
    expect(bench.server.requests('INVITE')).toHaveLength(0);
  });

  it('trap 27: refuses a display name and credentials with line breaks', async () => {
    const other = await createPhoneBench({ displayName: 'Jana\r\nX-Evil: 1' });
    const started = other.phone.start();
    started.catch(() => {});
    await other.clock.settle();
    await expect(started).rejects.toMatchObject({ code: 'invalid-header' });
    await other.dispose();
    const third = await createPhoneBench();
    const refused = third.phone.start({
      credentials: async () => ({ ...(await third.credentials()), username: 'a\r\nb' }),
    });
    refused.catch(() => {});
    await third.clock.settle();
    await expect(refused).rejects.toMatchObject({ code: 'invalid-header' });
    await third.dispose();
  });

  it('an aborted call is cancelled, and its promise says so', async () => {
    bench.server.onInvite = (leg) => leg.ring();
    const controller = new AbortController();
    const called = bench.phone.call('1234', { signal: controller.signal });
    called.catch(() => {});
    await bench.clock.settle();
    controller.abort();
    await bench.clock.settle();
    await expect(called).rejects.toMatchObject({ code: 'aborted' });
    expect(bench.server.legs[0]?.requests('CANCEL')).toHaveLength(1);
    expect(bench.phone.get()).toMatchObject({ calls: [], lastEnded: { end: { reason: 'hangup-local' } } });
  });

  it.each([
    [486, 'busy'],
    [603, 'rejected'],
    [404, 'unreachable'],
    [487, 'no-answer'],
    [503, 'failed'],
  ])('says in words why a call was not made: %i is %s', async (status, reason) => {
    bench.server.onInvite = (leg) => leg.reply({ status });
    const called = bench.phone.call('1234');
    called.catch(() => {});
    await bench.clock.settle();
    await expect(called).rejects.toMatchObject({ sip: { status } });
    expect(bench.phone.get().lastEnded?.end?.reason).toBe(reason);
  });
});
