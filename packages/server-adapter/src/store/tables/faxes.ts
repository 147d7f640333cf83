export interface FaxesTables {
  faxes: {
    /** Also the fax's name at the exchange. */
    id: string;
    state: string;
    source: string;
    /** What the provider calls it: handed in twice, it is stored once. */
    provider_id: string | null;
    /** While it comes in over our line. */
    leg: string | null;
    caller_number: string;
    station_id: string;
    called_number: string;
    started_at: string;
    finished_at: string | null;
    format: string | null;
    /** Key in the recording store. */
    file: string | null;
    pages: number;
    damaged_lines: number;
    failure: string | null;
    failure_detail: string;
    customer_id: string | null;
    /** JSON: ids of customers who share the number, while none is chosen. */
    candidates: string;
    read_at: string | null;
    note: string;
    sha256: string | null;
    deleted_at: string | null;
  };
}
