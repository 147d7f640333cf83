export interface CrmTables {
  crm_records: {
    /** The choice of service. */
    id: string;
    device_id: string;
    customer_id: string;
    state: string;
    /** The last message about it: only when this one has arrived, the CRM knows everything. */
    message_id: string;
    problem: string | null;
    attempts: number;
    remote_id: string | null;
    changed_at: string;
    synced_at: string | null;
  };
}
