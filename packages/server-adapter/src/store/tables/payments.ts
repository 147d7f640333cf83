export interface PaymentsTables {
  payments: {
    id: string;
    /** What asked for this payment, once: whoever asks again gets the first one. */
    dedupe_key: string;
    purpose: string;
    subject: string;
    customer_id: string;
    /** Who opened it. */
    account_id: string;
    description: string;
    amount: number;
    currency: string;
    state: string;
    paid_attempt_id: string | null;
    receipt_number: number | null;
    /** Why somebody has to look at it; follows from its attempts and refunds. */
    unsettled: string | null;
    created_at: string;
    expires_at: string;
    paid_at: string | null;
    refunded_at: string | null;
  };
  payment_attempts: {
    /** Also the last part of the address to which the gateway sends the browser back. */
    id: string;
    payment_id: string;
    gateway: string;
    authority: string | null;
    state: string;
    amount: number;
    currency: string;
    /** What the gateway confirmed, where it says so. */
    confirmed_amount: number | null;
    reference: string | null;
    /** Masked. */
    card: string | null;
    reason: string | null;
    /** Paid at the gateway, and the write that says so failed. */
    booking_failed: 0 | 1;
    /** Where the browser goes at the end: checked when it was given. */
    return_to: string;
    checks: number;
    /** When the gateway is asked next; null when it never is again. */
    next_check_at: string | null;
    created_at: string;
    checked_at: string | null;
    verified_at: string | null;
  };
  payment_refunds: {
    id: string;
    payment_id: string;
    attempt_id: string;
    amount: number;
    currency: string;
    how: string;
    state: string;
    reason: string;
    reference: string | null;
    actor: string;
    problem: string | null;
    created_at: string;
    done_at: string | null;
  };
}
