import type { Migration } from '../migrate.ts';

/** What reports are read from: derived from the event log, and never the truth about anything. */
export const reports: Migration = {
  name: '010-reports',
  statements: [
    `create table wallboard_calls (
      call_id TEXT primary key, day TEXT not null, queue TEXT not null, branch TEXT not null, waiting_since TEXT, talking INTEGER not null,
      counted TEXT not null, updated_at TEXT not null)`,
    `create table wallboard_days (
      day TEXT not null, queue TEXT not null, branch TEXT not null, offered INTEGER not null, answered INTEGER not null,
      answered_in_time INTEGER not null, abandoned INTEGER not null, abandoned_early INTEGER not null, missed INTEGER not null,
      callbacks INTEGER not null, wait_ms INTEGER not null, outbound INTEGER not null, outbound_answered INTEGER not null,
      primary key (day, queue, branch))`,
    'create table wallboard_agents (account_id TEXT primary key, state TEXT not null, branch TEXT not null)',
    'create index wallboard_calls_waiting on wallboard_calls (waiting_since) where waiting_since is not null',
    'create index wallboard_calls_talking on wallboard_calls (call_id) where talking = 1',
    'create index wallboard_calls_by_age on wallboard_calls (updated_at)',
    `create table call_history (
      call_id TEXT primary key, started_at TEXT not null, kind TEXT not null, direction TEXT not null, outcome TEXT not null, number TEXT not null,
      reversed_number TEXT not null, customer_id TEXT not null, agent_id TEXT not null, queue_id TEXT not null)`,
    `create table call_history_tags (
      tag TEXT not null, started_at TEXT not null, call_id TEXT not null references call_history (call_id) on delete cascade,
      primary key (tag, started_at, call_id))`,
    'create index call_history_by_start on call_history (started_at, call_id)',
    'create index call_history_by_agent on call_history (agent_id, started_at, call_id)',
    'create index call_history_by_customer on call_history (customer_id, started_at, call_id)',
    'create index call_history_by_queue on call_history (queue_id, started_at, call_id)',
    'create index call_history_by_outcome on call_history (outcome, started_at, call_id)',
    'create index call_history_by_number on call_history (number, started_at, call_id)',
    'create index call_history_by_reversed_number on call_history (reversed_number)',
    'create index call_history_tags_by_call on call_history_tags (call_id)',
    'create index recordings_waiting on recordings (waiting) where waiting is not null',
  ],
};
