// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const instrumentsRoutes = {
  find: 'GET /instruments',
  import: 'POST /instruments/import',
} as const;
