import type { Migration } from '../migrate.ts';

export const presence: Migration = {
  name: '004-presence',
  statements: [
    `create table presences (
      account_id TEXT primary key, ready INTEGER not null, reason TEXT, do_not_disturb INTEGER not null, declared_at TEXT, declared_by TEXT,
      phone TEXT not null, extended_call TEXT, shown TEXT, call_id TEXT, since TEXT not null)`,
    'create index presences_by_call on presences (call_id)',
    `create table queue_callbacks (
      id TEXT primary key, call_id TEXT not null unique, queue_id TEXT not null, number TEXT not null, called_number TEXT not null,
      customer_id TEXT, locale TEXT not null, since TEXT not null, state TEXT not null, attempts INTEGER not null, next_at TEXT,
      callback_call_id TEXT, created_at TEXT not null, ended_at TEXT)`,
    'create index queue_callbacks_by_state on queue_callbacks (state, since)',
    'create table queue_waits (queue_id TEXT primary key, ms_per_place INTEGER not null, answered INTEGER not null)',
  ],
};
