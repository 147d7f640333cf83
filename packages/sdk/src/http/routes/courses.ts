// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const coursesRoutes = {
  catalogue: 'GET /course-catalogue',
  buy: 'POST /courses/{courseId}/buy',
  own: 'GET /own-course-orders',
  list: 'GET /courses',
  create: 'POST /courses',
  update: 'PUT /courses/{courseId}',
  publish: 'POST /courses/{courseId}/publish',
  withdraw: 'POST /courses/{courseId}/withdraw',
} as const;
