import type { ImportFaultCode, ImportKindName } from '@callweave/sdk/protocol';
import type { Tx } from '../store/store.ts';

export interface ImportColumn {
  /** As faults and previews name it. */
  readonly name: string;
  readonly required: boolean;
  /** Headings that mean it, besides its name; spaces, punctuation and the writing of letters do not matter. */
  readonly headings: readonly string[];
}

/** One line of a file: the cells that hold something, by column. */
export interface ImportLine {
  /** As an editor counts. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** What is wrong with a line. */
export type Fault = (line: number, column: string | null, code: ImportFaultCode, message: string) => void;

/** A line that can be written. */
export interface CheckedRow<Row> {
  readonly line: number;
  readonly row: Row;
  /** What no other line of the file may have as well: `{ column: 'serial', value: 'a12 of type 7' }`. */
  readonly unique: readonly { readonly column: string; readonly value: string }[];
}

export interface ImportActor {
  readonly importId: string;
  readonly accountId: string;
}

/**
 * What can be imported. Rows are checked in portions before anything is written; when all are right and a person has
 * confirmed, all are written in one transaction, portion after portion.
 */
export interface ImportKind<Row = unknown> {
  readonly name: ImportKindName;
  readonly columns: readonly ImportColumn[];
  /** Reads a portion of lines and holds it against what is there. Called outside of writes. */
  check(lines: readonly ImportLine[], fault: Fault): Promise<readonly CheckedRow<Row>[]>;
  /** Writes a portion. A fault it reports (the world has changed since) takes back the whole import. */
  apply(tx: Tx, rows: readonly CheckedRow<Row>[], actor: ImportActor, fault: Fault): Promise<void>;
  /** Runs once after the last portion, in the same write: tells pages. */
  applied?(tx: Tx, rows: readonly CheckedRow<Row>[]): Promise<void>;
}
