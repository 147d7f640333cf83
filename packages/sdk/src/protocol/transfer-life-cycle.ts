/** Plain values and no schema: widgets take this table along, and must not take zod along with it. */
export const TRANSFER_STATES = [
  'offered',
  'confirmed',
  'accepted',
  'approved',
  'rejected',
  'declined',
  'withdrawn',
  'expired',
] as const;
/**
 * `offered`: the present owner has named the new one, and has not confirmed. `confirmed`: waits for the new owner.
 * `accepted`: waits for the house. The others are ends.
 */
export type TransferState = (typeof TRANSFER_STATES)[number];

/** Who does something to a transfer. `clock`: nobody did anything in time. */
export type TransferSide = 'owner' | 'new-owner' | 'manager' | 'clock';

export type TransferAction = 'confirm' | 'accept' | 'decline' | 'withdraw' | 'approve' | 'reject' | 'expire';

interface Transition {
  readonly by: TransferSide;
  readonly from: readonly TransferState[];
  readonly to: TransferState;
}

/**
 * The whole life of a transfer. Nothing leads to `approved` but the consent of both and then the house's; what both have
 * consented to does not expire, since it is the house that they wait for.
 */
const TRANSITIONS: Readonly<Record<TransferAction, Transition>> = {
  confirm: { by: 'owner', from: ['offered'], to: 'confirmed' },
  accept: { by: 'new-owner', from: ['confirmed'], to: 'accepted' },
  decline: { by: 'new-owner', from: ['confirmed'], to: 'declined' },
  withdraw: { by: 'owner', from: ['offered', 'confirmed', 'accepted'], to: 'withdrawn' },
  approve: { by: 'manager', from: ['accepted'], to: 'approved' },
  reject: { by: 'manager', from: ['accepted'], to: 'rejected' },
  expire: { by: 'clock', from: ['offered', 'confirmed'], to: 'expired' },
};

export const TRANSFER_ACTIONS = Object.keys(TRANSITIONS) as readonly TransferAction[];

/** Days that both owners have, from the beginning on. */
export const TRANSFER_DAYS = 14;

export function canTransfer(state: TransferState, action: TransferAction, by: TransferSide): boolean {
  const rule = TRANSITIONS[action];
  return rule.by === by && rule.from.includes(state);
}

/** The state after an action, or undefined when the action is not allowed. */
export function nextTransferState(
  state: TransferState,
  action: TransferAction,
  by: TransferSide,
): TransferState | undefined {
  return canTransfer(state, action, by) ? TRANSITIONS[action].to : undefined;
}

/** It goes on: the device is in no other transfer meanwhile. */
export const isTransferRunning = (state: TransferState): boolean =>
  state === 'offered' || state === 'confirmed' || state === 'accepted';
