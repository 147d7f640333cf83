import type { Migration } from '../migrate.ts';

/** Buyers (D1, D2), their one-time secrets, and the field-level audit. */
export const buyers: Migration = {
  name: '013-buyers',
  statements: [
    `create table changes (
      id TEXT primary key, at TEXT not null, actor TEXT not null, subject TEXT not null, changes TEXT not null, reason TEXT,
      nonce TEXT not null)`,
    'create index changes_by_subject on changes (subject, id)',
    `create table buyers (
      customer_id TEXT primary key, national_code TEXT not null, telephone TEXT not null, operator TEXT not null,
      name TEXT not null, name_folded TEXT not null, locale TEXT not null, city TEXT not null, street TEXT not null, building TEXT not null, created_at TEXT not null,
      updated_at TEXT not null)`,
    'create index buyers_by_name on buyers (name_folded, customer_id)',
    'create unique index buyers_by_national_code on buyers (national_code)',
    'create index buyers_by_telephone on buyers (telephone)',
    'alter table accounts add column invite_hash TEXT',
    'alter table accounts add column invite_expires_at TEXT',
  ],
};
