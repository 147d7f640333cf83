// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const callHistoryRoutes = {
  search: 'GET /call-history',
  count: 'GET /call-history/count',
  export: 'GET /call-history/export',
} as const;
