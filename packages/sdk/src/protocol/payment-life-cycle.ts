/** Plain values and no schema: widgets take this table along, and must not take zod along with it. */
export const PAYMENT_STATES = ['created', 'at-gateway', 'paid', 'failed', 'cancelled', 'expired', 'refunded'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** What can happen to a payment. */
export type PaymentAction =
  | 'start' // the buyer is sent to the gateway, perhaps once more
  | 'pay' // the gateway has confirmed an attempt
  | 'fail'
  | 'cancel' // the buyer came back without paying
  | 'expire' // the clock
  | 'open-again' // whoever asked for the payment asks once more
  | 'refund';

interface Transition {
  readonly from: readonly PaymentState[];
  readonly to: PaymentState;
}

const TRANSITIONS: Readonly<Record<PaymentAction, Transition>> = {
  start: { from: ['created', 'at-gateway', 'failed', 'cancelled'], to: 'at-gateway' },
  // Also when we had given it up: an older attempt may turn out to be paid after all, and money is never lost.
  pay: { from: ['created', 'at-gateway', 'failed', 'cancelled', 'expired'], to: 'paid' },
  fail: { from: ['at-gateway'], to: 'failed' },
  cancel: { from: ['at-gateway'], to: 'cancelled' },
  expire: { from: ['created', 'at-gateway', 'failed', 'cancelled'], to: 'expired' },
  'open-again': { from: ['expired'], to: 'created' },
  refund: { from: ['paid'], to: 'refunded' },
};

export function canPayment(state: PaymentState, action: PaymentAction): boolean {
  return TRANSITIONS[action].from.includes(state);
}

/** The state after an action, or undefined when the action is not allowed. */
export function nextPaymentState(state: PaymentState, action: PaymentAction): PaymentState | undefined {
  return canPayment(state, action) ? TRANSITIONS[action].to : undefined;
}

/** One way to the gateway and back. `surplus`: paid, although the payment had been paid by another attempt. */
export const ATTEMPT_STATES = [
  'requested', // written down before the gateway is asked: without an authority nobody can pay it
  'open', // the buyer may be paying
  'verified', // the one that paid
  'surplus',
  'disputed', // confirmed with another amount than ours
  'cancelled',
  'failed',
  'expired',
  'refunded',
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** Money of the buyer is with us by this attempt, or was. Never changes back. */
export const holdsMoney = (state: AttemptState): boolean =>
  state === 'verified' || state === 'surplus' || state === 'disputed' || state === 'refunded';

/** An attempt that ended without money may yet turn out to be paid: the gateway's word counts, not ours. */
export const mayStillBePaid = (state: AttemptState): boolean => !holdsMoney(state);
