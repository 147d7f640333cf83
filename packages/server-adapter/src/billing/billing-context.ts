import type { Amount, Currency, Locale } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { MessageSender } from '../messages/index.ts';
import type { Database } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { BillingPolicy } from './policy.ts';

export type Db = Kysely<Database>;

/** Whom an invoice is issued to, as they are called now. */
export interface BilledTo {
  readonly name: string;
  readonly nationalCode: string | null;
  readonly address: string | null;
  /** E.164; null: they cannot be told by text message. */
  readonly telephone: string | null;
  readonly locale: Locale;
}

/** A payment as this domain knows it; PAYMENTS makes it and says when it is paid. */
export interface BalancePayment {
  readonly id: string;
  readonly customerId: string | null;
  readonly amount: { readonly amount: number; readonly currency: Currency };
}

/** What this domain asks of the payments. */
export interface BalancePayments {
  openPayment(
    tx: Tx,
    request: {
      readonly purpose: 'balance';
      readonly subject: string;
      readonly amount: Amount;
      readonly customerId: string;
      readonly accountId: string;
      readonly description: string;
      readonly dedupeKey: string;
    },
  ): Promise<BalancePayment>;
  onPaid(purpose: 'balance', handler: (tx: Tx, payment: BalancePayment) => Promise<void>): void;
  onRefunded(purpose: 'balance', handler: (tx: Tx, payment: BalancePayment) => Promise<void>): void;
}

export interface BillingContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: BillingPolicy;
  readonly messages: MessageSender;
  /** Undefined: there is no such customer. */
  readonly customerOf: (db: Db, customerId: string) => Promise<BilledTo | undefined>;
  /** Without it nothing is paid here: a balance is settled otherwise. */
  readonly payments: BalancePayments | undefined;
}
