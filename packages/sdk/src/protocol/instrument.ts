import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { line } from './primitives.ts';

/** Shares (سهام), subscription rights (حق تقدم), participation bonds (اوراق مشارکت), commodity contracts (کالا). */
export const InstrumentKind = z.enum(['share', 'right', 'bond', 'commodity']);
export type InstrumentKind = z.infer<typeof InstrumentKind>;

export const Section = z.enum(['securities', 'commodity']);
export type Section = z.infer<typeof Section>;

export const sectionOf = (kind: InstrumentKind): Section => (kind === 'commodity' ? 'commodity' : 'securities');

export const Instrument = z.object({
  /** ISIN-like code, `IRO1FOLD0001`. No Luhn check: real codes fail it. */
  code: z.string().check(z.regex(/^[A-Z0-9-]{4,20}$/, 'must be 4 to 20 capital letters, digits or hyphens')),
  symbol: line(40),
  name: line(160),
  kind: InstrumentKind,
  /** Quantity must be a multiple of this. */
  lot: z.int().check(z.gte(1)),
  active: z.boolean(),
});
export type Instrument = z.infer<typeof Instrument>;

export const instruments = {
  find: endpoint({
    method: 'GET',
    path: '/instruments',
    summary: 'Search the catalogue by symbol, name or code; tolerant of ي/ك, ZWNJ and digits',
    access: ['agent', 'supervisor', 'manager', 'dealer'],
    input: z.object({
      query: z._default(z.string().check(z.maxLength(80)), ''),
      section: z.optional(Section),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 20),
    }),
    output: z.object({ instruments: z.array(Instrument) }),
  }),
  import: endpoint({
    method: 'POST',
    path: '/instruments/import',
    summary: 'Import a CSV (code,symbol,name,kind,lot,active); all rows or none',
    access: ['manager'],
    input: z.object({ csv: z.string().check(z.maxLength(900_000)) }),
    output: z.object({ imported: z.int(), changed: z.int() }),
  }),
} as const;
