/** Plain values and no schema: widgets take this table along, and must not take zod along with it. */
export const TICKET_STATES = ['open', 'in-review', 'answered'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** In order: each is more urgent than the one before. */
export const TICKET_PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];

/** Who does something to a ticket: the buyer (or an agent who writes for them during a call), or the technical team. */
export type TicketSide = 'customer' | 'staff';

/** What can be done to a ticket. `write`: the customer's side adds to the correspondence. `review`: somebody takes it; `release`: nobody has it any more. */
export type TicketAction =
  | 'write'
  | 'close'
  | 'reopen' // both sides
  | 'review'
  | 'release'
  | 'answer'
  | 'note'
  | 'assign'
  | 'set-priority'
  | 'record-work'; // the technical team

/** What decides about a ticket's life: one of three states, and beside it whether it is closed. */
export interface TicketLife {
  readonly state: TicketState;
  readonly closed: boolean;
}

interface Transition {
  readonly by: readonly TicketSide[];
  readonly from: readonly TicketState[];
  /** Whether it is done to a closed ticket; only reopening and noting are. */
  readonly closed: 'no' | 'only' | 'also';
  to(life: TicketLife): TicketLife;
}

const ANY = TICKET_STATES;
const same = (life: TicketLife): TicketLife => life;
const to =
  (state: TicketState, closed = false) =>
  () => ({ state, closed });

/**
 * The whole life of a ticket. Closing is no fourth state: a closed ticket keeps the state in which it was closed, takes no
 * more correspondence, and begins anew as `open` when it is reopened.
 */
const TRANSITIONS: Readonly<Record<TicketAction, Transition>> = {
  // Who writes again after an answer waits for another one; while somebody looks at it, they see what is added.
  write: {
    by: ['customer'],
    from: ANY,
    closed: 'no',
    to: ({ state, closed }) => ({ state: state === 'answered' ? 'open' : state, closed }),
  },
  review: { by: ['staff'], from: ['open'], closed: 'no', to: to('in-review') },
  release: { by: ['staff'], from: ['in-review'], closed: 'no', to: to('open') },
  answer: { by: ['staff'], from: ANY, closed: 'no', to: to('answered') },
  assign: { by: ['staff'], from: ANY, closed: 'no', to: same },
  'set-priority': { by: ['staff'], from: ANY, closed: 'no', to: same },
  'record-work': { by: ['staff'], from: ANY, closed: 'no', to: same },
  note: { by: ['staff'], from: ANY, closed: 'also', to: same },
  close: { by: ['customer', 'staff'], from: ANY, closed: 'no', to: ({ state }) => ({ state, closed: true }) },
  reopen: { by: ['customer', 'staff'], from: ANY, closed: 'only', to: to('open') },
};

export const TICKET_ACTIONS = Object.keys(TRANSITIONS) as readonly TicketAction[];

export function canTicket({ state, closed }: TicketLife, action: TicketAction, by: TicketSide): boolean {
  const rule = TRANSITIONS[action];
  if (!rule.by.includes(by) || !rule.from.includes(state)) return false;
  return rule.closed === 'also' || closed === (rule.closed === 'only');
}

/** The life after an action, or undefined when the action is not allowed. */
export function nextTicketLife(life: TicketLife, action: TicketAction, by: TicketSide): TicketLife | undefined {
  return canTicket(life, action, by) ? TRANSITIONS[action].to(life) : undefined;
}
