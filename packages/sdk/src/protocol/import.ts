import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Id, Instant, line } from './primitives.ts';

const manages = ['manager'] as const;

/** What can be imported. Each kind says its own columns. */
export const IMPORT_KINDS = ['devices', 'buyers'] as const;
export type ImportKindName = (typeof IMPORT_KINDS)[number];

/**
 * `receiving`: parts of the file are still to come. `checking`: every row is held against what is there; nothing is written. `ready`: all rows can be done. `faulty`: some
 * cannot, and nothing will be. `applying`: confirmed; all rows are written together. Then `applied`. `aborted`: taken back
 * before anything was written.
 */
export const IMPORT_STATES = ['receiving', 'checking', 'ready', 'faulty', 'applying', 'applied', 'aborted'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What can be wrong with one cell; widgets translate it. */
export const IMPORT_FAULTS = [
  'columns',
  'missing',
  'too-long',
  'not-a-day',
  'not-a-number',
  'not-a-code',
  'unknown',
  'unknown-customer',
  'unknown-type',
  'taken',
  'twice',
  'one-needed',
  'order-of-days',
] as const;
export type ImportFaultCode = (typeof IMPORT_FAULTS)[number];

export const ImportFault = z.object({
  /** As an editor counts: the heading is line 1. */
  line: z.int(),
  column: z.nullable(z.string()),
  code: z.enum(IMPORT_FAULTS),
  message: z.string(),
});
export type ImportFault = z.infer<typeof ImportFault>;

/** A file on its way into the house. */
export const Import = z.object({
  id: Id,
  kind: z.enum(IMPORT_KINDS),
  /** As the person who chose it knows it. */
  fileName: z.string(),
  state: z.enum(IMPORT_STATES),
  rows: z.int(),
  /** Rows that were looked at. */
  checked: z.int(),
  /** Rows that were written: none, or all. */
  applied: z.int(),
  /** The first thousand; `faultCount` tells of all. */
  faults: z.array(ImportFault),
  faultCount: z.int(),
  /** The first rows as they were understood, by column. */
  preview: z.array(z.object({ line: z.int(), cells: z.record(z.string(), z.string()) })),
  createdBy: Id,
  createdAt: Instant,
  endedAt: z.nullable(Instant),
});
export type Import = z.infer<typeof Import>;

export const imports = {
  columns: endpoint({
    method: 'GET',
    path: '/import-columns',
    summary: 'The columns that a file of this kind may have, with the headings that are understood',
    access: manages,
    input: z.object({ kind: z.enum(IMPORT_KINDS) }),
    output: z.object({
      columns: z.array(z.object({ name: z.string(), required: z.boolean(), headings: z.array(z.string()) })),
    }),
  }),
  upload: endpoint({
    method: 'POST',
    path: '/imports',
    summary: 'Give in a CSV file; its rows are checked, and nothing is written',
    access: manages,
    input: z.object({
      kind: z.enum(IMPORT_KINDS),
      fileName: z._default(line(200), 'import.csv'),
      /** A larger file than fits into one request comes in parts; `more` says that another follows. */
      csv: z.string().check(z.maxLength(1_000_000)),
      more: z._default(z.boolean(), false),
    }),
    output: Import,
    problems: ['import-unreadable'],
  }),
  append: endpoint({
    method: 'POST',
    path: '/imports/{importId}/parts',
    summary: 'Give in a further part of a file',
    access: manages,
    input: z.object({
      importId: Id,
      /** Counted from 1 for the first part that follows the upload. */
      part: z.int().check(z.gte(1), z.lte(100)),
      csv: z.string().check(z.maxLength(1_000_000)),
      more: z._default(z.boolean(), false),
    }),
    output: Import,
    problems: ['import-unreadable', 'import-state'],
  }),
  get: endpoint({
    method: 'GET',
    path: '/imports/{importId}',
    summary: 'How far an import is',
    access: manages,
    input: z.object({ importId: Id }),
    output: Import,
  }),
  list: endpoint({
    method: 'GET',
    path: '/imports',
    summary: 'Imports, the newest first',
    access: manages,
    input: z.object({
      kind: z.optional(z.enum(IMPORT_KINDS)),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 20),
    }),
    output: z.object({ imports: z.array(Import) }),
  }),
  confirm: endpoint({
    method: 'POST',
    path: '/imports/{importId}/confirm',
    summary: 'Write all rows of a checked import together; it goes on by itself, also after a restart',
    access: manages,
    input: z.object({ importId: Id }),
    output: Import,
    problems: ['import-state'],
  }),
  abort: endpoint({
    method: 'POST',
    path: '/imports/{importId}/abort',
    summary: 'Take back an import that was not written yet; its file is forgotten',
    access: manages,
    input: z.object({ importId: Id }),
    output: Import,
    problems: ['import-state'],
  }),
} as const;
