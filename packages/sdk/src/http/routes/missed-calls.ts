// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const missedCallsRoutes = {
  list: 'GET /missed-calls',
  get: 'GET /missed-calls/{missedCallId}',
  claim: 'POST /missed-calls/{missedCallId}/claim',
  release: 'POST /missed-calls/{missedCallId}/release',
  close: 'POST /missed-calls/{missedCallId}/close',
} as const;
