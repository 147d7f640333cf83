// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const accountsRoutes = {
  list: 'GET /accounts',
  create: 'POST /accounts',
  update: 'PATCH /accounts/{accountId}',
  setOwn: 'PATCH /session/profile',
} as const;
