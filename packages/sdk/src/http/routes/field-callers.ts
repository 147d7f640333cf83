// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const fieldCallersRoutes = {
  list: 'GET /field-callers',
  create: 'POST /field-callers',
  update: 'PATCH /field-callers/{fieldCallerId}',
} as const;
