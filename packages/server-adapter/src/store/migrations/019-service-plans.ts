import type { Migration } from '../migrate.ts';

/** What buyers choose for the time after the paid service (D4). At most one renewal of a device waits for its payment. */
export const servicePlans: Migration = {
  name: '019-service-plans',
  statements: [
    `create table service_choices (
      id TEXT primary key, device_id TEXT not null, seq INTEGER not null, customer_id TEXT not null, kind TEXT not null,
      state TEXT not null, years INTEGER, amount INTEGER, currency TEXT, price_list_id TEXT, price_list_version INTEGER,
      price_holds_until TEXT, payment_id TEXT, reason TEXT, service_ended_before TEXT, service_ends_on TEXT,
      actor TEXT not null, chosen_at TEXT not null, settled_at TEXT)`,
    'create unique index service_choices_by_device on service_choices (device_id, seq)',
    'create index service_choices_by_customer on service_choices (customer_id)',
    `create unique index service_choices_waiting on service_choices (device_id) where state = 'waiting'`,
    `create index service_choices_by_price_end on service_choices (price_holds_until) where state = 'waiting'`,
  ],
};
