// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const messagesRoutes = {
  list: 'GET /messages',
  report: 'POST /messages/reports/{key}',
  reportByQuery: 'GET /messages/reports/{key}',
  whatsAppChallenge: 'GET /messages/whatsapp',
  whatsAppNews: 'POST /messages/whatsapp',
} as const;
