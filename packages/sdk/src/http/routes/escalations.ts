// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const escalationsRoutes = {
  raise: 'POST /calls/{callId}/escalation',
  own: 'GET /calls/{callId}/escalation',
  accept: 'POST /escalations/{escalationId}/accept',
  cancel: 'POST /escalations/{escalationId}/cancel',
} as const;
