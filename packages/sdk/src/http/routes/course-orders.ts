// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const courseOrdersRoutes = {
  list: 'GET /course-orders',
  setLicence: 'POST /course-orders/{orderId}/licence',
  makeAgain: 'POST /course-orders/{orderId}/make',
} as const;
