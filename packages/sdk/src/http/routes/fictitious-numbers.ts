// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const fictitiousNumbersRoutes = {
  list: 'GET /fictitious-numbers',
  create: 'POST /fictitious-numbers',
  assign: 'POST /fictitious-numbers/{numberId}/project',
  remove: 'DELETE /fictitious-numbers/{numberId}',
} as const;
