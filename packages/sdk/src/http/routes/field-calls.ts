// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const fieldCallsRoutes = {
  pairings: 'GET /field-calls/pairings',
  list: 'GET /field-calls',
  dial: 'POST /field-calls',
  callBack: 'POST /field-calls/cases/{caseId}/call',
  hangup: 'POST /field-calls/{callId}/hangup',
} as const;
