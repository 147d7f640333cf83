// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const sessionRoutes = {
  signIn: 'POST /session',
  setPassword: 'POST /session/password',
  get: 'GET /session',
  signOut: 'DELETE /session',
  phoneCredentials: 'GET /session/phone',
} as const;
