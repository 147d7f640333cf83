export interface MissedCallsTables {
  missed_calls: {
    id: string;
    /** E.164. */
    number: string;
    /** Numbers of ours of one group count as one. */
    number_group: string;
    called_number: string;
    customer_id: string | null;
    /** What the call said of its customer, as JSON. */
    customer: string | null;
    /** Ids of everybody whom the caller's number names, as JSON. */
    customer_ids: string;
    count: number;
    attempts: number;
    first_at: string;
    last_at: string;
    last_outcome: string;
    state: string;
    claimed_by: string | null;
    claimed_name: string | null;
    claimed_until: string | null;
    /** Whether the customers' responders are known, and the text message is queued. */
    settled: 0 | 1;
    message_id: string | null;
    ended_at: string | null;
    end_reason: string | null;
    ended_by: string | null;
    ended_name: string | null;
    end_note: string | null;
  };
  /** The responders of the customer: who sees a case besides the group. */
  missed_call_viewers: { missed_call_id: string; account_id: string };
  /** Calls that count in a case, each once: those missed, and those back in vain. */
  missed_call_calls: { call_id: string; missed_call_id: string };
}
