import type { Migration } from '../migrate.ts';

/** Courses that are sold with a licence, by the house and by partners (D11). */
export const courses: Migration = {
  name: '024-courses',
  statements: [
    `create table course_partners (
      id TEXT primary key, name TEXT not null, active INTEGER not null, webhook_url TEXT, webhook_secret_version INTEGER not null,
      created_at TEXT not null)`,
    `create table course_partner_keys (
      id TEXT primary key, partner_id TEXT not null references course_partners (id), fingerprint TEXT not null, scopes TEXT not null,
      created_at TEXT not null, ends_at TEXT, last_used_at TEXT)`,
    'create index course_partner_keys_by_partner on course_partner_keys (partner_id)',
    `create table courses (
      id TEXT primary key, partner_id TEXT references course_partners (id), reference TEXT, state TEXT not null, content TEXT not null,
      updated_at TEXT not null)`,
    'create unique index courses_by_reference on courses (partner_id, reference) where reference is not null',
    'create index courses_by_state on courses (state)',
    `create table course_orders (
      id TEXT primary key, course_id TEXT not null references courses (id), partner_id TEXT, customer_id TEXT not null,
      content TEXT not null, amount INTEGER not null, currency TEXT not null, state TEXT not null, asked INTEGER not null, reason TEXT,
      payment_id TEXT not null, licence_id TEXT unique, licence_key TEXT, licence_url TEXT, created_at TEXT not null, paid_at TEXT,
      refunded_at TEXT)`,
    'create index course_orders_by_customer on course_orders (customer_id, id)',
    'create index course_orders_by_partner on course_orders (partner_id, paid_at) where partner_id is not null',
    'create index course_orders_by_state on course_orders (state, id)',
    // One open or running purchase of a course by a customer, whatever happens at the same time.
    `create unique index course_orders_once on course_orders (customer_id, course_id) where state <> 'refunded'`,
  ],
};
