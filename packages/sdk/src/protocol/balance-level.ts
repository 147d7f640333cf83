import type { Amount, Money } from './money.ts';

/** `warning`: the ceiling is near. `ceiling`: new cases wait for payment. */
export type BalanceLevel = 'clear' | 'warning' | 'ceiling';

/** In steps, so that a crossing upwards is one comparison. */
export const BALANCE_LEVELS = ['clear', 'warning', 'ceiling'] as const satisfies readonly BalanceLevel[];

export interface BillingLimits {
  readonly threshold: Amount | null;
  readonly ceiling: Amount | null;
}

/** Where a debt stands. At the very figure it has crossed: who owes the ceiling waits. */
export function balanceLevelOf(balance: Money, { threshold, ceiling }: BillingLimits): BalanceLevel {
  if (ceiling !== null && reaches(balance, ceiling)) return 'ceiling';
  if (threshold !== null && reaches(balance, threshold)) return 'warning';
  return 'clear';
}

/** The warning at so many per cent of the ceiling, rounded up: never before the share is really reached. */
export function thresholdOf(ceiling: Amount, percent: number): Amount {
  if (!Number.isInteger(percent) || percent < 1 || percent > 100)
    throw new RangeError('The warning begins at a whole per cent of the ceiling, 1 to 100.');
  // In parts, since a hundred times a large sum would no longer be exact.
  const whole = Math.floor(ceiling.amount / 100) * percent;
  return { amount: whole + Math.ceil(((ceiling.amount % 100) * percent) / 100), currency: ceiling.currency };
}

/** Whether a change of the debt is to be told: once for each crossing upwards, and again after it fell. */
export function crossedUpwards(before: BalanceLevel, after: BalanceLevel): boolean {
  return BALANCE_LEVELS.indexOf(after) > BALANCE_LEVELS.indexOf(before);
}

function reaches(balance: Money, limit: Amount): boolean {
  if (balance.currency !== limit.currency)
    throw new RangeError(`A debt in ${balance.currency} cannot be held against a limit in ${limit.currency}.`);
  return balance.amount >= limit.amount;
}
