// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const projectsRoutes = {
  list: 'GET /projects',
  create: 'POST /projects',
  update: 'PATCH /projects/{projectId}',
  end: 'POST /projects/{projectId}/end',
} as const;
