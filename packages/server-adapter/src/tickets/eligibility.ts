import type { Entitlement, TicketEligibility, TicketRefusal } from '@callweave/sdk/protocol';
import { Problem } from '../problem.ts';

type WayOut = Extract<TicketEligibility, { ticketsAllowed: false }>['wayOut'];

/** What is told who may not make a ticket, and how they can again. */
const REFUSALS = {
  'not-activated': ['service-not-activated', 'confirm-installation', 'Service of this device has not started.'],
  'service-expired': ['ticket-service-expired', 'renew', 'Service of this device has expired.'],
  declined: ['ticket-service-declined', 'renew', 'Service of this device was declined.'],
  'ceiling-reached': ['ticket-ceiling-reached', 'pay', 'The outstanding balance has reached the ceiling.'],
} as const satisfies Record<TicketRefusal, readonly [string, WayOut, string]>;

export function eligibilityOf(entitlement: Entitlement): TicketEligibility {
  if (entitlement.ticketsAllowed) return { ticketsAllowed: true };
  const { reason } = entitlement;
  return { ticketsAllowed: false, reason, wayOut: REFUSALS[reason][1] };
}

export function assertEntitled(entitlement: Entitlement): void {
  if (entitlement.ticketsAllowed) return;
  const [code, , message] = REFUSALS[entitlement.reason];
  throw new Problem(code, message);
}
