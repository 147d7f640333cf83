export interface BillingTables {
  price_lists: {
    id: string;
    state: 'draft' | 'published';
    version: number | null;
    revision: number;
    /** `PriceListContent` of the contract, as JSON. */
    content: string;
    valid_from: string | null;
    updated_at: string;
    updated_by: string;
    published_at: string | null;
    published_by: string | null;
  };
  /** The sum of the lines, kept with each of them, so that a debt is known at ring without adding anything up. */
  billing_accounts: {
    customer_id: string;
    currency: string;
    balance: number;
    level: string;
    /** How often a limit was crossed upwards: names the notice. */
    crossings: number;
    updated_at: string;
  };
  /** Only ever added to. */
  billing_entries: {
    id: string;
    seq: number;
    customer_id: string;
    kind: 'work' | 'correction' | 'payment' | 'refund';
    /** What is owed more, or less when it is negative. */
    amount: number;
    currency: string;
    dedupe_key: string;
    device_id: string | null;
    ticket_id: string | null;
    difficulty: string | null;
    quantity: number | null;
    unit_price: number | null;
    unit_minutes: number | null;
    price_list_id: string | null;
    price_list_version: number | null;
    note: string;
    corrects: string | null;
    payment_id: string | null;
    actor: string;
    at: string;
  };
  invoices: {
    id: string;
    number: number;
    kind: 'invoice' | 'credit-note';
    customer_id: string;
    total: number;
    currency: string;
    line_count: number;
    /** Who it was issued to, as they were called then: an invoice does not change when they move. JSON. */
    billed_to: string;
    issued_by: string;
    issued_at: string;
  };
  invoice_lines: { entry_id: string; invoice_id: string; position: number };
  billing_overrides: {
    id: string;
    customer_id: string;
    state: 'requested' | 'granted' | 'declined' | 'ended';
    reason: string;
    requested_by: string;
    requested_name: string;
    requested_at: string;
    decided_by: string | null;
    decided_name: string | null;
    decided_at: string | null;
    decision: string | null;
    ends_at: string | null;
  };
}
