export interface AnnouncementsTables {
  /** Who has written to us by WhatsApp lately (E.164), so that they may be answered in free words. */
  whatsapp_conversations: { number: string; heard_at: string };
  announcements: {
    id: string;
    category: string;
    /** `LocalTexts` of the contract. */
    title: string;
    content: string;
    /** `AnnouncementAudience` of the contract. */
    audience: string;
    state: string;
    publish_at: string | null;
    published_at: string | null;
    /** Every recipient has it. */
    fanned_out_at: string | null;
    /** The last customer that was looked at. */
    fan_out_after: string;
    withdrawn_at: string | null;
    withdrawn_reason: string | null;
    created_at: string;
    created_by: string;
    updated_at: string;
  };
  /** An announcement at one buyer. */
  notifications: {
    id: string;
    announcement_id: string;
    customer_id: string;
    category: string;
    withdrawn: 0 | 1;
    created_at: string;
    read_at: string | null;
    acknowledged_at: string | null;
    /** When the message is to be sent; null once it was, or when there is none. */
    message_due_at: string | null;
    message_id: string | null;
    /** Why there is no message. */
    no_message: string | null;
  };
  /** What a buyer has agreed to, or not; the history stands in the ledger. */
  consents: {
    customer_id: string;
    category: string;
    channel: string;
    granted: 0 | 1;
    source: string;
    at: string;
  };
}
