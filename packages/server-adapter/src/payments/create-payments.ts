import type { Payment, PaymentPurpose } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { PaymentGateway } from '../connectors/payments/payment-gateway.ts';
import type { Domain } from '../domain.ts';
import type { Store, Tx } from '../store/store.ts';
import type { PaymentHandler, PaymentHandlers } from './book.ts';
import { openPayment, type PaymentRequest } from './open-payment.ts';
import { createPaymentOperations } from './operations.ts';
import { reconcilePayments } from './reconcile.ts';

/** Online payments. */
export interface PaymentsOptions {
  /** `zarinpal`, `zibal`, or gateways of your own; the first that takes the amount is the one if the page names none. */
  readonly gateways: readonly PaymentGateway[];
  /** Where browsers reach the adapter, base path included: `https://shop.example/callweave`. Gateways lead back there. */
  readonly publicUrl: string;
  /** Origins besides that of `publicUrl` whose pages may show how a payment ended. @default [] */
  readonly returnOrigins?: readonly string[];
  /** For how long a payment can be started. @default 72 */
  readonly validHours?: number;
}

export interface CreatePaymentsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly options: PaymentsOptions | undefined;
  readonly timeZone: string;
  readonly onError: (message: string, error: unknown) => void;
}

export interface Payments extends Domain {
  /** In the caller's write. The same `dedupeKey` is the same payment. */
  openPayment(tx: Tx, request: PaymentRequest): Promise<Payment>;
  /** Runs in the very write that marks a payment of this purpose as paid: exactly once. What throws keeps it unpaid. */
  onPaid(purpose: PaymentPurpose, handler: PaymentHandler): void;
  /** Runs in the write that marks a paid payment as refunded. A surplus that goes back is none of its business. */
  onRefunded(purpose: PaymentPurpose, handler: PaymentHandler): void;
  /** Asks the gateways about all that is due; for tests and for a clean shut-down. */
  reconcile(): Promise<void>;
}

const HOUR = 3_600_000;

export function createPayments({ store, clock, options, timeZone, onError }: CreatePaymentsParts): Payments {
  const gateways = options?.gateways ?? [];
  if (new Set(gateways.map(({ name }) => name)).size < gateways.length)
    throw new Error('Two payment gateways have the same name.');
  const publicUrl = options === undefined ? undefined : new URL(options.publicUrl).href.replace(/\/+$/, '');
  const onPaid: PaymentHandlers = new Map();
  const onRefunded: PaymentHandlers = new Map();
  const parts = { store, clock, gateways, onPaid, onRefunded, onError };
  const reconcile = () => reconcilePayments(parts);
  const once = (handlers: PaymentHandlers) => (purpose: PaymentPurpose, handler: PaymentHandler) => {
    if (handlers.has(purpose)) throw new Error(`Payments of a ${purpose} have their handler already.`);
    handlers.set(purpose, handler);
  };
  return {
    operations: {
      payments: createPaymentOperations({
        ...parts,
        publicUrl,
        returnOrigins: options?.returnOrigins ?? [],
        timeZone,
      }),
    },
    chores: [{ name: 'payments', everyMs: 60_000, run: reconcile }],
    openPayment: (tx, request) => openPayment(tx, request, (options?.validHours ?? 72) * HOUR),
    onPaid: once(onPaid),
    onRefunded: once(onRefunded),
    reconcile,
  };
}
