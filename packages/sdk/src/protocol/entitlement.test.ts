import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entitlementOf } from './entitlement.ts';
import { SERVICE_STATES, type ServiceStateName } from './service-state.ts';

const rial = (amount: number) => ({ amount, currency: 'IRR' as const });
const CEILING = rial(100_000_000);
const on = (state: ServiceStateName, owed = 0, override = false) =>
  entitlementOf({ service: { state, daysLeft: null }, debt: rial(owed), ceiling: CEILING, override });

describe('whether a case may be opened', () => {
  test.each([
    ['active', 0, false, 'allowed'],
    ['active', 100_000_000, false, 'allowed'],
    ['renewed', 500_000_000, false, 'allowed'],
    ['per-case', 0, false, 'allowed'],
    ['per-case', -5, false, 'allowed'],
    ['per-case', 99_999_999, false, 'allowed'],
    ['per-case', 100_000_000, false, 'ceiling-reached'],
    ['per-case', 100_000_001, false, 'ceiling-reached'],
    ['per-case', 100_000_001, true, 'allowed'],
    ['expired', 0, false, 'service-expired'],
    ['expired', 0, true, 'service-expired'],
    ['declined', 0, false, 'declined'],
    ['declined', 0, true, 'declined'],
    ['not-activated', 0, false, 'not-activated'],
    ['not-activated', 0, true, 'not-activated'],
  ] as const)('%s, %d rials owed, override %s: %s', (state, owed, override, expected) => {
    const answer = on(state, owed, override);
    expect(answer.ticketsAllowed ? 'allowed' : answer.reason).toBe(expected);
  });

  test('no ceiling, no end', () => {
    const service = { state: 'per-case', daysLeft: null } as const;
    expect(entitlementOf({ service, debt: rial(9e15), ceiling: null, override: false })).toEqual({
      ticketsAllowed: true,
    });
  });

  test('monies of two kinds are never compared', () => {
    const service = { state: 'per-case', daysLeft: null } as const;
    const ceiling = { amount: 1, currency: 'EUR' as const };
    expect(() => entitlementOf({ service, debt: rial(5), ceiling, override: false })).toThrow(RangeError);
  });

  test('owing more never opens what owing less had closed, and an override never closes', () => {
    const state = fc.constantFrom(...SERVICE_STATES);
    fc.assert(
      fc.property(state, fc.maxSafeInteger(), fc.maxSafeInteger(), fc.boolean(), (name, a, b, override) => {
        const less = on(name, Math.min(a, b), override).ticketsAllowed;
        const more = on(name, Math.max(a, b), override).ticketsAllowed;
        expect(more && !less).toBe(false);
        expect(on(name, a, false).ticketsAllowed && !on(name, a, true).ticketsAllowed).toBe(false);
      }),
    );
  });
});
