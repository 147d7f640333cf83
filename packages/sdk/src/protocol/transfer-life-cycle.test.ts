import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canTransfer,
  isTransferRunning,
  nextTransferState,
  TRANSFER_ACTIONS,
  TRANSFER_STATES,
  type TransferState,
} from './transfer-life-cycle.ts';

const SIDES = ['owner', 'new-owner', 'manager', 'clock'] as const;
const steps = fc.array(fc.record({ action: fc.constantFrom(...TRANSFER_ACTIONS), by: fc.constantFrom(...SIDES) }), {
  maxLength: 40,
});

describe('the life of a transfer', () => {
  test('nothing is approved that both did not consent to, in order, and a manager after them', () => {
    fc.assert(
      fc.property(steps, (given) => {
        let state: TransferState = 'offered';
        const done: string[] = [];
        for (const { action, by } of given) {
          const next = nextTransferState(state, action, by);
          if (next === undefined) continue;
          // Whatever has ended stays as it ended.
          expect(isTransferRunning(state)).toBe(true);
          state = next;
          done.push(`${by} ${action}`);
        }
        if (state === 'approved') expect(done).toEqual(['owner confirm', 'new-owner accept', 'manager approve']);
        if (state === 'accepted') expect(done).toEqual(['owner confirm', 'new-owner accept']);
      }),
    );
  });

  test('each action belongs to one side', () => {
    for (const action of TRANSFER_ACTIONS) {
      const sides = SIDES.filter((by) => TRANSFER_STATES.some((state) => canTransfer(state, action, by)));
      expect(sides).toHaveLength(1);
    }
  });

  test('what both have consented to does not expire, and can still be withdrawn', () => {
    expect(nextTransferState('accepted', 'expire', 'clock')).toBeUndefined();
    expect(nextTransferState('accepted', 'withdraw', 'owner')).toBe('withdrawn');
    expect(nextTransferState('confirmed', 'expire', 'clock')).toBe('expired');
  });
});
