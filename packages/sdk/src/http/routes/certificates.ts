// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const certificatesRoutes = {
  check: 'GET /certificates/{code}',
  page: 'GET /certificates',
} as const;
