// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const ordersRoutes = {
  list: 'GET /orders',
  get: 'GET /orders/{orderId}',
  draft: 'POST /orders',
  edit: 'PATCH /orders/{orderId}',
  discard: 'DELETE /orders/{orderId}/draft',
  draftChange: 'POST /orders/{orderId}/change',
  draftWithdrawal: 'POST /orders/{orderId}/withdraw',
  readBack: 'POST /calls/{callId}/read-back',
  submit: 'POST /calls/{callId}/submit',
} as const;
