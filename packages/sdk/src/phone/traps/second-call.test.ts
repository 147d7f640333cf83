import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPhoneBench, type PhoneBench } from '../../testing/index.ts';

describe('a call at a bad moment', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
  });
  afterEach(() => bench.dispose());

  const calls = () => bench.phone.get().calls;
  const second = async () => {
    const leg = bench.server.call({ from: '+420777000002', headers: { 'X-Callweave-Call': 'int-2' } });
    await bench.clock.settle();
    return { leg, id: calls()[1]?.id ?? '' };
  };

  it('do-not-disturb tells every caller busy, and says whom', async () => {
    await bench.phone.setPolicy({ doNotDisturb: true });
    expect(bench.phone.get().policy).toEqual({ doNotDisturb: true, callWaiting: false });
    const leg = bench.server.call({ from: '+420777000002' });
    await bench.clock.settle();
    expect(leg.status).toBe(486);
    expect(bench.media.rings).toBe(0);
    expect(bench.events.find((event) => event.type === 'call-refused')).toMatchObject({
      because: 'do-not-disturb',
      remote: { number: '+420777000002' },
    });
    await bench.phone.setPolicy({ doNotDisturb: false });
    expect((await bench.ring()).leg.status).toBe(null);
  });

  it('the policy is kept in the browser, and followed by the next page', async () => {
    await bench.phone.setPolicy({ doNotDisturb: true, callWaiting: true });
    bench.first.close();
    const next = bench.openTab();
    await next.start();
    expect(next.phone.get().policy).toEqual({ doNotDisturb: true, callWaiting: true });
  });

  it('with call waiting the second caller is announced softly, in the ear', async () => {
    await bench.phone.setDevices({ speaker: 'speaker-1', ringtone: 'speaker-2' });
    await bench.phone.setPolicy({ callWaiting: true });
    const first = await bench.talk();
    expect(bench.media.softly).toBe(false);
    const { leg } = await second();
    expect(leg.status).toBe(null);
    expect(bench.media).toMatchObject({ ringing: true, softly: true, ringtone: 'speaker-1' });
    expect(bench.events.find((event) => event.type === 'call-waiting')).toMatchObject({
      call: { interactionId: 'int-2' },
    });
    const third = bench.server.call();
    await bench.clock.settle();
    expect(third.status).toBe(486);
    // The first conversation ends: now it is an ordinary call.
    const ended = bench.phone.hangup(first.id);
    await bench.clock.settle();
    await ended;
    expect(bench.media).toMatchObject({ ringing: true, softly: false, ringtone: 'speaker-2' });
  });

  it('answering the waiting caller holds the first; each has a microphone of its own', async () => {
    await bench.phone.setPolicy({ callWaiting: true });
    const first = await bench.talk();
    const { leg, id } = await second();
    const answered = bench.phone.answer(id);
    await bench.clock.settle();
    await answered;
    expect(leg.status).toBe(200);
    expect(calls().map(({ hold, signalling }) => [signalling, hold])).toEqual([
      ['active', 'local'],
      ['active', 'none'],
    ]);
    expect(bench.webrtc.connections.map((each) => each.getSenders()[0]?.track?.enabled)).toEqual([false, true]);
    expect(bench.media.ringing).toBe(false);
    const ended = bench.phone.hangup(id);
    await bench.clock.settle();
    await ended;
    expect(calls()).toMatchObject([{ id: first.id, signalling: 'active', hold: 'local' }]);
  });

  it('a hold that the exchange refuses leaves the second caller waiting', async () => {
    await bench.phone.setPolicy({ callWaiting: true });
    const { leg } = await bench.talk();
    leg.onReinvite = () => ({ status: 488 });
    const waiting = await second();
    const answered = bench.phone.answer(waiting.id);
    answered.catch(() => {});
    await bench.clock.settle();
    await expect(answered).rejects.toMatchObject({ code: 'renegotiation-failed' });
    expect(waiting.leg.status).toBe(null);
    expect(calls().map(({ signalling }) => signalling)).toEqual(['active', 'ringing']);
  });

  it('the call that remains after the other is the one that a reload finds again', async () => {
    await bench.phone.setPolicy({ callWaiting: true });
    await bench.talk({ headers: { 'X-Callweave-Call': 'int-1' } });
    const { id } = await second();
    const answered = bench.phone.answer(id);
    await bench.clock.settle();
    await answered;
    const ended = bench.phone.hangup(id);
    await bench.clock.settle();
    await ended;
    bench.first.close();
    const next = bench.openTab();
    await next.start();
    expect(next.phone.get().orphan?.interactionId).toBe('int-1');
  });

  it('answers by itself what the page asked for, and only that; do-not-disturb does not stand in its way', async () => {
    const other = await createPhoneBench({ autoAnswer: ({ header }) => header('X-Asked-For') === 'by-us' });
    await other.start();
    await other.phone.setPolicy({ doNotDisturb: true });
    const asked = other.server.call({ headers: { 'X-Asked-For': 'by-us' } });
    await other.clock.settle();
    expect(asked.status).toBe(200);
    expect(other.media.rings).toBe(0);
    await asked.bye();
    await other.clock.settle();
    const forged = other.server.call({ headers: { 'X-Asked-For': 'by-them' } });
    await other.clock.settle();
    expect(forged.status).toBe(486);
    await other.dispose();
  });

  it('closing the page in a call is asked about, and only there', async () => {
    expect(bench.page.window('beforeunload').defaultPrevented).toBe(false);
    const follower = bench.openTab();
    await follower.start();
    const { id } = await bench.talk();
    expect(bench.page.window('beforeunload').defaultPrevented).toBe(true);
    const ended = bench.phone.hangup(id);
    await bench.clock.settle();
    await ended;
    expect(bench.page.window('beforeunload').defaultPrevented).toBe(false);
  });

  it('a follower may be closed while the owner talks', async () => {
    const other = await createPhoneBench({ protectCalls: false });
    const follower = other.openTab({ protectCalls: true });
    await other.start();
    await follower.start();
    await other.talk();
    expect(follower.phone.get().calls).toHaveLength(1);
    expect(other.page.window('beforeunload').defaultPrevented).toBe(false);
    await other.dispose();
  });
});
