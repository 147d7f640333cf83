import * as z from 'zod/mini';
import { CustomerSummary } from './customer.ts';
import { endpoint } from './endpoint.ts';
import { Empty, Id, Instant, paragraph } from './primitives.ts';

/**
 * `receiving`: pages are coming, or are being stored. `failed`: `failure` says why; pages that came whole are there.
 * `expired`: the pages were deleted at the end of their time; that it came stays.
 */
export const FaxState = z.enum(['receiving', 'received', 'failed', 'expired']);
export type FaxState = z.infer<typeof FaxState>;

/**
 * `broken-off`: the sender, or the line, ended it. `outcome-unknown`: it ended while the desk was away; what is there is
 * whole pages, and perhaps not all. `unreadable`: what came is no fax. `too-large`: more than is taken.
 * `unsupported`: the exchange has no fax.
 */
export const FaxFailure = z.enum(['broken-off', 'outcome-unknown', 'unreadable', 'too-large', 'unsupported']);
export type FaxFailure = z.infer<typeof FaxFailure>;

export const Fax = z.object({
  id: Id,
  state: FaxState,
  /** Over our own line, or handed in by a provider's webhook. */
  source: z.enum(['line', 'provider']),
  /** Caller id in E.164; empty when withheld. A sender is recognised by it alone. */
  from: z.string(),
  /** What the sender's machine calls itself. Anybody can claim anything: for reading, not for deciding. */
  stationId: z.string(),
  to: z.string(),
  startedAt: Instant,
  finishedAt: z.nullable(Instant),
  format: z.nullable(z.enum(['tiff', 'pdf'])),
  pages: z.int(),
  /** Lines that arrived broken, of all pages. */
  damagedLines: z.int(),
  failure: z.nullable(FaxFailure),
  /** The machine's or the provider's own words, for whoever looks after the line. */
  failureDetail: z.string(),
  customer: z.nullable(CustomerSummary),
  /** Customers who share the sender's number, while none is chosen. */
  candidates: z.array(CustomerSummary),
  readAt: z.nullable(Instant),
  note: z.string(),
  /** Lower-case hex SHA-256 of the file as it came. */
  sha256: z.nullable(z.string()),
  /** In the bin since; restored, or gone for good at `binnedUntil`. */
  deletedAt: z.nullable(Instant),
  binnedUntil: z.nullable(Instant),
});
export type Fax = z.infer<typeof Fax>;

const readers = ['agent', 'supervisor', 'manager'] as const;
const one = z.object({ faxId: Id });

export const FAX_MAX_BYTES = 20 * 1024 * 1024;

export const faxes = {
  list: endpoint({
    method: 'GET',
    path: '/faxes',
    summary: 'Faxes, newest first, a page at a time',
    access: readers,
    input: z.object({
      customerId: z.optional(Id),
      unread: z.optional(z.stringbool()),
      /** What is in the bin, instead of what is not. */
      deleted: z.optional(z.stringbool()),
      /** The last id of the page before. */
      before: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
    }),
    output: z.object({ faxes: z.array(Fax), unread: z.int(), more: z.boolean() }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/faxes/{faxId}',
    summary: 'One fax',
    access: readers,
    input: one,
    output: Fax,
  }),
  assign: endpoint({
    method: 'PUT',
    path: '/faxes/{faxId}/customer',
    summary: 'Says whose fax it is; null takes it back',
    access: readers,
    input: z.object({ faxId: Id, customerId: z.nullable(Id) }),
    output: Fax,
  }),
  markRead: endpoint({
    method: 'PUT',
    path: '/faxes/{faxId}/read',
    summary: 'Marks as read, or as unread again',
    access: readers,
    input: z.object({ faxId: Id, read: z.boolean() }),
    output: Fax,
  }),
  note: endpoint({
    method: 'PUT',
    path: '/faxes/{faxId}/note',
    summary: 'Writes the note beside a fax; empty removes it',
    access: readers,
    input: z.object({ faxId: Id, note: paragraph(2000) }),
    output: Fax,
  }),
  delete: endpoint({
    method: 'DELETE',
    path: '/faxes/{faxId}',
    summary: 'Puts a fax into the bin, from where it can be restored for some days',
    access: readers,
    input: one,
    output: Fax,
    problems: ['fax-not-finished'],
  }),
  restore: endpoint({
    method: 'POST',
    path: '/faxes/{faxId}/restore',
    summary: 'Takes a fax out of the bin',
    access: readers,
    input: one,
    output: Fax,
  }),
  page: endpoint({
    method: 'GET',
    path: '/faxes/{faxId}/pages/{page}',
    summary: 'The picture of a page, counted from 1',
    access: readers,
    input: z.object({ faxId: Id, page: Id }),
    output: Empty,
    bytes: 'image/png',
    problems: ['fax-not-finished'],
  }),
  pdf: endpoint({
    method: 'GET',
    path: '/faxes/{faxId}/pdf',
    summary: 'All pages as PDF',
    access: readers,
    input: one,
    output: Empty,
    bytes: 'application/pdf',
    problems: ['fax-not-finished'],
  }),
  tiff: endpoint({
    method: 'GET',
    path: '/faxes/{faxId}/tiff',
    summary: 'The file as it came over the line; its SHA-256 is that of the fax',
    access: readers,
    input: one,
    output: Empty,
    bytes: 'image/tiff',
    problems: ['fax-not-finished'],
  }),
  inbound: endpoint({
    method: 'POST',
    path: '/faxes/inbound',
    summary:
      'A provider, or a mail gateway, hands in a fax: TIFF or PDF as the body, or in a multipart form; signed as Standard Webhooks say',
    access: 'public',
    raw: { maxBytes: FAX_MAX_BYTES },
    input: z.object({
      from: z.optional(z.string().check(z.maxLength(200))),
      to: z.optional(z.string().check(z.maxLength(200))),
    }),
    output: z.object({ faxId: Id }),
    problems: ['fax-unreadable'],
  }),
} as const;
