import type { CallParty, CallTargets } from '@callweave/sdk/protocol';

/** A colleague who is free, one who talks, and a number that may be shown outside. */
export const callTargets = (): CallTargets => ({
  agents: [
    { accountId: 'account_2', name: 'Reza Karimi', refusal: null },
    { accountId: 'account_3', name: 'Leila Moradi', refusal: 'busy' },
  ],
  groupFree: 2,
  callerIds: ['+982181021380'],
});

export const third = (state: CallParty['state'], changes: Partial<CallParty> = {}): CallParty => ({
  id: 'leg_3',
  role: 'third',
  accountId: 'account_2',
  name: 'Reza Karimi',
  number: null,
  state,
  reason: null,
  since: '2026-11-22T10:00:00.000Z',
  ...changes,
});
