// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const evidenceRoutes = {
  verifyOrder: 'GET /orders/{orderId}/evidence',
  verifyInstallation: 'GET /installations/{installationId}/evidence',
  audit: 'GET /audit',
} as const;
