export interface VoicemailTables {
  voicemail_messages: {
    /** Also the recording's name at the exchange. */
    id: string;
    box: string;
    call_id: string | null;
    /**
     * `greeting`: the caller hears it. `recording`: they speak, or are about to. `storing`: they have spoken; what there is
     * waits to be brought home. Then `stored`, or `failed`.
     */
    state: string;
    /** Until their call has ended, which may be after the message is stored. */
    leg: string | null;
    caller_number: string;
    called_number: string;
    locale: string;
    customer_id: string | null;
    /** JSON: ids of customers who share the number. */
    candidates: string;
    started_at: string;
    /** From when the limit counts: the tone. */
    spoken_at: string | null;
    duration_ms: number;
    file: string | null;
    sha256: string | null;
    heard_at: string | null;
    heard_by: string | null;
    note: string;
    deleted_at: string | null;
  };
  /** What the callers of a box hear, where its people have spoken one. */
  voicemail_greetings: {
    box: string;
    id: string;
    duration_ms: number;
    file: string;
    sha256: string;
    recorded_at: string;
    recorded_by: string;
  };
  /** Greetings that are being spoken, or were replaced: their sound is still to be deleted. */
  voicemail_takes: { id: string; box: string; at: string };
}
