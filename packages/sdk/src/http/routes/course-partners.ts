// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const coursePartnersRoutes = {
  list: 'GET /course-partners',
  create: 'POST /course-partners',
  update: 'PUT /course-partners/{partnerId}',
  issueKey: 'POST /course-partners/{partnerId}/keys',
  revokeKey: 'POST /course-partners/{partnerId}/keys/{keyId}/revoke',
  issueWebhookSecret: 'POST /course-partners/{partnerId}/webhook-secret',
  revenue: 'GET /course-partners/{partnerId}/revenue',
} as const;
