export interface DevicesTables {
  device_types: {
    id: string;
    /** `LocalTexts` of the contract. */
    names: string;
    brand: string;
    model: string;
    /** Brand and model, folded: one type for each. */
    model_key: string;
    kind: string;
    service_months: number;
    warranty_months: number;
    active: 0 | 1;
    created_at: string;
    updated_at: string;
  };
  devices: {
    id: string;
    customer_id: string;
    type_id: string;
    serial: string | null;
    /** The folded forms are what is searched, and what makes a device the only one. */
    serial_key: string | null;
    dongle: string | null;
    dongle_key: string | null;
    user_id: string | null;
    user_key: string | null;
    installed_on: string | null;
    installation_sealed: 0 | 1;
    warranty_ends_on: string | null;
    service_ends_on: string | null;
    renewed: 0 | 1;
    service_choice: 'none' | 'per-case' | 'declined';
    choice_reason: string | null;
    created_at: string;
    updated_at: string;
  };
  imports: {
    id: string;
    kind: string;
    file_name: string;
    state: string;
    parts: number;
    rows_count: number;
    checked: number;
    applied: number;
    /** `ImportFault[]` of the contract. */
    faults: string;
    fault_count: number;
    preview: string;
    created_by: string;
    created_at: string;
    ended_at: string | null;
  };
  /** The file, as it came; deleted when the import has ended. */
  import_parts: { import_id: string; part: number; csv: string };
}
