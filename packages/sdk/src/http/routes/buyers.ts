// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const buyersRoutes = {
  own: 'GET /buyer',
  list: 'GET /buyers',
  get: 'GET /buyers/{customerId}',
  create: 'POST /buyers',
  update: 'PATCH /buyers/{customerId}',
  invite: 'POST /buyers/{customerId}/invitation',
  setAccount: 'PATCH /buyers/{customerId}/account',
} as const;
