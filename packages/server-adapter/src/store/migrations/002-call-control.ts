import type { Migration } from '../migrate.ts';

/** What happens in a call besides two people talking: transfers, more people, pauses of the recording, calls of other kinds. */
export const callControl: Migration = {
  name: '002-call-control',
  statements: [
    "alter table calls add column kind TEXT not null default 'desk'",
    'alter table calls add column presented_number TEXT',
    'alter table calls add column transfers INTEGER not null default 0',
    "alter table calls add column tags TEXT not null default '[]'",
    "alter table calls add column parties TEXT not null default '[]'",
    'alter table calls add column queue TEXT',
    'alter table calls add column hold_alert_ms INTEGER',
    "alter table accounts add column call_mode TEXT not null default 'blended'",
    'alter table recordings add column pause_reason TEXT',
    'alter table recordings add column paused_at TEXT',
  ],
};
