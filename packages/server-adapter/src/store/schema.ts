import type { Generated } from 'kysely';
import type { AnnouncementsTables } from './tables/announcements.ts';
import type { ArticlesTables } from './tables/articles.ts';
import type { BillingTables } from './tables/billing.ts';
import type { BuyersTables } from './tables/buyers.ts';
import type { CoursesTables } from './tables/courses.ts';
import type { CrmTables } from './tables/crm.ts';
import type { DevicesTables } from './tables/devices.ts';
import type { FaxesTables } from './tables/faxes.ts';
import type { InstallationsTables } from './tables/installations.ts';
import type { MessagesTables } from './tables/messages.ts';
import type { MissedCallsTables } from './tables/missed-calls.ts';
import type { PaymentsTables } from './tables/payments.ts';
import type { PresenceTables } from './tables/presence.ts';
import type { RecordingKeysTables } from './tables/recording-keys.ts';
import type { ReportsTables } from './tables/reports.ts';
import type { ServicePlansTables } from './tables/service-plans.ts';
import type { SupervisionTables } from './tables/supervision.ts';
import type { TicketsTables } from './tables/tickets.ts';
import type { TransfersTables } from './tables/transfers.ts';
import type { VirtualNumbersTables } from './tables/virtual-numbers.ts';
import type { VoicemailTables } from './tables/voicemail.ts';

/**
 * One schema for both dialects. To keep it one: instants are ISO-8601 UTC text (they sort), booleans are 0/1, structured
 * values are JSON text, ids are text, quantities and rials are 64-bit integers read as numbers.
 */
type Bit = 0 | 1;
type Json = string;
type InstantText = string;

