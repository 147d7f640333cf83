import type { Migration } from '../migrate.ts';

export const missedCalls: Migration = {
  name: '007-missed-calls',
  statements: [
    `create table missed_calls (
      id TEXT primary key, number TEXT not null, number_group TEXT not null, called_number TEXT not null, customer_id TEXT, customer TEXT,
      customer_ids TEXT not null, count INTEGER not null, attempts INTEGER not null, first_at TEXT not null, last_at TEXT not null,
      last_outcome TEXT not null, state TEXT not null, claimed_by TEXT, claimed_name TEXT, claimed_until TEXT, settled INTEGER not null,
      message_id TEXT, ended_at TEXT, end_reason TEXT, ended_by TEXT, ended_name TEXT, end_note TEXT)`,
    `create table missed_call_viewers (
      missed_call_id TEXT not null references missed_calls (id) on delete cascade, account_id TEXT not null,
      primary key (missed_call_id, account_id))`,
    `create table missed_call_calls (
      call_id TEXT primary key, missed_call_id TEXT not null references missed_calls (id) on delete cascade)`,
    // One open case per caller, whatever happens at the same time.
    "create unique index missed_calls_open on missed_calls (number, number_group) where state = 'open'",
    'create index missed_calls_by_state on missed_calls (state, first_at)',
    'create index missed_calls_by_customer on missed_calls (customer_id)',
    'create index missed_calls_by_message on missed_calls (message_id)',
    'create index missed_calls_unsettled on missed_calls (settled)',
    'create index missed_call_viewers_by_account on missed_call_viewers (account_id)',
    'create index missed_call_calls_by_case on missed_call_calls (missed_call_id)',
  ],
};
