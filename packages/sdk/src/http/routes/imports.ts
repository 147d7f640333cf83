// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const importsRoutes = {
  columns: 'GET /import-columns',
  upload: 'POST /imports',
  append: 'POST /imports/{importId}/parts',
  get: 'GET /imports/{importId}',
  list: 'GET /imports',
  confirm: 'POST /imports/{importId}/confirm',
  abort: 'POST /imports/{importId}/abort',
} as const;
