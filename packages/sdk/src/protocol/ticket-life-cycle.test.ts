import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canTicket,
  nextTicketLife,
  TICKET_ACTIONS,
  TICKET_STATES,
  type TicketAction,
  type TicketLife,
  type TicketSide,
} from './ticket-life-cycle.ts';

const NEW: TicketLife = { state: 'open', closed: false };
const anyLife: fc.Arbitrary<TicketLife> = fc.record({ state: fc.constantFrom(...TICKET_STATES), closed: fc.boolean() });
const anySide: fc.Arbitrary<TicketSide> = fc.constantFrom('customer', 'staff');
const steps = fc.array(fc.tuple(fc.constantFrom(...TICKET_ACTIONS), anySide), { maxLength: 40 });

const after = (life: TicketLife, action: TicketAction, by: TicketSide = 'staff') => nextTicketLife(life, action, by);

test('the ways that people know', () => {
  expect(after(NEW, 'review')).toEqual({ state: 'in-review', closed: false });
  expect(after({ state: 'in-review', closed: false }, 'release')).toEqual(NEW);
  expect(after({ state: 'in-review', closed: false }, 'answer')).toEqual({ state: 'answered', closed: false });
  expect(after({ state: 'answered', closed: false }, 'write', 'customer')).toEqual(NEW);
  expect(after({ state: 'in-review', closed: false }, 'write', 'customer')).toEqual({
    state: 'in-review',
    closed: false,
  });
  expect(after({ state: 'answered', closed: false }, 'close')).toEqual({ state: 'answered', closed: true });
  expect(after({ state: 'answered', closed: true }, 'reopen', 'customer')).toEqual(NEW);
});

test('a closed ticket is noted on and reopened, and nothing else', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TICKET_STATES), fc.constantFrom(...TICKET_ACTIONS), anySide, (state, action, by) => {
      const allowed = canTicket({ state, closed: true }, action, by);
      expect(allowed).toBe(action === 'reopen' || (action === 'note' && by === 'staff'));
    }),
  );
});

test('whatever is done in whatever order, a ticket keeps to its three states, and only answers make it answered', () => {
  fc.assert(
    fc.property(steps, (history) => {
      let life = NEW;
      let answered = false;
      for (const [action, by] of history) {
        const next = nextTicketLife(life, action, by);
        expect(next !== undefined).toBe(canTicket(life, action, by));
        if (next === undefined) continue;
        if (action === 'answer') answered = true;
        if (next.state === 'open' && life.state !== 'open') answered = false;
        expect(TICKET_STATES).toContain(next.state);
        expect(next.state === 'answered').toBe(answered);
        expect(next.closed).toBe(action === 'close' || (life.closed && action === 'note'));
        life = next;
      }
    }),
  );
});

test('the customer’s side writes, closes and reopens, and does nothing else', () => {
  fc.assert(
    fc.property(anyLife, fc.constantFrom(...TICKET_ACTIONS), (life, action) => {
      if (canTicket(life, action, 'customer')) expect(['write', 'close', 'reopen']).toContain(action);
    }),
  );
});

test('from every state there is a way on, and an answer is always within reach of the technical team', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const ready = life.closed ? nextTicketLife(life, 'reopen', 'staff') : life;
      expect(ready && nextTicketLife(ready, 'answer', 'staff')).toEqual({ state: 'answered', closed: false });
      expect(['close', 'reopen'].filter((action) => canTicket(life, action as TicketAction, 'customer'))).toHaveLength(
        1,
      );
    }),
  );
});
