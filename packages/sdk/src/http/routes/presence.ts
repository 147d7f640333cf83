// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const presenceRoutes = {
  list: 'GET /presence',
  own: 'GET /presence/own',
  setOwn: 'PATCH /presence/own',
  set: 'PATCH /presence/{accountId}',
  extendWrapUp: 'POST /presence/own/wrap-up',
} as const;
