import type { ResponderOrder, RoutingReason } from '@callweave/sdk/protocol';
import type { DirectoryCustomer } from '../../customers/directory.ts';
import type { HangupCause } from '../exchange.ts';

/** One step of the way to a person: a named responder, or everybody in the call-centre group. */
export interface Stage {
  readonly order: ResponderOrder;
  /** Undefined: the group. */
  readonly accountId?: string;
}

/**
 * First responder, second responder, the group (A6). When a number belongs to several customers, only responders whom
 * all of them share are theirs for certain; otherwise the group takes the call and the agent asks who is calling.
 *
 * @param groupRings false: behind the responders there is a queue
 */
export function planRouting(customers: readonly DirectoryCustomer[], groupRings = true): Stage[] {
  const [first, ...others] = customers;
  const named = (first?.responders ?? []).filter((id) => others.every(({ responders }) => responders.includes(id)));
  return [
    ...[...new Set(named)].map((accountId, index): Stage => ({ order: index === 0 ? 'first' : 'second', accountId })),
    ...(groupRings ? [{ order: 'group' } as const] : []),
  ];
}

/** How a leg that ended without an answer reads in the routing. */
export function reasonOf(cause: HangupCause): RoutingReason {
  switch (cause) {
    case 'busy':
    case 'no-answer':
    case 'unreachable':
    case 'answered-elsewhere':
      return cause;
    case 'rejected':
    case 'normal':
      return 'declined';
    case 'cancelled':
      return 'no-answer';
    case 'media-timeout':
    case 'failed':
      return 'failed';
  }
}
