// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const auditRoutes = {
  list: 'GET /changes',
} as const;
