// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const articlesRoutes = {
  search: 'GET /articles',
  read: 'GET /articles/{articleId}',
  list: 'GET /article-drafts',
  get: 'GET /article-drafts/{articleId}',
  create: 'POST /article-drafts',
  save: 'PUT /article-drafts/{articleId}',
  discard: 'DELETE /article-drafts/{articleId}',
  publish: 'POST /article-drafts/{articleId}/publish',
  withdraw: 'POST /article-drafts/{articleId}/withdraw',
  versions: 'GET /article-drafts/{articleId}/versions',
  restore: 'POST /article-drafts/{articleId}/restore',
} as const;
