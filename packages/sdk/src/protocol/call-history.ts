import * as z from 'zod/mini';
import { Call, CallOutcome } from './call.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, line } from './primitives.ts';

/** What calls are looked for by; what is left out does not matter. Agents find their own calls only. */
export const CallFilter = z.object({
  /** A number as people write it, its beginning, or its last digits (three or more). */
  number: z.optional(line(40)),
  customerId: z.optional(Id),
  /** Account id of whoever had the call. */
  agentId: z.optional(Id),
  outcome: z.optional(CallOutcome),
  direction: z.optional(z.enum(['inbound', 'outbound'])),
  kind: z.optional(z.enum(['desk', 'virtual'])),
  tag: z.optional(line(60)),
  queueId: z.optional(Id),
  /** First and last day, where the market is. */
  from: z.optional(Day),
  to: z.optional(Day),
});
export type CallFilter = z.infer<typeof CallFilter>;

const watchers = ['agent', 'supervisor', 'manager'] as const;

export const callHistory = {
  search: endpoint({
    method: 'GET',
    path: '/call-history',
    summary: 'Past and present calls, newest first, a page at a time',
    access: watchers,
    input: z.extend(CallFilter, {
      /** `next` of the page before. */
      after: z.optional(
        z.string().check(z.regex(/^[0-9TZ:.-]{24}~[A-Za-z0-9_-]{1,64}$/, 'is not a place in the list')),
      ),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
    }),
    output: z.object({
      calls: z.array(Call),
      /** Where the next page begins; null at the end. */
      next: z.nullable(z.string()),
    }),
  }),
  count: endpoint({
    method: 'GET',
    path: '/call-history/count',
    summary: 'How many calls a search finds',
    access: watchers,
    input: CallFilter,
    output: z.object({ calls: z.int() }),
  }),
  export: endpoint({
    method: 'GET',
    path: '/call-history/export',
    summary: 'All calls that a search finds, as a table; written to the audit',
    access: watchers,
    input: z.extend(CallFilter, {
      /** `1`: a byte order mark first, without which Excel takes the text for another encoding. */
      bom: z._default(z.enum(['0', '1']), '0'),
    }),
    output: z.object({}),
    bytes: 'text/csv',
  }),
} as const;
