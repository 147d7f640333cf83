import type { Migration } from '../migrate.ts';

export const faxes: Migration = {
  name: '008-faxes',
  statements: [
    `create table faxes (
      id TEXT primary key, state TEXT not null, source TEXT not null, provider_id TEXT unique, leg TEXT, caller_number TEXT not null,
      station_id TEXT not null, called_number TEXT not null, started_at TEXT not null, finished_at TEXT, format TEXT, file TEXT,
      pages INTEGER not null, damaged_lines INTEGER not null, failure TEXT, failure_detail TEXT not null, customer_id TEXT,
      candidates TEXT not null, read_at TEXT, note TEXT not null, sha256 TEXT, deleted_at TEXT)`,
    'create index faxes_by_customer on faxes (customer_id, id)',
    'create index faxes_by_state on faxes (state)',
    'create index faxes_by_deletion on faxes (deleted_at, id)',
  ],
};
