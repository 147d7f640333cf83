import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPhoneBench, fakeSdp, type PhoneBench } from '../../testing/index.ts';

describe('changing an established call', () => {
  let bench: PhoneBench;
  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
  });
  afterEach(() => bench.dispose());

  const call = () => bench.phone.get().calls[0];

  it('holds and takes back on the confirmation of the exchange', async () => {
    const { leg, id } = await bench.talk();
    const answer = leg.onReinvite;
    let release: () => void = () => {};
    leg.onReinvite = (request) => {
      release = () => leg.reply(answer(request) ?? { status: 500 });
      return null;
    };
    const held = bench.phone.hold(id);
    await bench.clock.settle();
    expect(call()?.hold).toBe('pending-local');
    expect(leg.requests('INVITE').at(-1)?.body).toContain('a=sendonly');
    release();
    await bench.clock.settle();
    await held;
    expect(call()?.hold).toBe('local');
    expect(call()?.heldAt).toBeTypeOf('number');
    // On hold nobody hears the agent.
    expect(bench.webrtc.last.getSenders()[0]?.track?.enabled).toBe(false);
    leg.onReinvite = answer;
    const taken = bench.phone.unhold(id);
    await bench.clock.settle();
    await taken;
    expect(call()).toMatchObject({ hold: 'none', signalling: 'active' });
    expect(call()).not.toHaveProperty('heldAt');
    expect(bench.webrtc.last.getSenders()[0]?.track?.enabled).toBe(true);
  });

  it('trap 1: a refused hold keeps the call, closes the open offer and restores the direction', async () => {
    const { leg, id } = await bench.talk();
    leg.onReinvite = () => ({ status: 488, phrase: 'Not Acceptable Here' });
    const held = bench.phone.hold(id);
    held.catch(() => {});
    await bench.clock.settle();
    await expect(held).rejects.toMatchObject({
      code: 'renegotiation-failed',
      retryable: true,
      callId: id,
      sip: { status: 488 },
    });
    expect(call()).toMatchObject({ signalling: 'active', hold: 'none' });
    // Not by rollback, which takes the audio away in Chromium; both sides end where they were.
    expect(bench.webrtc.last).toMatchObject({ signalingState: 'stable', rollbacks: 0, silenced: false });
    expect(bench.webrtc.last.currentLocalDescription?.sdp).toContain('a=sendrecv');
    expect(bench.webrtc.last.currentRemoteDescription?.sdp).toContain('a=sendrecv');
    expect(bench.webrtc.last.transceivers[0]?.direction).toBe('sendrecv');
    expect(bench.webrtc.last.getSenders()[0]?.track?.enabled).toBe(true);
    expect(leg.requests('BYE')).toHaveLength(0);
  });

  it('trap 1: a refused take-back stays on hold', async () => {
    const { leg, id } = await bench.talk();
    const held = bench.phone.hold(id);
    await bench.clock.advance(500);
    await held;
    leg.onReinvite = () => ({ status: 500 });
    const taken = bench.phone.unhold(id);
    taken.catch(() => {});
    await bench.clock.advance(500);
    await expect(taken).rejects.toMatchObject({ code: 'renegotiation-failed' });
    expect(call()?.hold).toBe('local');
    expect(bench.webrtc.last.transceivers[0]?.direction).toBe('sendonly');
    expect(bench.webrtc.last.currentRemoteDescription?.sdp).toContain('a=recvonly');
    expect(bench.webrtc.last.getSenders()[0]?.track?.enabled).toBe(false);
  });

  it('trap 1: a browser that cannot make the offer keeps the call', async () => {
    const { leg, id } = await bench.talk();
    bench.webrtc.last.failNext = 'createOffer';
    const held = bench.phone.hold(id);
    held.catch(() => {});
    await bench.clock.settle();
    await expect(held).rejects.toMatchObject({ code: 'renegotiation-failed' });
    expect(call()?.signalling).toBe('active');
    const again = bench.phone.hold(id);
    await bench.clock.advance(6_000);
    await again;
    expect(call()?.hold).toBe('local');
    expect(leg.requests('BYE')).toHaveLength(0);
  });

  it('trap 2: glare (491) is tried again after a random pause, more than once, and never after the end', async () => {
    const { leg, id } = await bench.talk();
    let refusals = 2;
    const accept = leg.onReinvite;
    leg.onReinvite = (request) => {
      refusals -= 1;
      return refusals >= 0 ? { status: 491, phrase: 'Request Pending' } : accept(request);
    };
    const held = bench.phone.hold(id);
    await bench.clock.advance(8_000);
    await held;
    expect(call()?.hold).toBe('local');
    expect(leg.requests('INVITE')).toHaveLength(3);

    leg.onReinvite = () => ({ status: 491, phrase: 'Request Pending' });
    const taken = bench.phone.unhold(id);
    taken.catch(() => {});
    await bench.clock.settle();
    const sent = leg.requests('INVITE').length;
    const ended = bench.phone.hangup(id);
    await bench.clock.settle();
    await ended;
    await bench.clock.advance(10_000);
    await expect(taken).rejects.toMatchObject({ name: 'PhoneError' });
    expect(leg.requests('INVITE')).toHaveLength(sent);
  });

  it('trap 3: an offer of the far side while ours is in the air is refused and not applied', async () => {
    const { leg, id } = await bench.talk();
    leg.onReinvite = () => null;
    const held = bench.phone.hold(id);
    held.catch(() => {});
    await bench.clock.settle();
    const answer = leg.reinvite('sendrecv');
    await bench.clock.settle();
    expect((await answer).status).toBe(491);
    expect(bench.webrtc.last.glare).toBe(0);
    expect(bench.webrtc.last.remoteDescription?.type).toBe('offer');
    expect(leg.received.filter((message) => message.status === 200 && message.method === 'INVITE')).toHaveLength(1);
    leg.reply({ status: 200, sdp: fakeSdp('recvonly') });
    await bench.clock.settle();
    await held;
    expect(call()?.hold).toBe('local');
  });

  it('trap 4: hold, unhold, hold in one tick become three offers one after another', async () => {
    const { leg, id } = await bench.talk();
    let open = 0;
    let most = 0;
    const answer = leg.onReinvite;
    leg.onReinvite = (request) => {
      open += 1;
      most = Math.max(most, open);
      queueMicrotask(() => {
        open -= 1;
        leg.reply(answer(request) ?? { status: 500 });
      });
      return null;
    };
    const all = Promise.all([bench.phone.hold(id), bench.phone.unhold(id), bench.phone.hold(id)]);
    await bench.clock.advance(2_000);
    await all;
    expect(most).toBe(1);
    expect(leg.requests('INVITE').map((request) => /a=(sendonly|sendrecv)/.exec(request.body)?.[1])).toEqual([
      'sendonly',
      'sendrecv',
      'sendonly',
    ]);
    expect(call()?.hold).toBe('local');
  });

  it('trap 4: holding what is held sends nothing', async () => {
    const { leg, id } = await bench.talk();
    const all = Promise.all([bench.phone.hold(id), bench.phone.hold(id)]);
    await bench.clock.advance(1_000);
    await all;
    expect(leg.requests('INVITE')).toHaveLength(1);
  });

  it('shows the hold of the far side, alone and together with ours', async () => {
    const { leg, id } = await bench.talk();
    const remote = leg.reinvite('sendonly');
    await bench.clock.settle();
    expect((await remote).status).toBe(200);
    expect(call()?.hold).toBe('remote');
    const held = bench.phone.hold(id);
    await bench.clock.advance(1_000);
    await held;
    expect(call()?.hold).toBe('both');
    expect(leg.requests('INVITE').at(-1)?.body).toContain('a=inactive');
  });

  it('keeps a muted microphone muted through hold and re-invitation', async () => {
    const { leg, id } = await bench.talk();
    await bench.phone.mute(id);
    const track = bench.webrtc.last.getSenders()[0]?.track;
    expect(track?.enabled).toBe(false);
    for (const change of [() => bench.phone.hold(id), () => bench.phone.unhold(id)]) {
      const done = change();
      await bench.clock.advance(500);
      await done;
    }
    expect(track?.enabled).toBe(false);
    for (const direction of ['sendonly', 'sendrecv'] as const) {
      const answer = leg.reinvite(direction);
      await bench.clock.settle();
      await answer;
    }
    expect(track?.enabled).toBe(false);
    await bench.phone.unmute(id);
    expect(track?.enabled).toBe(true);
  });

  it('a hold that nobody answers rejects at its deadline, and the truth still reaches the state', async () => {
    const { leg, id } = await bench.talk();
    leg.onReinvite = () => null;
    const held = bench.phone.hold(id, { deadlineMs: 3_000 });
    held.catch(() => {});
    await bench.clock.advance(3_001);
    await expect(held).rejects.toMatchObject({ code: 'deadline', callId: id });
    expect(call()?.hold).toBe('pending-local');
    leg.reply({ status: 200, sdp: fakeSdp('recvonly') });
    await bench.clock.settle();
    expect(call()?.hold).toBe('local');
  });
});
