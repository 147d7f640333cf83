// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const queuesRoutes = {
  list: 'GET /queues',
} as const;
