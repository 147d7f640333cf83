import type { Migration } from '../migrate.ts';

/** How far the CRM knows of each choice of service (D4). */
export const crm: Migration = {
  name: '020-crm',
  statements: [
    `create table crm_records (
      id TEXT primary key, device_id TEXT not null, customer_id TEXT not null, state TEXT not null, message_id TEXT not null,
      problem TEXT, attempts INTEGER not null, remote_id TEXT, changed_at TEXT not null, synced_at TEXT)`,
    'create index crm_records_by_customer on crm_records (customer_id)',
    'create index crm_records_by_state on crm_records (state, changed_at)',
  ],
};
