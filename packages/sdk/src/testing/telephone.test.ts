import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPhoneBench, createTelephone, type PhoneBench, type Telephone, type TelephoneState } from './index.ts';

describe('a telephone', () => {
  let bench: PhoneBench;
  let telephone: Telephone;
  let seen: TelephoneState['call'][];
  beforeEach(async () => {
    bench = await createPhoneBench();
    // Loads the engine, which takes real time; on the bench time stands still.
    await bench.start();
    bench.server.onInvite = (leg) => leg.ring();
    telephone = createTelephone(bench.phoneOptions());
    seen = [];
    telephone.state.subscribe(({ call }) => seen.push(call));
  });
  afterEach(() => bench.dispose());

  const reaches = async (state: TelephoneState) => {
    for (let round = 0; round < 200 && telephone.state.get().call !== state.call; round++)
      await bench.clock.advance(50);
    expect(telephone.state.get()).toEqual(state);
  };

  it('takes a line, calls, keys, hangs up, and calls again', async () => {
    for (const round of [0, 1]) {
      const called = telephone.call('+982181021380');
      await reaches({ call: 'ringing' });
      const leg = bench.server.legs[round];
      expect(leg?.received[0]?.uri).toContain('sip:+982181021380@');
      leg?.answer();
      await reaches({ call: 'active' });
      await called;
      await expect(telephone.call('+982181021380')).rejects.toThrow('Hang up first');

      const pressed = telephone.press('5');
      await bench.clock.advance(1_000);
      await pressed;
      expect(bench.webrtc.last.transceivers[0]?.sender.dtmf.inserted).toEqual(['5']);

      const over = telephone.hangup();
      await reaches({ call: 'idle', end: 'hangup-local' });
      await over;
    }
    expect(bench.issued).toHaveLength(1 + 2);
    // A state may be told again when something else about it changes.
    expect(seen.filter((call, index) => call === 'active' && seen[index - 1] !== 'active')).toHaveLength(2);
  });

  it('says how a call ended that the other side ended', async () => {
    const called = telephone.call('+982181021380');
    await reaches({ call: 'ringing' });
    const leg = bench.server.legs[0];
    leg?.answer();
    await reaches({ call: 'active' });
    await called;
    await leg?.bye();
    await reaches({ call: 'idle', end: 'hangup-remote' });
  });

  it('switched on, it rings, shows who calls, and keeps its line for the next', async () => {
    // One number, one line: the bench's own phone gives way.
    const stopped = bench.phone.stop();
    await bench.clock.advance(12_000);
    await stopped;
    const on = telephone.switchOn();
    await bench.clock.advance(2_000);
    await on;
    for (const number of ['+982181021380', '+420234234390']) {
      const leg = bench.server.call({ from: number });
      await reaches({ call: 'ringing', from: number });
      const answered = telephone.answer();
      await reaches({ call: 'active', from: number });
      await answered;
      await leg.bye();
      await reaches({ call: 'idle', end: 'hangup-remote' });
    }
    expect(bench.issued).toHaveLength(1 + 1);
    const off = telephone.switchOff();
    await bench.clock.advance(2_000);
    await off;
  });

  it('says in words why there is no line', async () => {
    const none = createTelephone({
      ...bench.phoneOptions(),
      credentials: () => Promise.reject(new Error('The exchange gave no line (503).')),
    });
    const called = none.call('+982181021380');
    await bench.clock.advance(30_000);
    await called;
    expect(none.state.get().call).toBe('idle');
    expect(none.state.get().problem).toBeTruthy();
  });
});
