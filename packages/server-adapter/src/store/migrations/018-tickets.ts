import type { Migration } from '../migrate.ts';

export const tickets: Migration = {
  name: '018-tickets',
  statements: [
    `create table tickets (
      id TEXT primary key, number INTEGER not null, version INTEGER not null, customer_id TEXT not null, device_id TEXT not null,
      device TEXT not null, title TEXT not null, description TEXT not null, priority TEXT not null, state TEXT not null,
      closed INTEGER not null, closed_at TEXT, closed_by TEXT, closed_name TEXT, assignee_id TEXT, assignee_name TEXT,
      created_by TEXT not null, created_name TEXT not null, call_id TEXT, created_at TEXT not null, updated_at TEXT not null,
      first_answer_due TEXT, first_answered_at TEXT, first_answer_late INTEGER not null, resolution_since TEXT,
      resolution_spent_ms INTEGER not null, resolution_due TEXT, resolved_at TEXT, resolution_late INTEGER not null, next_due TEXT,
      entries INTEGER not null, shown_entries INTEGER not null)`,
    'create unique index tickets_by_number on tickets (number)',
    'create index tickets_by_state on tickets (state, id)',
    'create index tickets_by_closed on tickets (closed, id)',
    'create index tickets_by_priority on tickets (priority, id)',
    'create index tickets_by_assignee on tickets (assignee_id, id)',
    'create index tickets_by_customer on tickets (customer_id, id)',
    'create index tickets_by_device on tickets (device_id, id)',
    'create index tickets_by_due on tickets (next_due, id) where next_due is not null',
    `create table ticket_entries (
      id TEXT primary key, ticket_id TEXT not null references tickets (id) on delete cascade, at TEXT not null, kind TEXT not null,
      by_id TEXT not null, by_name TEXT not null, text TEXT not null, details TEXT not null, internal INTEGER not null)`,
    'create index ticket_entries_by_ticket on ticket_entries (ticket_id, id)',
    `create table ticket_attachments (
      id TEXT primary key, account_id TEXT not null, upload_id TEXT not null, ticket_id TEXT, entry_id TEXT, name TEXT not null,
      media_type TEXT not null, bytes INTEGER not null, sha256 TEXT not null, file TEXT, state TEXT not null, scanned INTEGER not null,
      finding TEXT, created_at TEXT not null)`,
    'create unique index ticket_attachments_by_upload on ticket_attachments (account_id, upload_id)',
    'create index ticket_attachments_by_entry on ticket_attachments (entry_id, id)',
    'create index ticket_attachments_loose on ticket_attachments (account_id, created_at) where entry_id is null',
    `create table ticket_words (
      word TEXT not null, ticket_id TEXT not null references tickets (id) on delete cascade, primary key (word, ticket_id))`,
  ],
};
