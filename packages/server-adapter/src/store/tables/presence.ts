export interface PresenceTables {
  /** What people have said of themselves, and what was last shown of them. */
  presences: {
    account_id: string;
    ready: 0 | 1;
    reason: string | null;
    do_not_disturb: 0 | 1;
    declared_at: string | null;
    declared_by: string | null;
    /** Of their browser phone: `registered`, `unregistered`, `unknown`. */
    phone: string;
    /** The call whose wrap-up was extended: once is enough. */
    extended_call: string | null;
    /** The presence as it was last published, as JSON. */
    shown: string | null;
    /** The call that what was published speaks of. */
    call_id: string | null;
    since: string;
  };
  /** Callers who hung up and kept their place in a queue. */
  queue_callbacks: {
    id: string;
    /** The call in which they asked for it. */
    call_id: string;
    queue_id: string;
    number: string;
    /** Our number that they had called: they see it when they are called back. */
    called_number: string;
    customer_id: string | null;
    locale: string;
    /** Their place: as long as they have waited, on the line and off it. */
    since: string;
    state: string;
    attempts: number;
    next_at: string | null;
    /** The call back that is under way, or was the last. */
    callback_call_id: string | null;
    created_at: string;
    ended_at: string | null;
  };
  /** What a place in a queue costs in time: a moving average over those who were answered. */
  queue_waits: { queue_id: string; ms_per_place: number; answered: number };
}
