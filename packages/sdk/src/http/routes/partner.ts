// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const partnerRoutes = {
  courses: 'GET /partner/courses',
  putCourse: 'PUT /partner/courses/{reference}',
  withdrawCourse: 'POST /partner/courses/{reference}/withdraw',
  orders: 'GET /partner/orders',
  revenue: 'GET /partner/revenue',
} as const;
