// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const servicePlansRoutes = {
  own: 'GET /own-service-plans',
  ofCustomer: 'GET /customers/{customerId}/service-plans',
  renew: 'POST /own-devices/{deviceId}/renewal',
  choosePerCase: 'POST /own-devices/{deviceId}/per-case',
  decline: 'POST /own-devices/{deviceId}/decline',
} as const;
