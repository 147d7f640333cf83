export interface InstallationsTables {
  checklists: {
    id: string;
    /** A device type, or `general`. */
    type_id: string;
    version: number;
    state: 'draft' | 'published';
    /** `ChecklistItem[]` of the contract. */
    items: string;
    revision: number;
    updated_at: string;
    published_at: string | null;
  };
  installations: {
    id: string;
    device_id: string;
    /** The device's type when the form was prepared. */
    type_id: string;
    customer_id: string;
    state: 'waiting' | 'confirmed' | 'withdrawn';
    /** As it was when the form was prepared: brand, model, serial. */
    device: string;
    checklist_id: string;
    installed_on: string;
    notes: string;
    revision: number;
    prepared_by: string;
    prepared_at: string;
    confirmed_at: string | null;
    /** Of the certificate. */
    code: string | null;
    /** What was confirmed, by whom and from where: canonical JSON, whose digest stands in the chain. */
    record: string | null;
  };
}
