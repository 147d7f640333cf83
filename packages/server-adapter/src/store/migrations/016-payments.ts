import type { Migration } from '../migrate.ts';

/** Online payments: what is to be paid, each way to a gateway and back, and what was given back (D4, D5, D11). */
export const payments: Migration = {
  name: '016-payments',
  statements: [
    `create table payments (
      id TEXT primary key, dedupe_key TEXT not null, purpose TEXT not null, subject TEXT not null,
      customer_id TEXT not null, account_id TEXT not null, description TEXT not null,
      amount INTEGER not null, currency TEXT not null, state TEXT not null, paid_attempt_id TEXT, receipt_number INTEGER,
      unsettled TEXT, created_at TEXT not null, expires_at TEXT not null, paid_at TEXT, refunded_at TEXT)`,
    'create unique index payments_by_dedupe_key on payments (dedupe_key)',
    'create index payments_by_customer on payments (customer_id)',
    'create index payments_unsettled on payments (unsettled) where unsettled is not null',
    'create index payments_by_expiry on payments (state, expires_at)',
    `create table payment_attempts (
      id TEXT primary key, payment_id TEXT not null, gateway TEXT not null, authority TEXT, state TEXT not null,
      amount INTEGER not null, currency TEXT not null, confirmed_amount INTEGER, reference TEXT, card TEXT, reason TEXT,
      booking_failed INTEGER not null, return_to TEXT not null, checks INTEGER not null, next_check_at TEXT,
      created_at TEXT not null, checked_at TEXT, verified_at TEXT)`,
    'create index payment_attempts_by_payment on payment_attempts (payment_id)',
    'create unique index payment_attempts_by_authority on payment_attempts (gateway, authority) where authority is not null',
    'create index payment_attempts_by_check on payment_attempts (next_check_at) where next_check_at is not null',
    `create table payment_refunds (
      id TEXT primary key, payment_id TEXT not null, attempt_id TEXT not null, amount INTEGER not null,
      currency TEXT not null, how TEXT not null, state TEXT not null, reason TEXT not null, reference TEXT,
      actor TEXT not null, problem TEXT, created_at TEXT not null, done_at TEXT)`,
    'create index payment_refunds_by_payment on payment_refunds (payment_id)',
    `create unique index payment_refunds_once on payment_refunds (attempt_id) where state <> 'refused'`,
  ],
};
