// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const refusedAttemptsRoutes = {
  list: 'GET /refused-attempts',
} as const;
