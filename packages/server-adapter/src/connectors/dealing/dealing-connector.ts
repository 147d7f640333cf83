import type { Order } from '@callweave/sdk/protocol';
import type { FixMessage } from './fix-message.ts';

/** What the dealing floor is told: an order, a new one in the place of another, or a withdrawal. */
export interface DealingMessage {
  /** The same for every attempt: whoever receives it twice acts once. */
  readonly id: string;
  readonly type: 'new' | 'replace' | 'cancel';
  readonly order: Order;
  /** The order that a `replace` takes the place of. */
  readonly original?: Order;
  readonly instructionId: string;
  /** The same in FIX 5.0 tags, for systems that speak it. */
  readonly fix: FixMessage;
}

/** Towards whoever acts on orders: our own dealing floor, or the host's order system. */
export interface DealingConnector {
  readonly name: string;
  /** Resolves when the other side has taken the message for good. Rejects with a {@link DeliveryError}, or anything. */
  deliver(message: DealingMessage, signal: AbortSignal): Promise<void>;
}
