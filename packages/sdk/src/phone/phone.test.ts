import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPhoneBench, type PhoneBench } from '../testing/index.ts';

describe('a phone', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
  });
  afterEach(() => bench.dispose());

  it('registers with the credentials it fetched', async () => {
    await bench.start();
    expect(bench.phone.get()).toMatchObject({ transport: 'up', registration: 'ok', role: 'owner', error: null });
    expect(bench.server.requests('REGISTER')).toHaveLength(1);
    expect(bench.issued).toHaveLength(1);
    expect(Object.isFrozen(bench.phone.get())).toBe(true);
  });

  it('rings, answers, talks and is hung up by the far side', async () => {
    await bench.start();
    const { leg, id } = await bench.ring({
      from: '+420777123456',
      displayName: 'Jana',
      headers: { 'X-Callweave-Call': 'int-7' },
    });
    expect(leg.state).toBe('ringing');
    expect(bench.media.ringing).toBe(true);
    expect(bench.phone.get().calls[0]).toMatchObject({
      signalling: 'ringing',
      direction: 'incoming',
      interactionId: 'int-7',
      remote: { number: '+420777123456', name: 'Jana' },
    });
    const answered = bench.phone.answer(id);
    await bench.clock.settle();
    await answered;
    expect(leg.state).toBe('answered');
    expect(bench.media.ringing).toBe(false);
    expect(bench.media.played).toHaveLength(1);
    expect(bench.phone.get().calls[0]?.signalling).toBe('active');
    await leg.bye();
    await bench.clock.settle();
    expect(bench.phone.get()).toMatchObject({
      calls: [],
      lastEnded: { id, signalling: 'ended', end: { reason: 'hangup-remote' } },
    });
    expect(bench.events.map((event) => event.type)).toEqual(
      expect.arrayContaining(['ownership', 'registered', 'incoming-call', 'call-answered', 'call-ended']),
    );
    expect(
      bench.media.opened.every(({ stream }) => stream.getTracks().every((track) => track.readyState === 'ended')),
    ).toBe(true);
  });

  it('hangs up, and says that the exchange confirmed it', async () => {
    await bench.start();
    const { leg, id } = await bench.talk();
    const ended = bench.phone.hangup(id);
    await bench.clock.settle();
    await expect(ended).resolves.toEqual({ byeDelivered: true });
    expect(leg.requests('BYE')).toHaveLength(1);
    expect(bench.phone.get().lastEnded?.end).toEqual({ reason: 'hangup-local', byeDelivered: true });
  });

  it('declines with the reason the exchange needs', async () => {
    await bench.start();
    const first = await bench.ring();
    await bench.phone.decline(first.id, 'busy');
    await bench.clock.settle();
    expect(first.leg.status).toBe(486);
    const second = await bench.ring();
    await bench.phone.decline(second.id);
    await bench.clock.settle();
    expect(second.leg.status).toBe(603);
    expect(bench.phone.get().lastEnded?.end?.reason).toBe('declined');
  });

  it('calls out and resolves when the far side answers', async () => {
    await bench.start();
    bench.server.onInvite = (leg) => leg.ring();
    const called = bench.phone.call('+420 777 123 456', { interactionId: 'int-9' });
    await bench.clock.settle();
    expect(bench.phone.get().calls[0]).toMatchObject({ direction: 'outgoing', signalling: 'ringing' });
    const leg = bench.server.legs[0];
    expect(leg?.received[0]?.uri).toContain('sip:+420777123456@');
    expect(leg?.received[0]?.header('x-callweave-call')).toBe('int-9');
    leg?.answer();
    await bench.clock.settle();
    const id = await called;
    expect(bench.phone.get().calls[0]).toMatchObject({ id, signalling: 'active' });
  });

  it('tells a caller who gave up from a call that another telephone took', async () => {
    await bench.start();
    const first = await bench.ring();
    first.leg.cancel();
    await bench.clock.settle();
    expect(bench.phone.get().lastEnded?.end?.reason).toBe('cancelled');
    const second = await bench.ring();
    second.leg.cancel('SIP;cause=200;text="Call completed elsewhere"');
    await bench.clock.settle();
    expect(bench.phone.get().lastEnded?.end?.reason).toBe('answered-elsewhere');
    expect(bench.media.ringing).toBe(false);
  });
});
