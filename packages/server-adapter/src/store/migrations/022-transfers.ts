import type { Migration } from '../migrate.ts';

export const transfers: Migration = {
  name: '022-transfers',
  statements: [
    `create table one_time_codes (
      id TEXT primary key, subject TEXT not null, purpose TEXT not null, recipient TEXT not null, code_hash TEXT not null,
      attempts INTEGER not null, sent_at TEXT not null, expires_at TEXT not null, used_at TEXT)`,
    'create index one_time_codes_of_subject on one_time_codes (subject, purpose, sent_at)',
    'create index one_time_codes_of_recipient on one_time_codes (recipient, sent_at)',
    'create index one_time_codes_by_age on one_time_codes (sent_at)',
    // `running_device_id` is the device's as long as the transfer goes on: two of one device cannot.
    `create table transfers (
      id TEXT primary key, device_id TEXT not null, running_device_id TEXT unique, customer_id TEXT not null,
      state TEXT not null, device TEXT not null, new_owner TEXT not null, debt_rule TEXT not null, token_hash TEXT unique,
      started_by TEXT not null, started_at TEXT not null, expires_at TEXT not null, owner_record TEXT, new_owner_record TEXT,
      decided_by TEXT, decided_name TEXT, decided_at TEXT, reason TEXT, new_customer_id TEXT, ended_at TEXT,
      revision INTEGER not null)`,
    'create index transfers_of_customer on transfers (customer_id, id)',
    'create index transfers_of_device on transfers (device_id, id)',
    'create index transfers_by_state on transfers (state, expires_at)',
  ],
};
