// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const ticketsRoutes = {
  rules: 'GET /tickets/rules',
  eligibility: 'GET /tickets/eligibility',
  technicians: 'GET /tickets/technicians',
  list: 'GET /tickets',
  count: 'GET /tickets/count',
  get: 'GET /tickets/{ticketId}',
  entries: 'GET /tickets/{ticketId}/entries',
  create: 'POST /tickets',
  write: 'POST /tickets/{ticketId}/messages',
  answer: 'POST /tickets/{ticketId}/answers',
  note: 'POST /tickets/{ticketId}/notes',
  assign: 'PUT /tickets/{ticketId}/assignee',
  setPriority: 'PUT /tickets/{ticketId}/priority',
  recordWork: 'POST /tickets/{ticketId}/work',
  close: 'POST /tickets/{ticketId}/close',
  reopen: 'POST /tickets/{ticketId}/reopen',
} as const;
