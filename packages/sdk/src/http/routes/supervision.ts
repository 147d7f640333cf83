// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const supervisionRoutes = {
  present: 'GET /supervision',
  listen: 'POST /calls/{callId}/supervision/listen',
  whisper: 'POST /calls/{callId}/supervision/whisper',
  barge: 'POST /calls/{callId}/supervision/barge',
  takeOver: 'POST /calls/{callId}/supervision/take-over',
  leave: 'POST /calls/{callId}/supervision/leave',
  listeningLog: 'GET /listening-log',
} as const;
