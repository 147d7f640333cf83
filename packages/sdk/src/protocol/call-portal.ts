import * as z from 'zod/mini';
import type { BalanceLevel } from './balance-level.ts';
import { Amount, Money } from './money.ts';
import { SERVICE_STATES } from './service-state.ts';

const count = z.int().check(z.nonnegative());
const ServiceState = z.enum(SERVICE_STATES);

/**
 * A caller who has bought devices, at one glance (G6): figures and no names of persons. As of the moment when the call
 * learned who is calling; whoever opens the request sheet sees everything live.
 */
export const CallPortal = z.object({
  devices: count,
  /** Devices whose warranty runs today. */
  inWarranty: count,
  /** How many devices are in each state of service; a state that none is in is left out. */
  service: z.partialRecord(ServiceState, count),
  /** The device to ask about first: without service, or with little of it left. Null: all is well. */
  attention: z.nullable(
    z.object({ brand: z.string(), model: z.string(), state: ServiceState, daysLeft: z.nullable(z.int()) }),
  ),
  /** Tickets that are not closed. */
  openTickets: count,
  debt: z.object({
    /** Negative: they have paid more than they owe. */
    balance: Money,
    ceiling: z.nullable(Amount),
    level: z.enum(['clear', 'warning', 'ceiling'] satisfies BalanceLevel[]),
    /** A supervisor lets new cases be opened in spite of the ceiling. */
    override: z.boolean(),
  }),
});
export type CallPortal = z.infer<typeof CallPortal>;
