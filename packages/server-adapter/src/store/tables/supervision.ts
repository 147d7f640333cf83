export interface SupervisionTables {
  supervisions: {
    id: string;
    call_id: string;
    account_id: string;
    leg_id: string;
    mode: string;
    state: string;
    reason: string;
    /** The agent's page shows it. */
    visible: 0 | 1;
    escalation_id: string | null;
    /** The recording of what they say to everybody. */
    track: string | null;
    since: string;
    ended_at: string | null;
  };
  escalations: {
    id: string;
    call_id: string;
    agent_id: string;
    note: string;
    state: string;
    unanswered: 0 | 1;
    supervisor_id: string | null;
    created_at: string;
    accepted_at: string | null;
    closed_at: string | null;
  };
  /** One row for each thing that was heard: a recording, or a live call for as long as the mode stayed the same. */
  listening_log: {
    id: string;
    kind: string;
    account_id: string;
    call_id: string | null;
    recording_id: string | null;
    /** A message that a caller had left. */
    voicemail_id: string | null;
    agent_id: string | null;
    supervision_id: string | null;
    reason: string;
    started_at: string;
    ended_at: string | null;
  };
}
