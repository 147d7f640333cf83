export interface BuyersTables {
  /** Values of master data before and after each change: personal data, so they stand here and not in the chain. */
  changes: {
    id: string;
    at: string;
    /** Account id, or `system`. */
    actor: string;
    subject: string;
    /** JSON: `Record<field, {from, to}>`, canonical. */
    changes: string;
    reason: string | null;
    /** Salts the digest in the ledger: a town or a telephone could otherwise be guessed from it. */
    nonce: string;
  };
  /** What a buyer is beyond the customer. */
  buyers: {
    customer_id: string;
    national_code: string;
    /** E.164: the first declared number of the customer, as of the last write. */
    telephone: string;
    /** Name of the main operator of the device. */
    operator: string;
    /** Copies of what the customer base says, so that no document or notice asks a host's base inside a write. */
    name: string;
    name_folded: string;
    locale: string;
    city: string;
    street: string;
    building: string;
    created_at: string;
    updated_at: string;
  };
}
