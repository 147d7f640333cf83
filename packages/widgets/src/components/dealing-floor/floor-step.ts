import type { Order } from '@callweave/sdk/protocol';

/** What a dealer is entering for one order. */
export interface FloorStep {
  readonly orderId: string;
  readonly kind: 'fill' | 'reject' | 'return';
  readonly quantity: string;
  readonly price: string;
  readonly reason: string;
}

/** @param write Digits as the dealer reads them. */
export const beginStep = (kind: FloorStep['kind'], order: Order, write: (digits: string) => string): FloorStep => ({
  orderId: order.id,
  kind,
  quantity: write(String(order.terms.quantity - order.filledQuantity)),
  // The customer's limit is what a fill is most often at; at market the dealer says the price.
  price: order.terms.price.kind === 'limit' ? write(String(order.terms.price.rial)) : '',
  reason: '',
});