export interface Database
  extends AnnouncementsTables,
    ArticlesTables,
    BillingTables,
    BuyersTables,
    CrmTables,
    CoursesTables,
    DevicesTables,
    FaxesTables,
    InstallationsTables,
    MessagesTables,
    MissedCallsTables,
    PaymentsTables,
    PresenceTables,
    RecordingKeysTables,
    ReportsTables,
    ServicePlansTables,
    SupervisionTables,
    TicketsTables,
    TransfersTables,
    VirtualNumbersTables,
    VoicemailTables {
  accounts: {
    id: string;
    username: string;
    name: string;
    roles: Json;
    branch: string;
    device: Json;
    on_leave: Bit;
    in_group: Bit;
    call_mode: Generated<'inbound' | 'outbound' | 'blended'>;
    /** The customer behind a buyer's account. */
    customer_id: Generated<string | null>;
    active: Bit;
    /** Null where the host signs people in. */
    password_hash: string | null;
    failures: number;
    locked_until: InstantText | null;
    /** Hash of the one-time secret with which the person sets their first password. */
    invite_hash: Generated<string | null>;
    invite_expires_at: Generated<InstantText | null>;
    locale: string;
    created_at: InstantText;
  };
  sessions: {
    /** SHA-256 of the cookie's value: a stolen database opens no session. */
    id_hash: string;
    account_id: string;
    created_at: InstantText;
    expires_at: InstantText;
  };
  customers: {
    id: string;
    username: string;
    name: string;
    name_folded: string;
    kind: string;
    national_code: string;
    first_responder: string | null;
    second_responder: string | null;
    contract_signed_on: string | null;
    pin_hash: string | null;
    pin_state: string;
    failures: number;
    locked: Bit;
    locale: string;
    branch: string;
    created_at: InstantText;
    updated_at: InstantText;
    /**
     * `host`: the customer lives in the host's directory, and this row only mirrors what orders and events show of them
     * and holds their verification secrets. Usernames and national codes are unique among `own` rows only.
     */
    origin: 'own' | 'host';
  };
  /** Each word of a customer's folded name, so that a part of a name is found through an index. */
  customer_words: { customer_id: string; word: string };
  customer_numbers: { customer_id: string; number: string; position: number };
  security_questions: { id: string; customer_id: string; text: string; answer_hash: string; position: number };
  calls: {
    id: string;
    direction: string;
    state: string;
    outcome: string | null;
    caller_number: string;
    called_number: string;
    number_declared: Bit;
    customer_id: string | null;
    candidates: Json;
    agent_id: string | null;
    responder_order: string | null;
    started_at: InstantText;
    answered_at: InstantText | null;
    ended_at: InstantText | null;
    held_since: InstantText | null;
    hold_total_ms: number;
    recording_id: string | null;
    entitlement: string | null;
    /** `CallPortal` of the contract. */
    portal: Json | null;
    wrap_up: Json | null;
    updated_at: InstantText;
    kind: 'desk' | 'virtual';
    /** What the far side of an outgoing leg sees as its caller. */
    presented_number: string | null;
    transfers: number;
    /** `string[]` */
    tags: Json;
    /** Who else is in the call now: `CallParty[]` of the contract. */
    parties: Json;
    /** Where the caller waits: `Call['waiting']` of the contract. */
    queue: Json | null;
    hold_alert_ms: number | null;
  };
  legs: {
    id: string;
    call_id: string;
    role: string;
    account_id: string | null;
    device: Json | null;
    state: string;
    started_at: InstantText;
    answered_at: InstantText | null;
    ended_at: InstantText | null;
    cause: string | null;
  };
  routing_steps: {
    call_id: string;
    position: number;
    responder_order: string;
    account_id: string;
    name: string;
    result: string;
    at: InstantText;
  };
  verifications: {
    call_id: string;
    customer_id: string;
    state: string;
    /** `[{ id, result }]`: which questions were drawn, in order. */
    questions: Json;
    pin: string;
    attempts_left: number;
    passed_at: InstantText | null;
    expires_at: InstantText | null;
    reason: string | null;
    updated_at: InstantText;
  };
  instruments: {
    code: string;
    symbol: string;
    symbol_folded: string;
    name: string;
    name_folded: string;
    kind: string;
    lot: number;
    active: Bit;
  };
  orders: {
    id: string;
    number: number;
    customer_id: string;
    section: string;
    instrument_code: string;
    terms: Json;
    state: string;
    branch: string;
    filled_quantity: number;
    claimed_by: string | null;
    reason: string | null;
    replaces: string | null;
    replaced_by: string | null;
    created_at: InstantText;
    submitted_at: InstantText | null;
    updated_at: InstantText;
  };
  instructions: {
    id: string;
    order_id: string;
    kind: string;
    call_id: string;
    agent_id: string;
    state: string;
    read_back_at: InstantText | null;
    submitted_at: InstantText | null;
    recording_id: string | null;
    recording_offset_ms: number | null;
    created_at: InstantText;
  };
  fills: { id: string; order_id: string; quantity: number; rial: number; dealer_id: string; at: InstantText };
  recordings: {
    id: string;
    call_id: string;
    state: string;
    started_at: InstantText;
    duration_ms: number;
    sha256: string | null;
    gaps: Json;
    /** The tracks at the exchange, `[{ name, role, offsetMs }]`, until they are assembled. */
    tracks: Json;
    /** While it is paused: why, and since when. */
    pause_reason: string | null;
    paused_at: InstantText | null;
    /** Key in the recording store, once assembled. */
    file: string | null;
    /** Why it cannot be stored at the moment; null when nothing is in the way. */
    waiting: string | null;
  };
  ledger: {
    seq: number;
    at: InstantText;
    actor: string;
    action: string;
    subject: string;
    data: Json;
    previous_hash: string;
    hash: string;
  };
  events: { seq: number; at: InstantText; type: string; data: Json; audience: Json };
  idempotency: {
    scope: string;
    key: string;
    request_hash: string;
    status: number;
    response: Json;
    created_at: InstantText;
  };
  outbox: {
    id: string;
    kind: string;
    subject: string;
    payload: Json;
    attempts: number;
    next_at: InstantText;
    delivered_at: InstantText | null;
    last_error: string | null;
    created_at: InstantText;
  };
  counters: { name: string; value: number };
}
