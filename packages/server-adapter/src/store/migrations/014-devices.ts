import type { Migration } from '../migrate.ts';

export const devices: Migration = {
  name: '014-devices',
  statements: [
    `create table device_types (
      id TEXT primary key, names TEXT not null, brand TEXT not null, model TEXT not null, model_key TEXT not null unique,
      kind TEXT not null, service_months INTEGER not null, warranty_months INTEGER not null, active INTEGER not null,
      created_at TEXT not null, updated_at TEXT not null)`,
    `create table devices (
      id TEXT primary key, customer_id TEXT not null, type_id TEXT not null references device_types (id), serial TEXT,
      serial_key TEXT, dongle TEXT, dongle_key TEXT, user_id TEXT, user_key TEXT, installed_on TEXT,
      installation_sealed INTEGER not null, warranty_ends_on TEXT, service_ends_on TEXT, renewed INTEGER not null,
      service_choice TEXT not null, choice_reason TEXT, created_at TEXT not null, updated_at TEXT not null)`,
    'create index devices_of_customer on devices (customer_id, id)',
    'create index devices_of_type on devices (type_id, id)',
    'create index devices_by_service_end on devices (service_ends_on)',
    'create unique index devices_by_serial on devices (serial_key, type_id)',
    'create unique index devices_by_dongle on devices (dongle_key)',
    'create unique index devices_by_user on devices (user_key, type_id)',
    `create table imports (
      id TEXT primary key, kind TEXT not null, file_name TEXT not null, state TEXT not null, parts INTEGER not null,
      rows_count INTEGER not null, checked INTEGER not null, applied INTEGER not null, faults TEXT not null,
      fault_count INTEGER not null, preview TEXT not null, created_by TEXT not null, created_at TEXT not null, ended_at TEXT)`,
    'create index imports_by_state on imports (state)',
    'create index imports_by_kind on imports (kind, id)',
    `create table import_parts (
      import_id TEXT not null, part INTEGER not null, csv TEXT not null, primary key (import_id, part))`,
  ],
};
