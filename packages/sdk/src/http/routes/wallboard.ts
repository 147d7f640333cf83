// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const wallboardRoutes = {
  get: 'GET /wallboard',
} as const;
