// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const transferAcceptancesRoutes = {
  get: 'GET /transfer-acceptances/{token}',
  sendCode: 'POST /transfer-acceptances/{token}/code',
  accept: 'POST /transfer-acceptances/{token}/accept',
  decline: 'POST /transfer-acceptances/{token}/decline',
} as const;
