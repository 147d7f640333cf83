// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const paymentsRoutes = {
  own: 'GET /own-payments',
  find: 'GET /payments/{paymentId}',
  start: 'POST /payments/{paymentId}/start',
  check: 'POST /payments/{paymentId}/check',
  receipt: 'GET /payments/{paymentId}/receipt',
  list: 'GET /payments',
  detail: 'GET /payments/{paymentId}/detail',
  refund: 'POST /payments/{paymentId}/refund',
  callback: 'GET /payment-callbacks/{key}',
} as const;
