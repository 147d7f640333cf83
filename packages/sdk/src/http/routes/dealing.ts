// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const dealingRoutes = {
  queue: 'GET /dealing/queue',
  claim: 'POST /orders/{orderId}/claim',
  release: 'POST /orders/{orderId}/release',
  accept: 'POST /orders/{orderId}/accept',
  fill: 'POST /orders/{orderId}/fill',
  reject: 'POST /orders/{orderId}/reject',
  return: 'POST /orders/{orderId}/return',
} as const;
