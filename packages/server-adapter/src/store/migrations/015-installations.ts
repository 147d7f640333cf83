import type { Migration } from '../migrate.ts';

export const installations: Migration = {
  name: '015-installations',
  statements: [
    // Versions of one type: a draft has the number that it will be published under.
    `create table checklists (
      id TEXT primary key, type_id TEXT not null, version INTEGER not null, state TEXT not null, items TEXT not null,
      revision INTEGER not null, updated_at TEXT not null, published_at TEXT, unique (type_id, version))`,
    `create table installations (
      id TEXT primary key, device_id TEXT not null, type_id TEXT not null, customer_id TEXT not null, state TEXT not null, device TEXT not null,
      checklist_id TEXT not null references checklists (id), installed_on TEXT not null, notes TEXT not null,
      revision INTEGER not null, prepared_by TEXT not null, prepared_at TEXT not null, confirmed_at TEXT,
      code TEXT unique, record TEXT)`,
    'create index installations_of_device on installations (device_id, id)',
    'create index installations_of_customer on installations (customer_id, id)',
    'create index installations_by_state on installations (state, type_id)',
  ],
};
