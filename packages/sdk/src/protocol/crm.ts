import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './primitives.ts';

export const CRM_STATES = ['waiting', 'synced', 'failed'] as const;

/** How far the CRM knows of a choice of service. */
export const CrmRecord = z.object({
  /** The choice. */
  id: Id,
  deviceId: Id,
  customerId: Id,
  /** `failed`: it was refused or could not be reached several times; it is still tried again, seldom. */
  state: z.enum(CRM_STATES),
  /** What the CRM, or the way to it, said last. */
  problem: z.nullable(z.string()),
  attempts: z.int(),
  /** How the CRM calls it. */
  remoteId: z.nullable(z.string()),
  changedAt: Instant,
  syncedAt: z.nullable(Instant),
});
export type CrmRecord = z.infer<typeof CrmRecord>;

const staff = ['agent', 'supervisor', 'manager', 'technician'] as const;

export const crm = {
  list: endpoint({
    method: 'GET',
    path: '/crm-records',
    summary:
      'What the CRM was told of choices of service, the latest first; of one customer, or all that is not synced',
    access: staff,
    input: z.object({
      customerId: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 200),
    }),
    output: z.object({
      records: z.array(CrmRecord),
      /** Null: no CRM is set up. */
      crm: z.nullable(z.string()),
    }),
  }),
  retry: endpoint({
    method: 'POST',
    path: '/crm-records/{choiceId}/retry',
    summary: 'Tell the CRM again now',
    access: ['manager'],
    input: z.object({ choiceId: Id }),
    output: CrmRecord,
  }),
} as const;
