import * as z from 'zod/mini';
import { DialPolicy } from './dial-policy.ts';
import { endpoint } from './endpoint.ts';
import { Day, Empty, Id, Instant, line, Number164, paragraph } from './primitives.ts';

const manages = ['manager'] as const;

/** A number that a project has its field callers ring: a branch, a dealership, a call centre. */
export const NumberToCall = z.object({ label: line(120), number: Number164 });
export type NumberToCall = z.infer<typeof NumberToCall>;

/** How a number without a country code is keyed in a project. */
export const ProjectNumbering = z.enum(['IR', 'CZ']);
export type ProjectNumbering = z.infer<typeof ProjectNumbering>;

/** What is called out for: a survey, mystery shopping, a campaign (B2). */
export const Project = z.object({
  id: Id,
  /** Distinct among active projects; it is what an SMS names. */
  name: z.string(),
  /** The info column: what a field caller reads before calling. */
  info: z.string(),
  numbersToCall: z.array(NumberToCall),
  /** Fictitious numbers that belong to it now. */
  fictitiousNumbers: z.array(z.object({ id: Id, number: z.string() })),
  /** Null: as the exchange reads numbers. */
  numbering: z.nullable(ProjectNumbering),
  dialPolicy: DialPolicy,
  /** Its last day; afterwards its numbers connect nobody. */
  endsOn: z.nullable(Day),
  /** `over`: its last day has passed, or a manager ended it. */
  state: z.enum(['active', 'over']),
  endedAt: z.nullable(Instant),
});
export type Project = z.infer<typeof Project>;

const editable = {
  name: line(80),
  info: paragraph(8000),
  numbersToCall: z.array(NumberToCall).check(z.maxLength(1000)),
  numbering: z.nullable(ProjectNumbering),
  dialPolicy: DialPolicy,
  endsOn: z.nullable(Day),
};

export const projects = {
  list: endpoint({
    method: 'GET',
    path: '/projects',
    summary: 'Projects with their info columns and fictitious numbers',
    access: manages,
    input: z.object({ state: z._default(z.enum(['active', 'over', 'all']), 'active') }),
    output: z.object({ projects: z.array(Project) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/projects',
    summary: 'Create a project',
    access: manages,
    input: z.object({
      name: editable.name,
      info: z._default(editable.info, ''),
      numbersToCall: z._default(editable.numbersToCall, []),
      numbering: z._default(editable.numbering, null),
      dialPolicy: z.prefault(DialPolicy, {}),
      endsOn: z._default(editable.endsOn, null),
    }),
    output: Project,
    problems: ['project-name-taken'],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/projects/{projectId}',
    summary: 'Change a project',
    access: manages,
    input: z.object({
      projectId: Id,
      name: z.optional(editable.name),
      info: z.optional(editable.info),
      numbersToCall: z.optional(editable.numbersToCall),
      numbering: z.optional(editable.numbering),
      dialPolicy: z.optional(editable.dialPolicy),
      endsOn: z.optional(editable.endsOn),
    }),
    output: Project,
    problems: ['project-name-taken', 'project-over'],
  }),
  end: endpoint({
    method: 'POST',
    path: '/projects/{projectId}/end',
    summary: 'End a project at once: its pairings end, its fictitious numbers become free',
    access: manages,
    input: z.object({ projectId: Id }),
    output: Project,
  }),
} as const;

/** A number of ours that stands for a field caller's real one. */
export const FictitiousNumber = z.object({
  id: Id,
  number: Number164,
  /** The one active project that it belongs to. */
  project: z.nullable(z.object({ id: Id, name: z.string() })),
  /** Active pairings. */
  pairings: z.int(),
});
export type FictitiousNumber = z.infer<typeof FictitiousNumber>;

export const fictitiousNumbers = {
  list: endpoint({
    method: 'GET',
    path: '/fictitious-numbers',
    summary: 'The fictitious numbers that we own, and the project of each',
    access: manages,
    input: Empty,
    output: z.object({ numbers: z.array(FictitiousNumber) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/fictitious-numbers',
    summary: 'Add a number of ours, to a project or to the stock',
    access: manages,
    input: z.object({ number: Number164, projectId: z._default(z.nullable(Id), null) }),
    output: FictitiousNumber,
    problems: ['fictitious-number-taken', 'project-over'],
  }),
  assign: endpoint({
    method: 'POST',
    path: '/fictitious-numbers/{numberId}/project',
    summary: 'Give a number to another project, or back to the stock; refused while it is paired',
    access: manages,
    input: z.object({ numberId: Id, projectId: z.nullable(Id) }),
    output: FictitiousNumber,
    problems: ['fictitious-number-paired', 'project-over'],
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/fictitious-numbers/{numberId}',
    summary: 'Give up a number; refused while it is paired',
    access: manages,
    input: z.object({ numberId: Id }),
    output: Empty,
    problems: ['fictitious-number-paired'],
  }),
} as const;
