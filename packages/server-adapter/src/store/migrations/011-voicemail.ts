import type { Migration } from '../migrate.ts';

export const voicemail: Migration = {
  name: '011-voicemail',
  statements: [
    `create table voicemail_messages (
      id TEXT primary key, box TEXT not null, call_id TEXT, state TEXT not null, leg TEXT, caller_number TEXT not null,
      called_number TEXT not null, locale TEXT not null, customer_id TEXT, candidates TEXT not null, started_at TEXT not null,
      spoken_at TEXT, duration_ms INTEGER not null, file TEXT, sha256 TEXT, heard_at TEXT, heard_by TEXT, note TEXT not null,
      deleted_at TEXT)`,
    'create index voicemail_by_box on voicemail_messages (box, id)',
    'create index voicemail_by_state on voicemail_messages (state)',
    'create index voicemail_by_leg on voicemail_messages (leg)',
    'create index voicemail_by_deletion on voicemail_messages (deleted_at, id)',
    `create table voicemail_greetings (
      box TEXT primary key, id TEXT not null, duration_ms INTEGER not null, file TEXT not null, sha256 TEXT not null,
      recorded_at TEXT not null, recorded_by TEXT not null)`,
    'create table voicemail_takes (id TEXT primary key, box TEXT not null, at TEXT not null)',
    'alter table listening_log add column voicemail_id TEXT',
  ],
};
