import type { Migration } from '../migrate.ts';

/** Announcements (D10), what each buyer has of them, their consents; and the channels of messages. */
export const announcements: Migration = {
  name: '021-announcements',
  statements: [
    "alter table messages add column channel TEXT not null default 'sms'",
    "alter table messages add column other_channels TEXT not null default '[]'",
    'alter table messages add column attempted_at TEXT',
    'create table whatsapp_conversations (number TEXT primary key, heard_at TEXT not null)',
    `create table announcements (
      id TEXT primary key, category TEXT not null, title TEXT not null, content TEXT not null, audience TEXT not null,
      state TEXT not null, publish_at TEXT, published_at TEXT, fanned_out_at TEXT, fan_out_after TEXT not null,
      withdrawn_at TEXT, withdrawn_reason TEXT, created_at TEXT not null, created_by TEXT not null, updated_at TEXT not null)`,
    'create index announcements_by_state on announcements (state, publish_at)',
    `create table notifications (
      id TEXT primary key, announcement_id TEXT not null, customer_id TEXT not null, category TEXT not null,
      withdrawn INTEGER not null, created_at TEXT not null, read_at TEXT, acknowledged_at TEXT, message_due_at TEXT, message_id TEXT, no_message TEXT)`,
    'create unique index notifications_of_announcement on notifications (announcement_id, customer_id)',
    'create index notifications_of_customer on notifications (customer_id, id)',
    'create index notifications_by_message_due on notifications (message_due_at)',
    `create table consents (
      customer_id TEXT not null, category TEXT not null, channel TEXT not null, granted INTEGER not null,
      source TEXT not null, at TEXT not null, primary key (customer_id, category, channel))`,
  ],
};
