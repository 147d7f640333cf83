// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const installationsRoutes = {
  prepare: 'POST /installations',
  withdraw: 'POST /installations/{installationId}/withdraw',
  list: 'GET /installations',
  own: 'GET /own-installations',
  confirm: 'POST /installations/{installationId}/confirm',
  certificate: 'GET /installations/{installationId}/certificate',
} as const;
