// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const checklistsRoutes = {
  list: 'GET /checklists',
  save: 'PUT /checklists/{typeId}/draft',
  publish: 'POST /checklists/{typeId}/publish',
} as const;
