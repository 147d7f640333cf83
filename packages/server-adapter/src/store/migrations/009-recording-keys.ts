import type { Migration } from '../migrate.ts';

export const recordingKeys: Migration = {
  name: '009-recording-keys',
  statements: [
    `create table file_keys (
      id TEXT primary key, file TEXT not null, master_key TEXT not null, wrapped TEXT not null, created_at TEXT not null)`,
    `create table recording_holds (
      id TEXT primary key, recording_id TEXT not null references recordings (id), reason TEXT not null, placed_by TEXT not null,
      placed_at TEXT not null, released_by TEXT, released_at TEXT, release_reason TEXT)`,
    'alter table recordings add column waiting TEXT',
    'create index file_keys_by_file on file_keys (file)',
    'create index file_keys_by_master_key on file_keys (master_key, id)',
    'create index recording_holds_by_recording on recording_holds (recording_id)',
    'create index recordings_by_age on recordings (state, started_at)',
  ],
};
