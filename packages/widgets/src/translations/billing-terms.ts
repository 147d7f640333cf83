import type { BillingEntry, BillingOverride, Difficulty, Invoice } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** What is owed for work on cases, invoices, and who may owe more. */
export interface BillingTerms {
  readonly title: string;
  readonly owed: string;
  /** They have paid more than they owe. */
  readonly credit: string;
  readonly nothingOwed: string;
  /** The sums are words already. */
  readonly ofCeiling: (owed: string, ceiling: string) => string;
  readonly warning: (left: string) => string;
  readonly reached: string;
  readonly overrideUntil: (when: string) => string;
  readonly pay: string;
  readonly paying: string;
  readonly paymentOpened: string;
  readonly invoices: string;
  readonly noInvoices: string;
  readonly invoice: Readonly<Record<Invoice['kind'], (number: string) => string>>;
  readonly columns: Readonly<Record<'number' | 'issued' | 'total' | 'actions' | 'day' | 'what' | 'amount', string>>;
  readonly showLines: string;
  readonly hideLines: string;
  readonly lines: (count: number) => string;
  readonly pdf: string;
  readonly older: string;
  readonly account: string;
  readonly noEntries: string;
  readonly kind: Readonly<Record<BillingEntry['kind'], string>>;
  readonly difficulty: Readonly<Record<Difficulty, string>>;
  readonly work: (difficulty: string, units: string, unitPrice: string) => string;
  readonly priceList: (version: string) => string;
  readonly takenBack: string;
  readonly takeBack: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly confirmTakeBack: string;
  readonly issue: string;
  readonly override: {
    readonly title: string;
    readonly none: string;
    readonly ask: string;
    readonly grant: string;
    readonly decline: string;
    readonly end: string;
    readonly days: string;
    readonly state: Readonly<Record<BillingOverride['state'] | 'over', string>>;
    readonly asked: (who: string, when: string) => string;
    readonly until: (when: string) => string;
  };
}

export const billingTerms: TermsSection<'billing'> = {
  name: 'billing',
  en: () => import('./en/billing.ts'),
  fa: () => import('./fa/billing.ts'),
  cs: () => import('./cs/billing.ts'),
};
