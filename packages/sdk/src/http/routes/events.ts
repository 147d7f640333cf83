// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const eventsRoutes = {
  follow: 'GET /events',
} as const;
