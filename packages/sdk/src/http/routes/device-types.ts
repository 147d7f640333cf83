// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const deviceTypesRoutes = {
  list: 'GET /device-types',
  create: 'POST /device-types',
  update: 'PATCH /device-types/{typeId}',
} as const;
