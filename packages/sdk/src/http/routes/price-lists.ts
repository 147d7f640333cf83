// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const priceListsRoutes = {
  list: 'GET /price-lists',
  current: 'GET /price-lists/current',
  saveDraft: 'PUT /price-lists/draft',
  discardDraft: 'DELETE /price-lists/draft',
  publish: 'POST /price-lists/draft/publish',
} as const;
