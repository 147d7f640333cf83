// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const crmRoutes = {
  list: 'GET /crm-records',
  retry: 'POST /crm-records/{choiceId}/retry',
} as const;
