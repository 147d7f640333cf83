import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, type Interaction, type InteractionEvent, newInteraction } from './interaction.ts';

const START = new Date('2026-11-22T09:00:00.000Z');
const secondsIn = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const play = (...events: InteractionEvent[]): Interaction =>
  events.reduce((call, event, index) => advance(call, event, secondsIn(index + 1)), newInteraction(START));

const ringing = { type: 'ringing', agentId: 'a1', order: 'first' } as const;
const answered = { type: 'answered', agentId: 'a1', order: 'first' } as const;
const hold = (held: boolean) => ({ type: 'held', held }) as const;
const ended = (outcome: 'answered' | 'missed' | 'abandoned' | 'failed', wrapUpSeconds = 60) =>
  ({ type: 'ended', outcome, wrapUpSeconds }) as const;

describe('the life of an interaction', () => {
  it('goes from the queue through ringing and talking to wrap-up and its end', () => {
    expect(play(ringing)).toMatchObject({ state: 'ringing', agentId: 'a1', responderOrder: 'first' });
    expect(play(ringing, { type: 'waiting' })).toMatchObject({ state: 'queued', agentId: null, responderOrder: null });
    expect(play(ringing, answered)).toMatchObject({ state: 'answered', answeredAt: secondsIn(2).toISOString() });
    const wrapUp = play(ringing, answered, ended('answered'));
    expect(wrapUp).toMatchObject({ state: 'wrap-up', outcome: 'answered', endedAt: secondsIn(3).toISOString() });
    expect(wrapUp.wrapUp).toEqual({ until: secondsIn(63).toISOString(), disposition: null, note: '' });
    expect(
      play(ringing, answered, ended('answered'), { type: 'wrapped-up', disposition: 'order', note: 'n' }),
    ).toMatchObject({
      state: 'ended',
      wrapUp: { until: null, disposition: 'order', note: 'n' },
    });
    expect(play(ringing, answered, ended('answered'), { type: 'wrap-up-over' }).state).toBe('ended');
  });

  it('needs no wrap-up where nobody talked, or where the house wants none', () => {
    for (const outcome of ['missed', 'abandoned', 'failed'] as const) {
      expect(play(ringing, ended(outcome))).toMatchObject({ state: 'ended', outcome, wrapUp: null });
    }
    expect(play(ringing, answered, ended('answered', 0)).state).toBe('ended');
  });

  it('adds up what was on hold, also when the call ends on hold', () => {
    expect(play(ringing, answered, hold(true), hold(true), hold(false))).toMatchObject({
      heldSince: null,
      holdTotalMs: 2000,
    });
    expect(play(ringing, answered, hold(true), ended('answered'))).toMatchObject({
      heldSince: null,
      holdTotalMs: 1000,
    });
  });

  it('is handed on: looks for the next one, keeps when it was first answered, and is held no longer', () => {
    const handed = play(ringing, answered, hold(true), { type: 'transferred' });
    expect(handed).toMatchObject({ state: 'queued', agentId: null, heldSince: null, holdTotalMs: 1000 });
    const next = { agentId: 'a2', order: 'transfer' } as const;
    expect(
      play(ringing, answered, { type: 'transferred' }, { type: 'ringing', ...next }, { type: 'answered', ...next }),
    ).toMatchObject({ state: 'answered', agentId: 'a2', answeredAt: secondsIn(2).toISOString() });
    expect(play(ringing, answered, hold(true), { type: 'handed-over', agentId: 'a2' })).toMatchObject({
      state: 'answered',
      agentId: 'a2',
      responderOrder: 'transfer',
      heldSince: null,
    });
    expect(play(ringing, { type: 'transferred' })).toMatchObject({ state: 'ringing', agentId: 'a1' });
    expect(play(ringing, { type: 'handed-over', agentId: 'a2' })).toMatchObject({ agentId: 'a1' });
  });

  it('takes any events in any order without ever leaving its states', () => {
    const event = fc.constantFrom<InteractionEvent>(
      ringing,
      answered,
      hold(true),
      hold(false),
      { type: 'waiting' },
      ended('answered'),
      ended('missed'),
      ended('abandoned', 0),
      { type: 'wrapped-up', disposition: 'x', note: '' },
      { type: 'wrap-up-over' },
      { type: 'transferred' },
      { type: 'handed-over', agentId: 'a2' },
      { type: 'handed-over', agentId: null },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        let call = newInteraction(START);
        for (const [index, each] of events.entries()) {
          const next = advance(call, each, secondsIn(index + 1));
          // Over is over: the outcome and the end are never changed again.
          if (call.endedAt !== null) expect([next.outcome, next.endedAt]).toEqual([call.outcome, call.endedAt]);
          expect(next.endedAt !== null).toBe(next.outcome !== null);
          expect(next.endedAt !== null).toBe(next.state === 'ended' || next.state === 'wrap-up');
          if (next.heldSince !== null) expect(next.state).toBe('answered');
          if (next.answeredAt === null) expect(next.state).not.toBe('answered');
          // Handed on or not, it was first answered when it was.
          if (call.answeredAt !== null) expect(next.answeredAt).toBe(call.answeredAt);
          expect(next.holdTotalMs).toBeGreaterThanOrEqual(call.holdTotalMs);
          call = next;
        }
      }),
    );
  });
});
