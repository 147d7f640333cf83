// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const devicesRoutes = {
  own: 'GET /own-devices',
  list: 'GET /devices',
  get: 'GET /devices/{deviceId}',
  create: 'POST /devices',
  update: 'PATCH /devices/{deviceId}',
} as const;
