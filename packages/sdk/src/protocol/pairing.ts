import * as z from 'zod/mini';
import { DialPolicy } from './dial-policy.ts';
import { endpoint } from './endpoint.ts';
import { Day, Empty, Id, Instant, Locale, line, Number164 } from './primitives.ts';
import { NumberToCall, ProjectNumbering } from './project.ts';

const manages = ['manager'] as const;

/** Who calls out through fictitious numbers. Their real number is shown to managers alone. */
export const FieldCaller = z.object({
  id: Id,
  name: z.string(),
  /** The real number; the access number knows its owner by it. */
  number: Number164,
  /** Their account with the role `field-caller`, if they use the page. */
  accountId: z.nullable(Id),
  /** What the exchange speaks to them, and the language of their SMS. */
  locale: Locale,
  active: z.boolean(),
});
export type FieldCaller = z.infer<typeof FieldCaller>;

export const fieldCallers = {
  list: endpoint({
    method: 'GET',
    path: '/field-callers',
    summary: 'Field callers with their real numbers',
    access: manages,
    input: Empty,
    output: z.object({ fieldCallers: z.array(FieldCaller) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/field-callers',
    summary: 'Create a field caller',
    access: manages,
    input: z.object({
      name: line(120),
      number: Number164,
      accountId: z._default(z.nullable(Id), null),
      locale: z._default(Locale, 'fa'),
    }),
    output: FieldCaller,
    problems: ['real-number-taken', 'not-a-field-caller'],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/field-callers/{fieldCallerId}',
    summary: 'Change a field caller; switching one off ends their pairings',
    access: manages,
    input: z.object({
      fieldCallerId: Id,
      name: z.optional(line(120)),
      number: z.optional(Number164),
      accountId: z.optional(z.nullable(Id)),
      locale: z.optional(Locale),
      active: z.optional(z.boolean()),
    }),
    output: FieldCaller,
    problems: ['real-number-taken', 'not-a-field-caller'],
  }),
} as const;

/** `active`: it can be called through. `expired`: its last day has passed. `ended`: taken back, or its project is over. */
export const PairingState = z.enum(['active', 'expired', 'ended']);
export type PairingState = z.infer<typeof PairingState>;

/** A fictitious number of a project, paired with the real number of a field caller (B2). */
export const Pairing = z.object({
  id: Id,
  project: z.object({ id: Id, name: z.string() }),
  fictitiousNumber: z.string(),
  fieldCaller: z.object({ id: Id, name: z.string(), number: z.string() }),
  /** What the field caller keys for it; small, and the same as long as the pairing is active. */
  spokenId: z.int(),
  /** Its last day. */
  expiresOn: z.nullable(Day),
  state: PairingState,
  createdAt: Instant,
  endedAt: z.nullable(Instant),
});
export type Pairing = z.infer<typeof Pairing>;

/** A pairing as its field caller sees it, with the info column of its project. */
export const OwnPairing = z.object({
  id: Id,
  spokenId: z.int(),
  fictitiousNumber: z.string(),
  project: z.object({
    id: Id,
    name: z.string(),
    info: z.string(),
    numbersToCall: z.array(NumberToCall),
    numbering: z.nullable(ProjectNumbering),
    /** For the page to say beforehand what the server would refuse. */
    dialPolicy: DialPolicy,
    endsOn: z.nullable(Day),
  }),
  expiresOn: z.nullable(Day),
});
export type OwnPairing = z.infer<typeof OwnPairing>;

/** The columns of an import; the first line names them, in any order. The last three may be left out. */
export const PAIRING_COLUMNS = ['project', 'fictitious_number', 'real_number', 'name', 'expires_on', 'locale'] as const;

/** What is wrong with one line of an import. */
export const ImportRowProblem = z.object({
  /** As an editor counts: the header is line 1. */
  line: z.int(),
  column: z.nullable(z.string()),
  code: z.enum([
    'missing',
    'not-a-number',
    'not-a-day',
    'too-long',
    'unknown-project',
    'project-over',
    'number-of-other-project',
    'own-number',
    'unknown-locale',
    'already-past',
    'twice',
    'other-name',
    'inactive-field-caller',
    'columns',
  ]),
  message: z.string(),
});
export type ImportRowProblem = z.infer<typeof ImportRowProblem>;

export const ImportReport = z.object({
  rows: z.int(),
  /** Written: always false for a dry run, and when a single row has a problem. */
  applied: z.boolean(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  newFieldCallers: z.int(),
  newFictitiousNumbers: z.int(),
  problems: z.array(ImportRowProblem),
});
export type ImportReport = z.infer<typeof ImportReport>;

export const pairings = {
  list: endpoint({
    method: 'GET',
    path: '/pairings',
    summary: 'Pairings, by project or field caller',
    access: manages,
    input: z.object({
      state: z._default(z.enum(['active', 'all']), 'active'),
      projectId: z.optional(Id),
      fieldCallerId: z.optional(Id),
      after: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(1000)), 200),
    }),
    output: z.object({ pairings: z.array(Pairing), more: z.boolean() }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/pairings',
    summary: 'Pair a fictitious number of a project with a field caller',
    access: manages,
    input: z.object({ numberId: Id, fieldCallerId: Id, expiresOn: z._default(z.nullable(Day), null) }),
    output: Pairing,
    problems: ['already-paired', 'project-over', 'number-without-project', 'field-caller-inactive'],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/pairings/{pairingId}',
    summary: 'Change the last day of a pairing',
    access: manages,
    input: z.object({ pairingId: Id, expiresOn: z.nullable(Day) }),
    output: Pairing,
    problems: ['pairing-over'],
  }),
  end: endpoint({
    method: 'POST',
    path: '/pairings/{pairingId}/end',
    summary: 'End a pairing; its pending callbacks are closed',
    access: manages,
    input: z.object({ pairingId: Id }),
    output: Pairing,
  }),
  import: endpoint({
    method: 'POST',
    path: '/pairings/import',
    summary: 'Import pairings as CSV: all rows, or none and a report of what is wrong with each',
    access: manages,
    input: z.object({ csv: z.string().check(z.maxLength(1_000_000)), dryRun: z._default(z.boolean(), true) }),
    output: ImportReport,
  }),
  export: endpoint({
    method: 'GET',
    path: '/pairings/export',
    summary: 'Active pairings as CSV, in the form that the import takes',
    access: manages,
    input: Empty,
    output: Empty,
    bytes: 'text/csv; charset=utf-8',
  }),
} as const;
