export { type CreatePaymentsParts, createPayments, type Payments, type PaymentsOptions } from './create-payments.ts';
export type { PaymentRequest } from './open-payment.ts';
