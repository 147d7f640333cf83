// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const pairingsRoutes = {
  list: 'GET /pairings',
  create: 'POST /pairings',
  update: 'PATCH /pairings/{pairingId}',
  end: 'POST /pairings/{pairingId}/end',
  import: 'POST /pairings/import',
  export: 'GET /pairings/export',
} as const;
