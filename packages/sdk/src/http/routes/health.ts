// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const healthRoutes = {
  get: 'GET /health',
} as const;
