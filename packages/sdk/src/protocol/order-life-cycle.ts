/** Plain values and no schema: widgets take this table along, and must not take zod along with it. */
export const ORDER_STATES = [
  'draft',
  'read-back',
  'submitted',
  'announced',
  'accepted',
  'partly-filled',
  'filled',
  'rejected',
  'returned',
  'cancelled',
  'replaced',
  'expired',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** What can happen to an order. */
export type OrderAction =
  | 'edit'
  | 'read-back'
  | 'submit'
  | 'discard' // the desk, before submission
  | 'announce' // the adapter, towards the dealing floor
  | 'accept'
  | 'fill'
  | 'reject'
  | 'return' // the dealer
  | 'withdraw'
  | 'replace' // the desk, by a new recorded call
  | 'expire'; // the clock

interface Transition {
  readonly from: readonly OrderState[];
  readonly to: (order: { readonly openAfter: number }) => OrderState;
}

const to = (state: OrderState) => () => state;

/** The whole life of an order. `discard` removes a draft, so it leads nowhere and stands apart. */
const TRANSITIONS: Readonly<Record<Exclude<OrderAction, 'discard'>, Transition>> = {
  edit: { from: ['draft', 'read-back'], to: to('draft') },
  'read-back': { from: ['draft', 'read-back'], to: to('read-back') },
  submit: { from: ['read-back'], to: to('submitted') },
  announce: { from: ['submitted'], to: to('announced') },
  accept: { from: ['announced'], to: to('accepted') },
  fill: { from: ['accepted', 'partly-filled'], to: ({ openAfter }) => (openAfter === 0 ? 'filled' : 'partly-filled') },
  reject: { from: ['announced', 'accepted'], to: to('rejected') },
  return: { from: ['announced', 'accepted'], to: to('returned') },
  // Only before the broker has acted (seed 000, note after 6-ب).
  withdraw: { from: ['submitted', 'announced', 'returned'], to: to('cancelled') },
  replace: { from: ['submitted', 'announced', 'returned'], to: to('replaced') },
  expire: { from: ['submitted', 'announced', 'accepted', 'partly-filled', 'returned'], to: to('expired') },
};

export function canOrder(state: OrderState, action: OrderAction): boolean {
  if (action === 'discard') return state === 'draft' || state === 'read-back';
  return TRANSITIONS[action].from.includes(state);
}

/** The state after an action, or undefined when the action is not allowed. `openAfter`: quantity still open after a fill. */
export function nextOrderState(
  state: OrderState,
  action: Exclude<OrderAction, 'discard'>,
  openAfter = 0,
): OrderState | undefined {
  return canOrder(state, action) ? TRANSITIONS[action].to({ openAfter }) : undefined;
}

export const isFinalOrderState = (state: OrderState): boolean =>
  ['filled', 'rejected', 'cancelled', 'replaced', 'expired'].includes(state);

/** The broker has begun: an amendment by the customer is too late (A9). */
export const isActedOn = (state: OrderState): boolean => ['accepted', 'partly-filled', 'filled'].includes(state);

/**
 * FIX 4.4/5.0 OrdStatus (tag 39). `A` pending new, `0` new, `1` partially filled, `2` filled, `4` cancelled,
 * `5` replaced, `8` rejected, `C` expired; a draft does not exist for the market: null.
 */
export const FIX_ORD_STATUS: Readonly<Record<OrderState, '0' | '1' | '2' | '4' | '5' | '8' | 'A' | 'C' | null>> = {
  draft: null,
  'read-back': null,
  submitted: 'A',
  announced: 'A',
  accepted: '0',
  'partly-filled': '1',
  filled: '2',
  rejected: '8',
  returned: '8',
  cancelled: '4',
  replaced: '5',
  expired: 'C',
};
