export interface CoursesTables {
  course_partners: {
    id: string;
    name: string;
    active: 0 | 1;
    webhook_url: string | null;
    /** The secret itself is derived: it stands in no table. */
    webhook_secret_version: number;
    created_at: string;
  };
  course_partner_keys: {
    /** Stands in the key. */
    id: string;
    partner_id: string;
    fingerprint: string;
    /** JSON. */
    scopes: string;
    created_at: string;
    ends_at: string | null;
    /** By the day: which key is in use, and not how often. */
    last_used_at: string | null;
  };
  courses: {
    id: string;
    partner_id: string | null;
    reference: string | null;
    state: 'offered' | 'published' | 'withdrawn';
    /** `CourseContent` of the contract, as JSON. */
    content: string;
    updated_at: string;
  };
  course_orders: {
    id: string;
    course_id: string;
    partner_id: string | null;
    customer_id: string;
    /** The course as it was when it was ordered. */
    content: string;
    amount: number;
    currency: string;
    state: 'awaiting-payment' | 'making' | 'ready' | 'in-doubt' | 'failed' | 'refunded';
    /** The player was asked to make the licence, and what came of it is not written yet. */
    asked: 0 | 1;
    reason: string | null;
    payment_id: string;
    licence_id: string | null;
    licence_key: string | null;
    licence_url: string | null;
    created_at: string;
    paid_at: string | null;
    refunded_at: string | null;
  };
}
