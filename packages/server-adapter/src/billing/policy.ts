import { type Amount, type Currency, thresholdOf } from '@callweave/sdk/protocol';

/** Pay-per-case: how much may be owed, and when invoices are issued (D5). */
export interface BillingOptions {
  /**
   * From this debt on new cases wait for payment. Its currency is the currency of the house. Null: there is no such limit.
   * @default { amount: 100_000_000, currency: 'IRR' }, 10 million toman
   */
  readonly ceiling?: Amount | null;
  /** From this share of the ceiling on the customer is warned; null: never. @default 80 */
  readonly warnAtPercent?: number | null;
  /** The currency of the house where there is no ceiling. @default 'IRR' */
  readonly currency?: Currency;
  /**
   * `per-work`: each recorded work has its invoice at once. `monthly`: one for each month that is over. `by-hand`: when a
   * manager says so.
   * @default 'per-work'
   */
  readonly invoices?: 'per-work' | 'monthly' | 'by-hand';
  /** Whose months count. @default 'persian' where the market is Tehran, else 'gregorian' */
  readonly calendar?: 'persian' | 'gregorian';
  /** Who issues the invoices: name and address as they stand on paper. */
  readonly issuer?: string;
}

export interface BillingPolicy {
  readonly currency: Currency;
  readonly ceiling: Amount | null;
  readonly threshold: Amount | null;
  readonly invoices: 'per-work' | 'monthly' | 'by-hand';
  readonly calendar: 'persian' | 'gregorian';
  readonly timeZone: string;
  readonly issuer: string | undefined;
}

/** Ten million toman. */
export const DEFAULT_CEILING: Amount = { amount: 100_000_000, currency: 'IRR' };
const WARN_AT_PERCENT = 80;

export function billingPolicy(options: BillingOptions = {}, timeZone: string): BillingPolicy {
  const { ceiling = DEFAULT_CEILING, warnAtPercent = WARN_AT_PERCENT } = options;
  if (ceiling !== null && (!Number.isSafeInteger(ceiling.amount) || ceiling.amount < 1))
    throw new Error('`devicePortal.billing.ceiling` must be a whole sum above nothing, or null for no limit.');
  if (ceiling !== null && options.currency !== undefined && options.currency !== ceiling.currency)
    throw new Error(
      '`devicePortal.billing.currency` differs from the currency of the ceiling. Give the ceiling alone.',
    );
  return {
    currency: ceiling?.currency ?? options.currency ?? 'IRR',
    ceiling,
    threshold: ceiling === null || warnAtPercent === null ? null : thresholdOf(ceiling, warnAtPercent),
    invoices: options.invoices ?? 'per-work',
    calendar: options.calendar ?? (timeZone === 'Asia/Tehran' ? 'persian' : 'gregorian'),
    timeZone,
    issuer: options.issuer,
  };
}
