import type { AttemptState, PaymentRefund, PaymentState, Unsettled } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** How a payment ended, for who paid; and all payments, for the manager. Days, sums and numbers are words already. */
export interface PaymentTerms {
  readonly result: {
    readonly title: string;
    readonly none: string;
    readonly checking: string;
    readonly checkingHint: string;
    readonly unknown: string;
    readonly unknownHint: string;
    readonly paid: string;
    readonly open: string;
    readonly failed: string;
    readonly cancelled: string;
    readonly moneyHint: string;
    readonly expired: string;
    readonly expiredHint: string;
    readonly refunded: (when: string) => string;
    readonly paidTwice: string;
    readonly receipt: string;
    readonly goOn: string;
    readonly payNow: string;
    readonly tryAgain: string;
    readonly opening: string;
  };
  readonly check: string;
  readonly checking: string;
  readonly facts: Readonly<
    Record<'amount' | 'for' | 'receiptNumber' | 'reference' | 'card' | 'gateway' | 'paidAt', string>
  >;
  /** By the name on the wire; another one is shown as it is. */
  readonly gateway: Readonly<Record<string, string>>;
  /** Why an attempt did not pay, by the word or the gateway's code; another one is shown as it is. */
  readonly reason: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<PaymentState, string>>;
  readonly unsettled: Readonly<Record<Unsettled, string>>;
  readonly list: {
    readonly title: string;
    readonly show: string;
    readonly shows: Readonly<Record<'all' | 'unsettled' | 'surplus' | 'paid', string>>;
    readonly toLookAt: (count: number) => string;
    readonly empty: string;
    readonly noneSuch: string;
    readonly columns: Readonly<Record<'opened' | 'what' | 'amount' | 'state' | 'actions', string>>;
    readonly details: string;
    readonly hide: string;
    readonly older: string;
    readonly attempts: string;
    readonly noAttempts: string;
    readonly attempt: Readonly<Record<AttemptState, string>>;
    readonly confirmed: (sum: string) => string;
    readonly refunds: string;
    readonly refund: Readonly<Record<PaymentRefund['state'], string>>;
    readonly how: Readonly<Record<PaymentRefund['how'], string>>;
    readonly byDesk: string;
    readonly giveBack: string;
    readonly howTo: string;
    readonly why: string;
    readonly transfer: string;
    /** Money leaves the house: the button names the sum. */
    readonly confirm: (sum: string) => string;
    readonly givenBack: string;
    readonly checked: string;
  };
}

export const paymentTerms: TermsSection<'payments'> = {
  name: 'payments',
  en: () => import('./en/payments.ts'),
  fa: () => import('./fa/payments.ts'),
  cs: () => import('./cs/payments.ts'),
};
