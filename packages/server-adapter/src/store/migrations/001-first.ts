import type { Migration } from '../migrate.ts';

/**
 * Foreign keys stay inside one domain: customers may live in the host's own table, so nothing else may require a row of
 * ours for them.
 */
const tables = [
  `create table accounts (
    id TEXT primary key, username TEXT not null unique, name TEXT not null, roles TEXT not null, branch TEXT not null, device TEXT not null,
    on_leave INTEGER not null, in_group INTEGER not null, active INTEGER not null, password_hash TEXT, failures INTEGER not null,
    locked_until TEXT, locale TEXT not null, created_at TEXT not null)`,
  `create table sessions (
    id_hash TEXT primary key, account_id TEXT not null references accounts (id) on delete cascade, created_at TEXT not null, expires_at TEXT not null)`,
  `create table customers (
    id TEXT primary key, username TEXT not null, name TEXT not null, name_folded TEXT not null, kind TEXT not null, national_code TEXT not null,
    first_responder TEXT, second_responder TEXT, contract_signed_on TEXT, pin_hash TEXT, pin_state TEXT not null, failures INTEGER not null,
    locked INTEGER not null, locale TEXT not null, branch TEXT not null, created_at TEXT not null, updated_at TEXT not null,
    origin TEXT not null)`,
  `create table customer_words (
    customer_id TEXT not null references customers (id) on delete cascade, word TEXT not null, primary key (word, customer_id))`,
  `create table customer_numbers (
    customer_id TEXT not null references customers (id) on delete cascade, number TEXT not null, position INTEGER not null,
    primary key (customer_id, position))`,
  `create table security_questions (
    id TEXT primary key, customer_id TEXT not null, text TEXT not null, answer_hash TEXT not null, position INTEGER not null)`,
  `create table calls (
    id TEXT primary key, direction TEXT not null, state TEXT not null, outcome TEXT, caller_number TEXT not null, called_number TEXT not null,
    number_declared INTEGER not null, customer_id TEXT, candidates TEXT not null, agent_id TEXT, responder_order TEXT, started_at TEXT not null,
    answered_at TEXT, ended_at TEXT, held_since TEXT, hold_total_ms INTEGER not null, recording_id TEXT, entitlement TEXT, wrap_up TEXT,
    updated_at TEXT not null)`,
  `create table legs (
    id TEXT primary key, call_id TEXT not null references calls (id) on delete cascade, role TEXT not null, account_id TEXT, device TEXT,
    state TEXT not null, started_at TEXT not null, answered_at TEXT, ended_at TEXT, cause TEXT)`,
  `create table routing_steps (
    call_id TEXT not null references calls (id) on delete cascade, position INTEGER not null, responder_order TEXT not null, account_id TEXT not null,
    name TEXT not null, result TEXT not null, at TEXT not null, primary key (call_id, position))`,
  `create table verifications (
    call_id TEXT primary key, customer_id TEXT not null, state TEXT not null, questions TEXT not null, pin TEXT not null, attempts_left INTEGER not null,
    passed_at TEXT, expires_at TEXT, reason TEXT, updated_at TEXT not null)`,
  `create table instruments (
    code TEXT primary key, symbol TEXT not null, symbol_folded TEXT not null, name TEXT not null, name_folded TEXT not null, kind TEXT not null,
    lot INTEGER not null, active INTEGER not null)`,
  `create table orders (
    id TEXT primary key, number INTEGER not null, customer_id TEXT not null, section TEXT not null, instrument_code TEXT not null,
    terms TEXT not null, state TEXT not null, branch TEXT not null, filled_quantity INTEGER not null, claimed_by TEXT, reason TEXT, replaces TEXT,
    replaced_by TEXT, created_at TEXT not null, submitted_at TEXT, updated_at TEXT not null)`,
  `create table instructions (
    id TEXT primary key, order_id TEXT not null references orders (id) on delete cascade, kind TEXT not null, call_id TEXT not null,
    agent_id TEXT not null, state TEXT not null, read_back_at TEXT, submitted_at TEXT, recording_id TEXT, recording_offset_ms INTEGER,
    created_at TEXT not null)`,
  `create table fills (
    id TEXT primary key, order_id TEXT not null references orders (id) on delete cascade, quantity INTEGER not null, rial INTEGER not null,
    dealer_id TEXT not null, at TEXT not null)`,
  `create table recordings (
    id TEXT primary key, call_id TEXT not null, state TEXT not null, started_at TEXT not null, duration_ms INTEGER not null, sha256 TEXT,
    gaps TEXT not null, tracks TEXT not null, file TEXT)`,
  `create table ledger (
    seq INTEGER primary key, at TEXT not null, actor TEXT not null, action TEXT not null, subject TEXT not null, data TEXT not null,
    previous_hash TEXT not null, hash TEXT not null)`,
  'create table events (seq INTEGER primary key, at TEXT not null, type TEXT not null, data TEXT not null, audience TEXT not null)',
  `create table idempotency (
    scope TEXT not null, key TEXT not null, request_hash TEXT not null, status INTEGER not null, response TEXT not null, created_at TEXT not null,
    primary key (scope, key))`,
  `create table outbox (
    id TEXT primary key, kind TEXT not null, subject TEXT not null, payload TEXT not null, attempts INTEGER not null, next_at TEXT not null,
    delivered_at TEXT, last_error TEXT, created_at TEXT not null)`,
  'create table counters (name TEXT primary key, value INTEGER not null)',
];

