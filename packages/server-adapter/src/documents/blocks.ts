import type { Locale } from '@callweave/sdk/protocol';

/** Something that is printed, signed or filed: an invoice, a receipt, a certificate. A4, in the direction of its language. */
export interface PrintableDocument {
  readonly locale: Locale;
  /** At the head of the first page, and the title that a reader's window shows. */
  readonly title: string;
  /** Who issues it: above the title, and the author in the metadata. */
  readonly issuer?: string;
  /** A line below the title, for example "Invoice 1024". */
  readonly subtitle?: string;
  /** On every page beside the page number, for example the invoice's number. */
  readonly reference?: string;
  /** Stands in the metadata instead of the time of printing, so that the same content gives the same bytes. */
  readonly issuedAt: Date;
  readonly blocks: readonly DocumentBlock[];
}

export type DocumentBlock =
  | HeadingBlock
  | ParagraphBlock
  | FactsBlock
  | ListBlock
  | TableBlock
  | TotalsBlock
  | CodeBlock
  | SignaturesBlock;

export interface HeadingBlock {
  readonly kind: 'heading';
  readonly text: string;
}

/** Line breaks in the text are kept. */
export interface ParagraphBlock {
  readonly kind: 'paragraph';
  readonly text: string;
  /** @default 'normal' */
  readonly tone?: 'normal' | 'muted' | 'strong';
  /** Of a text in another language than the document. @default that of the document */
  readonly direction?: 'ltr' | 'rtl';
}

/** Names with their values, one below the other. */
export interface FactsBlock {
  readonly kind: 'facts';
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Serial numbers, telephone numbers and codes read from left to right in any language. @default false */
  readonly ltr?: boolean;
}

export interface ListBlock {
  readonly kind: 'list';
  readonly items: readonly string[];
  /** Numbers, or boxes with a tick. @default 'number' */
  readonly mark?: 'number' | 'tick';
}

/** Runs over as many pages as it needs; each repeats the heads. A row is never cut in two unless it is longer than a page. */
export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
  /** One text for each column. */
  readonly rows: readonly (readonly string[])[];
}

export interface TableColumn {
  readonly title: string;
  /** Share of the width among all columns. @default 1 */
  readonly share?: number;
  /** Figures stand at the end. @default 'start' */
  readonly align?: 'start' | 'end';
  /** As of {@link Fact}. @default false */
  readonly ltr?: boolean;
}

/** Sums at the end side of the page; kept on one page. */
export interface TotalsBlock {
  readonly kind: 'totals';
  readonly lines: readonly { readonly name: string; readonly value: string; readonly strong?: boolean }[];
}

/** A code to be typed in somewhere else, in large letters, from left to right. */
export interface CodeBlock {
  readonly kind: 'code';
  readonly label: string;
  readonly code: string;
  /** Where it is typed in; printed below and clickable. */
  readonly url?: string;
}

/** Lines to sign on, side by side. */
export interface SignaturesBlock {
  readonly kind: 'signatures';
  readonly names: readonly string[];
}
