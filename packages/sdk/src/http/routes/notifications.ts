// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const notificationsRoutes = {
  list: 'GET /notifications',
  read: 'POST /notifications/{notificationId}/read',
  acknowledge: 'POST /notifications/{notificationId}/acknowledge',
  consents: 'GET /consents',
  setConsent: 'PUT /consents',
} as const;
