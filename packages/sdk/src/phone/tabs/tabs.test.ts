import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BenchTab, createPhoneBench, type PhoneBench } from '../../testing/index.ts';

describe('one phone over many tabs', () => {
  let bench: PhoneBench;
  let other: BenchTab;
  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
    other = bench.openTab();
    await other.start();
  });
  afterEach(() => bench.dispose());

  it('registers once, and both tabs show the same', () => {
    expect(bench.server.requests('REGISTER')).toHaveLength(1);
    expect(other.phone.get()).toEqual({ ...bench.phone.get(), role: 'follower' });
  });

  it('the follower answers, mutes, holds and hangs up the owner’s call', async () => {
    const { leg, id } = await bench.ring({ headers: { 'X-Callweave-Call': 'int-3' } });
    expect(other.phone.get().calls[0]).toMatchObject({ id, signalling: 'ringing', interactionId: 'int-3' });
    expect(other.events.some((event) => event.type === 'incoming-call')).toBe(true);
    expect(other.media.rings).toBe(0);
    for (const step of [
      () => other.phone.answer(id),
      () => other.phone.mute(id),
      () => other.phone.hold(id),
      () => other.phone.unhold(id),
      () => other.phone.sendDigits(id, '5'),
    ]) {
      const done = step();
      await bench.clock.advance(1_000);
      await done;
    }
    expect(leg.status).toBe(200);
    expect(other.phone.get().calls[0]).toMatchObject({ muted: true, hold: 'none', signalling: 'active' });
    expect(bench.media.opened).toHaveLength(1);
    expect(other.media.opened).toHaveLength(0);
    const ended = other.phone.hangup(id);
    await bench.clock.settle();
    await expect(ended).resolves.toEqual({ byeDelivered: true });
    expect(leg.requests('BYE')).toHaveLength(1);
    expect(other.phone.get().calls).toEqual([]);
  });

  it('the follower calls out; giving up there cancels here', async () => {
    bench.server.onInvite = (leg) => leg.ring();
    const controller = new AbortController();
    const called = other.phone.call('1234', { signal: controller.signal });
    called.catch(() => {});
    await bench.clock.settle();
    expect(bench.phone.get().calls[0]).toMatchObject({ direction: 'outgoing', signalling: 'ringing' });
    controller.abort();
    await bench.clock.settle();
    await expect(called).rejects.toMatchObject({ code: 'aborted' });
    expect(bench.server.legs[0]?.requests('CANCEL')).toHaveLength(1);
  });

  it('errors arrive in the follower with their code', async () => {
    const refused = other.phone.hold('nothing');
    refused.catch(() => {});
    await bench.clock.settle();
    await expect(refused).rejects.toMatchObject({ name: 'PhoneError', code: 'unknown-call', category: 'state' });
  });

  it('closing the owner hands over', async () => {
    const stopped = bench.phone.stop();
    await bench.clock.advance(5_000);
    await stopped;
    expect(other.phone.get()).toMatchObject({ role: 'owner', registration: 'ok' });
    const leg = bench.server.call();
    await bench.clock.settle();
    expect(other.phone.get().calls).toHaveLength(1);
    expect(other.media.ringing).toBe(true);
    expect(leg.state).toBe('ringing');
  });

  it('a frozen owner is recognised by its silence', async () => {
    const frozen = other;
    const { id } = await bench.ring();
    const third = bench.openTab();
    await third.start();
    // The owner is suspended: it keeps the lock and says nothing.
    bench.first.freeze();
    const command = frozen.phone.answer(id);
    command.catch(() => {});
    await bench.clock.advance(2_001);
    await expect(command).rejects.toMatchObject({ code: 'owner-unresponsive', retryable: true });
  });

  it('take-over is refused during a call unless forced, and moves the phone', async () => {
    const { id } = await bench.talk({ headers: { 'X-Callweave-Call': 'int-5' } });
    await expect(other.phone.takeOver()).rejects.toMatchObject({ code: 'take-over-refused' });
    expect(bench.phone.get().calls[0]?.id).toBe(id);
    const taken = other.phone.takeOver({ force: true });
    await bench.clock.advance(3_000);
    await taken;
    expect(other.phone.get()).toMatchObject({ role: 'owner', registration: 'ok', orphan: { interactionId: 'int-5' } });
    expect(bench.phone.get()).toMatchObject({ role: 'follower', registration: 'ok' });
    expect(other.events.some((event) => event.type === 'call-orphaned')).toBe(true);
    // No BYE: the conversation is to be rung back in, not ended.
    expect(bench.server.requests('BYE')).toHaveLength(0);
    const muted = bench.phone.dismissOrphan();
    await bench.clock.settle();
    await muted;
    expect(other.phone.get().orphan).toBe(null);
  });

  it('a stale owner is fenced off by the epoch', async () => {
    const taken = other.phone.takeOver();
    await bench.clock.advance(3_000);
    await taken;
    expect(Number(bench.browser.store.get('callweave.phone.epoch:sip:agent1@fake.exchange'))).toBe(2);
    const third = bench.openTab();
    await third.start();
    const channel = bench.browser.tab().openChannel('callweave.phone:sip:agent1@fake.exchange');
    channel.post({
      type: 'snapshot',
      from: 'ghost',
      epoch: 1,
      rev: 999,
      snapshot: { ...bench.phone.get(), registration: 'failed' },
    });
    await bench.clock.settle();
    expect(third.phone.get().registration).toBe('ok');
    expect(other.phone.get().role).toBe('owner');
    // And a real owner that hears a later one steps down.
    channel.post({
      type: 'snapshot',
      from: 'newer',
      epoch: 3,
      rev: 1,
      snapshot: { ...bench.phone.get(), role: 'owner' },
    });
    await bench.clock.settle();
    expect(other.phone.get().role).toBe('follower');
  });

  it('nothing that is not ours on the channel disturbs', async () => {
    const channel = bench.browser.tab().openChannel('callweave.phone:sip:agent1@fake.exchange');
    for (const junk of [
      null,
      1,
      'x',
      {},
      { type: 'command' },
      { type: 'result', from: 'x', id: 'y' },
      { type: 'command', from: 'x', id: 'z', name: 'constructor', args: [], deadlineMs: null },
    ]) {
      channel.post(junk);
    }
    await bench.clock.settle();
    expect(bench.phone.get()).toMatchObject({ role: 'owner', registration: 'ok' });
  });

  describe('a reload in a call', () => {
    async function reload(
      interactionId: string,
    ): Promise<{ tab: BenchTab; leg: Awaited<ReturnType<PhoneBench['talk']>>['leg'] }> {
      const { leg } = await bench.talk({ headers: { 'X-Callweave-Call': interactionId } });
      bench.first.close();
      await bench.clock.advance(2_000);
      return { tab: other, leg };
    }

    it('is found again: the next owner registers and asks, and answers when the server rings it back in', async () => {
      const { tab } = await reload('int-8');
      expect(tab.phone.get()).toMatchObject({ role: 'owner', registration: 'ok', orphan: { interactionId: 'int-8' } });
      expect(tab.events.find((event) => event.type === 'call-orphaned')).toMatchObject({
        orphan: { interactionId: 'int-8' },
      });
      const leg = bench.server.call({ headers: { 'X-Callweave-Call': 'int-8', 'X-Callweave-Resume': '1' } });
      await bench.clock.settle();
      expect(leg.status).toBe(200);
      expect(tab.phone.get()).toMatchObject({
        orphan: null,
        calls: [{ signalling: 'active', resumed: true, interactionId: 'int-8' }],
      });
      expect(tab.media.rings).toBe(0);
    });

    it('nobody else’s call is answered unasked', async () => {
      const { tab } = await reload('int-8');
      const stranger = bench.server.call({ headers: { 'X-Callweave-Call': 'int-9', 'X-Callweave-Resume': '1' } });
      await bench.clock.settle();
      expect(stranger.status).toBe(null);
      expect(tab.phone.get().calls[0]).toMatchObject({ signalling: 'ringing', resumed: false });
      expect(tab.media.opened).toHaveLength(0);
    });

    it('is not announced when the call had ended in good order', async () => {
      const { leg } = await bench.talk({ headers: { 'X-Callweave-Call': 'int-8' } });
      const ended = leg.bye();
      await bench.clock.settle();
      await ended;
      bench.first.close();
      await bench.clock.advance(2_000);
      expect(other.phone.get()).toMatchObject({ role: 'owner', orphan: null });
      expect(other.events.some((event) => event.type === 'call-orphaned')).toBe(false);
    });
  });
});
