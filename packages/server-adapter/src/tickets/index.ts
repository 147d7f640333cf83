export { type CreateTicketsOptions, createTickets, type Tickets } from './create-tickets.ts';
export { openTicketsOf } from './open-tickets.ts';
export type { CaseWork, TicketParts } from './parts.ts';
export type { TicketGoals, TicketsOptions } from './policy.ts';
