export interface TransfersTables {
  one_time_codes: {
    id: string;
    /** What it confirms: `transfer:ID`. */
    subject: string;
    purpose: string;
    /** Keyed fingerprint of the telephone it went to. */
    recipient: string;
    /** Keyed with the pepper, and bound to the id: useless without the key, and for any other row. */
    code_hash: string;
    attempts: number;
    sent_at: string;
    expires_at: string;
    used_at: string | null;
  };
  transfers: {
    id: string;
    device_id: string;
    /** The same, as long as the transfer goes on. */
    running_device_id: string | null;
    /** The present owner. */
    customer_id: string;
    state: string;
    /** JSON: brand, model, identifier, as they were when it began. */
    device: string;
    /** JSON: name, national code, telephone, language. */
    new_owner: string;
    /** The house rule for debts when it began: what the owners read. */
    debt_rule: 'paid-first' | 'stays';
    /** SHA-256 of the link's token: a stolen database opens no link. */
    token_hash: string | null;
    started_by: string;
    started_at: string;
    expires_at: string;
    /** What each has consented to: canonical JSON, whose digest stands in the chain. */
    owner_record: string | null;
    new_owner_record: string | null;
    decided_by: string | null;
    decided_name: string | null;
    decided_at: string | null;
    reason: string | null;
    new_customer_id: string | null;
    ended_at: string | null;
    revision: number;
  };
}
