import type { Migration } from '../migrate.ts';

/** What is owed for work on cases, by which prices, on which invoice, and who may owe more (D5). */
export const billing: Migration = {
  name: '017-billing',
  statements: [
    `create table price_lists (
      id TEXT primary key, state TEXT not null, version INTEGER unique, revision INTEGER not null, content TEXT not null,
      valid_from TEXT, updated_at TEXT not null, updated_by TEXT not null, published_at TEXT, published_by TEXT)`,
    // One draft at a time, whatever happens at the same time.
    "create unique index price_lists_draft on price_lists (state) where state = 'draft'",
    "create index price_lists_in_force on price_lists (valid_from, version) where state = 'published'",
    `create table billing_accounts (
      customer_id TEXT not null, currency TEXT not null, balance INTEGER not null, level TEXT not null, crossings INTEGER not null,
      updated_at TEXT not null, primary key (customer_id, currency))`,
    `create table billing_entries (
      id TEXT primary key, seq INTEGER not null unique, customer_id TEXT not null, kind TEXT not null, amount INTEGER not null,
      currency TEXT not null, dedupe_key TEXT not null unique, device_id TEXT, ticket_id TEXT, difficulty TEXT, quantity INTEGER,
      unit_price INTEGER, unit_minutes INTEGER, price_list_id TEXT references price_lists (id), price_list_version INTEGER, note TEXT not null,
      corrects TEXT unique references billing_entries (id), payment_id TEXT, actor TEXT not null, at TEXT not null)`,
    'create index billing_entries_by_customer on billing_entries (customer_id, seq)',
    'create index billing_entries_by_ticket on billing_entries (ticket_id) where ticket_id is not null',
    `create table invoices (
      id TEXT primary key, number INTEGER not null unique, kind TEXT not null, customer_id TEXT not null, total INTEGER not null,
      currency TEXT not null, line_count INTEGER not null, billed_to TEXT not null, issued_by TEXT not null, issued_at TEXT not null)`,
    'create index invoices_by_customer on invoices (customer_id, number)',
    // A line stands on one invoice at most: entries themselves are never changed.
    `create table invoice_lines (
      entry_id TEXT primary key references billing_entries (id), invoice_id TEXT not null references invoices (id), position INTEGER not null,
      unique (invoice_id, position))`,
    `create table billing_overrides (
      id TEXT primary key, customer_id TEXT not null, state TEXT not null, reason TEXT not null, requested_by TEXT not null,
      requested_name TEXT not null, requested_at TEXT not null, decided_by TEXT, decided_name TEXT, decided_at TEXT, decision TEXT,
      ends_at TEXT)`,
    'create index billing_overrides_by_customer on billing_overrides (customer_id, state)',
    'create index billing_overrides_by_state on billing_overrides (state, requested_at)',
  ],
};