const indexes = [
  'create index sessions_by_account on sessions (account_id)',
  'create index sessions_by_expiry on sessions (expires_at)',
  // A customer of the host's own base has a row here for secrets and display; what is unique there is the host's matter.
  "create unique index customers_by_username on customers (username) where origin = 'own'",
  "create unique index customers_by_national_code on customers (national_code) where origin = 'own'",
  'create index customers_by_first_responder on customers (first_responder)',
  'create index customers_by_second_responder on customers (second_responder)',
  'create index customer_words_by_customer on customer_words (customer_id)',
  'create index customers_by_name on customers (name_folded)',
  'create index customer_numbers_by_number on customer_numbers (number)',
  'create index security_questions_by_customer on security_questions (customer_id, position)',
  'create index calls_by_state on calls (state, started_at)',
  'create index calls_by_agent on calls (agent_id, state, started_at)',
  'create index calls_by_customer on calls (customer_id, started_at)',
  'create index calls_by_start on calls (started_at)',
  'create index legs_by_call on legs (call_id)',
  'create index legs_by_state on legs (state)',
  'create index verifications_by_customer on verifications (customer_id)',
  'create index verifications_by_update on verifications (updated_at)',
  'create index instruments_by_symbol on instruments (symbol_folded)',
  'create index instruments_by_name on instruments (name_folded)',
  // A draft has no number yet: numbers are given at submission, so that they have no gaps.
  'create unique index orders_by_number on orders (number) where number > 0',
  'create index orders_by_customer on orders (customer_id, created_at)',
  'create index orders_by_state on orders (state, submitted_at)',
  'create index orders_by_creation on orders (created_at)',
  'create index orders_by_replaced on orders (replaces)',
  'create index instructions_by_order on instructions (order_id)',
  'create index instructions_by_call on instructions (call_id)',
  'create index instructions_by_recording on instructions (recording_id)',
  'create index fills_by_order on fills (order_id)',
  'create index recordings_by_call on recordings (call_id)',
  'create index recordings_by_state on recordings (state)',
  'create index ledger_by_subject on ledger (subject, seq)',
  'create index events_by_instant on events (at)',
  'create index idempotency_by_instant on idempotency (created_at)',
  'create index outbox_by_due on outbox (delivered_at, next_at)',
  'create index outbox_by_subject on outbox (subject, id)',
];

export const first: Migration = { name: '001-first', statements: [...tables, ...indexes] };
