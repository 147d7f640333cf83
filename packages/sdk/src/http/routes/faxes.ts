// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const faxesRoutes = {
  list: 'GET /faxes',
  get: 'GET /faxes/{faxId}',
  assign: 'PUT /faxes/{faxId}/customer',
  markRead: 'PUT /faxes/{faxId}/read',
  note: 'PUT /faxes/{faxId}/note',
  delete: 'DELETE /faxes/{faxId}',
  restore: 'POST /faxes/{faxId}/restore',
  page: 'GET /faxes/{faxId}/pages/{page}',
  pdf: 'GET /faxes/{faxId}/pdf',
  tiff: 'GET /faxes/{faxId}/tiff',
  inbound: 'POST /faxes/inbound',
} as const;
