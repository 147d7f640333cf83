export interface ServicePlansTables {
  service_choices: {
    id: string;
    device_id: string;
    /** Counts the choices of the device: the last one is the one that is shown. */
    seq: number;
    /** Who chose: a device that is given on leaves its choices behind. */
    customer_id: string;
    kind: string;
    state: string;
    years: number | null;
    amount: number | null;
    currency: string | null;
    price_list_id: string | null;
    price_list_version: number | null;
    price_holds_until: string | null;
    payment_id: string | null;
    reason: string | null;
    /** The last day of service before a paid renewal, to be able to take it back. */
    service_ended_before: string | null;
    service_ends_on: string | null;
    actor: string;
    chosen_at: string;
    settled_at: string | null;
  };
}
