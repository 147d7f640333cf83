import type { Migration } from '../migrate.ts';

export const messages: Migration = {
  name: '006-messages',
  statements: [
    `create table messages (
      id TEXT primary key, dedupe_key TEXT not null, purpose TEXT not null, template TEXT not null, template_values TEXT not null,
      locale TEXT not null, recipient TEXT not null, state TEXT not null, reason TEXT, driver TEXT, provider_id TEXT,
      in_doubt INTEGER not null, attempts INTEGER not null, send_before TEXT not null, poll_at TEXT, polls INTEGER not null,
      created_at TEXT not null, sent_at TEXT, finished_at TEXT, known_since TEXT)`,
    'create unique index messages_by_dedupe_key on messages (dedupe_key)',
    'create index messages_by_provider_id on messages (provider_id)',
    'create index messages_by_creation on messages (created_at)',
    'create index messages_by_poll on messages (poll_at)',
    'create index messages_by_known_since on messages (known_since)',
  ],
};
