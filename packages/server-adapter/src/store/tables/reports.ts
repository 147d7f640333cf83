export interface ReportsTables {
  /** Calls that still change a figure, or did lately: what each has added so far. */
  wallboard_calls: {
    call_id: string;
    day: string;
    /** Empty: came through none. */
    queue: string;
    branch: string;
    waiting_since: string | null;
    talking: 0 | 1;
    /** What of it stands in `wallboard_days` now, as JSON. */
    counted: string;
    updated_at: string;
  };
  /** Sums of one day where the market is. */
  wallboard_days: {
    day: string;
    queue: string;
    branch: string;
    offered: number;
    answered: number;
    answered_in_time: number;
    abandoned: number;
    abandoned_early: number;
    missed: number;
    callbacks: number;
    /** Until an answer, of those that were answered, together. */
    wait_ms: number;
    outbound: number;
    outbound_answered: number;
  };
  wallboard_agents: { account_id: string; state: string; branch: string };
  /** One row per call, with what calls are looked for by; empty text where there is none. */
  call_history: {
    call_id: string;
    started_at: string;
    kind: string;
    direction: string;
    outcome: string;
    /** The far side's, in E.164. */
    number: string;
    /** Its digits from the last to the first: its end is found as a beginning. */
    reversed_number: string;
    customer_id: string;
    agent_id: string;
    queue_id: string;
  };
  call_history_tags: { tag: string; started_at: string; call_id: string };
}
