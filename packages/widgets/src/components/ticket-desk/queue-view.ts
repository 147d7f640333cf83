import type { TicketFilter, TicketPriority } from '@callweave/sdk/protocol';

/** The values of `CwTicketDesk.view`: what needs somebody first. */
export const TICKET_VIEWS = ['open', 'late', 'in-review', 'mine', 'nobody', 'answered', 'closed'] as const;
export type TicketView = (typeof TICKET_VIEWS)[number];

/** What a view looks for. */
export function filterOf(view: TicketView, me: string, priority?: TicketPriority | '', query = ''): TicketFilter {
  const of: Readonly<Record<TicketView, TicketFilter>> = {
    open: { state: 'open', closed: false },
    'in-review': { state: 'in-review', closed: false },
    answered: { state: 'answered', closed: false },
    closed: { closed: true },
    late: { late: true },
    mine: { assigneeId: me, closed: false },
    nobody: { assigneeId: 'nobody', closed: false },
  };
  return { ...of[view], ...(priority ? { priority } : {}), ...(query === '' ? {} : { query }) };
}
