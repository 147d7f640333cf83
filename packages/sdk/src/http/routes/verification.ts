// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const verificationRoutes = {
  start: 'POST /calls/{callId}/verification',
  answer: 'POST /calls/{callId}/verification/answers',
  collectPin: 'POST /calls/{callId}/verification/pin',
  changePin: 'POST /calls/{callId}/verification/pin-change',
} as const;
