// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const customersRoutes = {
  find: 'GET /customers',
  get: 'GET /customers/{customerId}',
  create: 'POST /customers',
  update: 'PATCH /customers/{customerId}',
  setQuestions: 'PUT /customers/{customerId}/questions',
  resetPin: 'POST /customers/{customerId}/pin',
  unlock: 'POST /customers/{customerId}/unlock',
} as const;
