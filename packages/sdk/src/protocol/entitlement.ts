import type { Money } from './money.ts';
import type { ServiceState } from './service-state.ts';

/** Why a device gets no new case now. Plain values: widgets take this table along. */
export const TICKET_REFUSALS = ['not-activated', 'service-expired', 'declined', 'ceiling-reached'] as const;
export type TicketRefusal = (typeof TICKET_REFUSALS)[number];

export type Entitlement =
  | { readonly ticketsAllowed: true }
  | { readonly ticketsAllowed: false; readonly reason: TicketRefusal };

export interface EntitlementFacts {
  readonly service: ServiceState;
  /** What the customer owes now; negative when they have paid more. */
  readonly debt: Money;
  /** From here new cases wait for payment. Null: there is none. */
  readonly ceiling: Money | null;
  /** A supervisor lets new cases be opened in spite of the ceiling; nothing else is lifted by it. */
  readonly override: boolean;
}

/**
 * Whether a new case may be opened for a device (D6): while service runs, or per case as long as the debt is below the
 * ceiling. A debt never stops what was paid for.
 */
export function entitlementOf({ service, debt, ceiling, override }: EntitlementFacts): Entitlement {
  switch (service.state) {
    case 'active':
    case 'renewed':
      return { ticketsAllowed: true };
    case 'not-activated':
    case 'declined':
      return { ticketsAllowed: false, reason: service.state };
    case 'expired':
      return { ticketsAllowed: false, reason: 'service-expired' };
    case 'per-case':
      if (ceiling === null || override) return { ticketsAllowed: true };
      if (ceiling.currency !== debt.currency)
        throw new RangeError(`A debt in ${debt.currency} cannot be held against a ceiling in ${ceiling.currency}.`);
      return debt.amount >= ceiling.amount
        ? { ticketsAllowed: false, reason: 'ceiling-reached' }
        : { ticketsAllowed: true };
  }
}
