import type { Order, Validity } from '@callweave/sdk/protocol';

/** FIX 5.0 SP2 application message by tag; header and trailer belong to whoever has the session. */
export type FixMessage = Readonly<Record<number, string>>;

const MSG_TYPE = { new: 'D', replace: 'G', cancel: 'F' } as const;

const TIME_IN_FORCE: Readonly<Record<Validity['kind'], string>> = {
  day: '0',
  gtc: '1',
  'fill-and-kill': '3',
  until: '6',
};

/**
 * NewOrderSingle, OrderCancelReplaceRequest or OrderCancelRequest for an order taken by telephone. The order's id is its
 * ClOrdID; a withdrawal is a request of its own and has its instruction's id.
 */
export function toFix(message: {
  readonly type: 'new' | 'replace' | 'cancel';
  readonly order: Order;
  readonly original?: Order;
  readonly instructionId: string;
}): FixMessage {
  const { type, order, original, instructionId } = message;
  const { terms } = order;
  const common = {
    35: MSG_TYPE[type],
    11: type === 'cancel' ? instructionId : order.id,
    ...(type === 'cancel' && { 41: order.id }),
    ...(type === 'replace' && original && { 41: original.id }),
    55: order.instrument.symbol,
    48: order.instrument.code,
    22: '4', // ISIN
    54: terms.side === 'buy' ? '1' : '2',
    60: utcTimestamp(type === 'cancel' ? order.updatedAt : (order.submittedAt ?? order.updatedAt)),
    38: String(terms.quantity),
    1028: 'Y', // taken by a person
  };
  if (type === 'cancel') return common;
  return {
    ...common,
    21: '3', // a person acts on it
    1724: '1', // taken by telephone
    40: terms.price.kind === 'market' ? '1' : '2',
    ...(terms.price.kind === 'limit' && { 44: String(terms.price.rial) }),
    59: TIME_IN_FORCE[terms.validity.kind],
    ...(terms.validity.kind === 'until' && { 432: terms.validity.day.replaceAll('-', '') }),
  };
}

/** `2026-11-22T09:30:00.000Z` as FIX writes it, `20261122-09:30:00.000`. */
function utcTimestamp(instant: string): string {
  return instant.replaceAll('-', '').replace('T', '-').replace('Z', '');
}
