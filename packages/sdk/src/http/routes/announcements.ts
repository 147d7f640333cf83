// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const announcementsRoutes = {
  list: 'GET /announcements',
  get: 'GET /announcements/{announcementId}',
  create: 'POST /announcements',
  update: 'PATCH /announcements/{announcementId}',
  remove: 'DELETE /announcements/{announcementId}',
  reach: 'GET /announcements/{announcementId}/reach',
  publish: 'POST /announcements/{announcementId}/publish',
  withdraw: 'POST /announcements/{announcementId}/withdraw',
  recipients: 'GET /announcements/{announcementId}/recipients',
} as const;
