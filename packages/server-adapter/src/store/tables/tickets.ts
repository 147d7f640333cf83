type Bit = 0 | 1;

export interface TicketsTables {
  tickets: {
    id: string;
    number: number;
    /** Counts every change: of two at once, the second learns that it was late. */
    version: number;
    customer_id: string;
    device_id: string;
    /** JSON: brand, model and serial, as they were when the ticket was made. */
    device: string;
    title: string;
    description: string;
    priority: string;
    state: string;
    closed: Bit;
    closed_at: string | null;
    closed_by: string | null;
    closed_name: string | null;
    assignee_id: string | null;
    assignee_name: string | null;
    created_by: string;
    created_name: string;
    call_id: string | null;
    created_at: string;
    /** When anything changed that the customer sees. */
    updated_at: string;
    first_answer_due: string | null;
    first_answered_at: string | null;
    first_answer_late: Bit;
    /** Since when it waits for the technical team; null while it waits for the customer. */
    resolution_since: string | null;
    /** Working time that it has waited before that. */
    resolution_spent_ms: number;
    resolution_due: string | null;
    resolved_at: string | null;
    resolution_late: Bit;
    /** The earlier of what is due. */
    next_due: string | null;
    entries: number;
    /** Those that are not internal. */
    shown_entries: number;
  };
  ticket_entries: {
    id: string;
    ticket_id: string;
    at: string;
    kind: string;
    by_id: string;
    by_name: string;
    text: string;
    /** JSON: what this kind of entry has besides. */
    details: string;
    internal: Bit;
  };
  ticket_attachments: {
    id: string;
    /** Who uploaded it. */
    account_id: string;
    upload_id: string;
    /** Null until a message names it. */
    ticket_id: string | null;
    entry_id: string | null;
    name: string;
    media_type: string;
    bytes: number;
    sha256: string;
    /** Key in the recording store; null when it was removed. */
    file: string | null;
    state: string;
    scanned: Bit;
    /** What the scanner called the malware. */
    finding: string | null;
    created_at: string;
  };
  /** Each word of a ticket, folded, and its number: looked up by its beginning. */
  ticket_words: { word: string; ticket_id: string };
}
