type Bit = 0 | 1;
type Json = string;
type InstantText = string;
type DayText = string;

export interface VirtualNumbersTables {
  projects: {
    id: string;
    name: string;
    info: string;
    /** `[{ label, number }]` */
    numbers_to_call: Json;
    numbering: string | null;
    dial_policy: Json;
    ends_on: DayText | null;
    ended_at: InstantText | null;
    created_at: InstantText;
    updated_at: InstantText;
  };
  fictitious_numbers: { id: string; number: string; project_id: string | null; created_at: InstantText };
  field_callers: {
    id: string;
    name: string;
    /** The real one: it leaves this table for managers' eyes, for the exchange and for SMS alone. */
    number: string;
    account_id: string | null;
    locale: string;
    active: Bit;
    created_at: InstantText;
  };
  pairings: {
    id: string;
    project_id: string;
    number_id: string;
    /** A copy, so that the past can be read when the number was given up. */
    fictitious_number: string;
    field_caller_id: string;
    spoken_id: number;
    expires_on: DayText | null;
    state: string;
    created_at: InstantText;
    ended_at: InstantText | null;
  };
  /** What a call of the kind `virtual` is about; the call itself stands among the calls. */
  field_calls: {
    call_id: string;
    kind: string;
    state: string;
    outcome: string | null;
    pairing_id: string;
    project_id: string;
    field_caller_id: string;
    fictitious_number: string;
    other_number: string;
    case_id: string | null;
    started_at: InstantText;
    answered_at: InstantText | null;
    ended_at: InstantText | null;
  };
  callback_cases: {
    id: string;
    field_caller_id: string;
    pairing_id: string;
    project_id: string;
    fictitious_number: string;
    other_number: string;
    ordinal: number;
    state: string;
    reason: string | null;
    missed: number;
    opened_at: InstantText;
    last_missed_at: InstantText;
    expires_at: InstantText;
    closed_at: InstantText | null;
  };
  refused_attempts: { id: string; at: InstantText; called: string; caller: string; reason: string };
}
