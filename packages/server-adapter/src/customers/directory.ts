import type { CustomerKind, Locale } from '@callweave/sdk/protocol';

/** What the desk needs to know of a customer, wherever the customer base lives. */
export interface DirectoryCustomer {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly kind: CustomerKind;
  /** E.164. */
  readonly numbers: readonly string[];
  /** Account ids, first and second (A6). */
  readonly responders: readonly string[];
  readonly contractSignedOn: string | null;
  readonly locale: Locale;
}

/**
 * The customer base as a port: ours (the embedded store) by default, or the host's own table. A look-up never creates.
 * Verification secrets (questions, PIN, lock) always live in our store, keyed by the customer's id, so that no host
 * table has to hold them.
 */
export interface Directory {
  /** Everyone who has this E.164 number; several people may share one. */
  findByNumber(number: string): Promise<readonly DirectoryCustomer[]>;
  findById(id: string): Promise<DirectoryCustomer | undefined>;
  /** By name, username, national code or number, folded; best match first. */
  search(query: string, limit: number): Promise<readonly DirectoryCustomer[]>;
  /** Ids of the customers whom this account serves as a responder. Without it an agent's list holds only orders they took themselves. */
  servedBy?(accountId: string): Promise<readonly string[]>;
  /** Slot shown on the badge at ring (G6), in the agent's words; undefined shows nothing. */
  entitlement?(id: string): Promise<string | undefined>;
}
