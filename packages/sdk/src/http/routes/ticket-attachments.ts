// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const ticketAttachmentsRoutes = {
  upload: 'POST /ticket-attachments',
  get: 'GET /ticket-attachments/{attachmentId}',
  file: 'GET /ticket-attachments/{attachmentId}/file',
  discard: 'DELETE /ticket-attachments/{attachmentId}',
} as const;
