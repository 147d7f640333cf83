import * as z from 'zod/mini';
import { CustomerSummary } from './customer.ts';
import { endpoint } from './endpoint.ts';
import { TICKET_REFUSALS } from './entitlement.ts';
import { Difficulty, WorkQuantity } from './price-list.ts';
import { Empty, Id, Instant, line, paragraph } from './primitives.ts';
import { ATTACHMENT_TYPES, Attachment, MAX_ATTACHMENTS } from './ticket-attachment.ts';
import { TICKET_PRIORITIES, TICKET_STATES } from './ticket-life-cycle.ts';

const Priority = z.enum(TICKET_PRIORITIES);
const State = z.enum(TICKET_STATES);

const Person = z.object({ id: Id, name: z.string() });

/** A promise that the house has made for this priority, in working hours. */
export const TicketGoal = z.object({
  /** When it has to be kept; null when it is kept, or does not run now (an answer waits for the customer). */
  due: z.nullable(Instant),
  /** When it was kept; null: not yet, or no longer. */
  metAt: z.nullable(Instant),
  /** It was not kept in time, or is late when this was written. While `due` runs, a page compares it with its own clock. */
  late: z.boolean(),
});
export type TicketGoal = z.infer<typeof TicketGoal>;

export const Ticket = z.object({
  id: Id,
  /** What people say to each other. */
  number: z.int(),
  customer: CustomerSummary,
  /** As it was when the ticket was made. `serial`: or whatever else tells it from others of its type. */
  device: z.object({ id: Id, brand: z.string(), model: z.string(), serial: z.string() }),
  title: z.string(),
  description: z.string(),
  priority: Priority,
  state: State,
  closed: z.nullable(z.object({ at: Instant, by: Person })),
  assignee: z.nullable(Person),
  createdBy: Person,
  /** The call during which an agent made it. */
  callId: z.nullable(Id),
  createdAt: Instant,
  updatedAt: Instant,
  firstAnswer: TicketGoal,
  /** Answered or closed. Time in which an answer waits for the customer does not count. */
  resolution: TicketGoal,
  /** Entries of the correspondence that whoever asks may see. */
  entries: z.int(),
});
export type Ticket = z.infer<typeof Ticket>;

const entryHead = {
  id: Id,
  ticketId: Id,
  at: Instant,
  by: Person,
};
const written = { text: z.string(), attachments: z.array(Attachment) };

/** One line of a ticket's history, oldest first. Notes reach the technical team alone. */
export const TicketEntry = z.discriminatedUnion('kind', [
  /** The first: what the ticket was made with. Its text is the ticket's `description`. */
  z.object({ ...entryHead, kind: z.literal('created'), ...written }),
  /** By the buyer, or by an agent for them during a call. */
  z.object({ ...entryHead, kind: z.literal('message'), ...written }),
  z.object({ ...entryHead, kind: z.literal('answer'), ...written }),
  /** Internal. */
  z.object({ ...entryHead, kind: z.literal('note'), ...written }),
  z.object({ ...entryHead, kind: z.literal('assigned'), assignee: z.nullable(Person) }),
  z.object({ ...entryHead, kind: z.literal('reviewed') }),
  z.object({ ...entryHead, kind: z.literal('priority'), from: Priority, to: Priority }),
  z.object({ ...entryHead, kind: z.literal('work'), difficulty: Difficulty, quantity: WorkQuantity, text: z.string() }),
  z.object({ ...entryHead, kind: z.literal('closed'), text: z.string() }),
  z.object({ ...entryHead, kind: z.literal('reopened'), text: z.string() }),
]);
export type TicketEntry = z.infer<typeof TicketEntry>;

/** A ticket with what is new or has changed in its correspondence: what every change answers with, and what pages follow. */
export const TicketChange = z.object({ ticket: Ticket, entries: z.array(TicketEntry) });
export type TicketChange = z.infer<typeof TicketChange>;

export const NoTicketReason = z.enum(TICKET_REFUSALS);
export type NoTicketReason = z.infer<typeof NoTicketReason>;

/** Whether tickets may be made for a device; otherwise why not, and the way out. */
export const TicketEligibility = z.discriminatedUnion('ticketsAllowed', [
  z.object({ ticketsAllowed: z.literal(true) }),
  z.object({
    ticketsAllowed: z.literal(false),
    reason: NoTicketReason,
    /** Confirm the installation; renew, or choose per-case; pay the balance. */
    wayOut: z.enum(['confirm-installation', 'renew', 'pay']),
  }),
]);
export type TicketEligibility = z.infer<typeof TicketEligibility>;

/** What tickets are looked for by; what is left out does not matter. */
export const TicketFilter = z.object({
  state: z.optional(State),
  closed: z.optional(z.stringbool()),
  priority: z.optional(Priority),
  /** Account id, or `nobody`. */
  assigneeId: z.optional(Id),
  /** Only those whose first answer or resolution is overdue, the most overdue first. */
  late: z.optional(z.stringbool()),
  customerId: z.optional(Id),
  deviceId: z.optional(Id),
  /** Needed by agents: the call that they have; they find the tickets of its caller and no others. */
  callId: z.optional(Id),
  /** The number, or beginnings of words of the title and the description. */
  query: z.optional(line(100)),
});
export type TicketFilter = z.infer<typeof TicketFilter>;

const everyone = ['buyer', 'agent', 'technician', 'manager'] as const;
const customers = ['buyer', 'agent'] as const;
const staff = ['technician', 'manager'] as const;
/** `callId`: for agents, the call in which they see it. */
const one = { ticketId: Id, callId: z.optional(Id) };
const attachmentIds = z._default(z.array(Id).check(z.maxLength(MAX_ATTACHMENTS)), []);
const text = paragraph(10_000).check(z.minLength(1, 'must not be empty'));
const writing = { text, attachmentIds };
const writingProblems = ['ticket-closed', 'attachment-unknown'] as const;

export const tickets = {
  rules: endpoint({
    method: 'GET',
    path: '/tickets/rules',
    summary: 'What may be attached, and what is promised for each priority',
    access: everyone,
    input: Empty,
    output: z.object({
      attachments: z.object({
        maxBytes: z.int(),
        maxFiles: z.int(),
        mediaTypes: z.array(z.enum(ATTACHMENT_TYPES)),
      }),
      goals: z.record(Priority, z.object({ firstAnswerMinutes: z.int(), resolutionMinutes: z.int() })),
    }),
  }),
  eligibility: endpoint({
    method: 'GET',
    path: '/tickets/eligibility',
    summary: 'Whether a ticket may be made for a device; otherwise why not, and the way out',
    access: customers,
    input: z.object({ deviceId: Id, callId: z.optional(Id) }),
    output: TicketEligibility,
  }),
  technicians: endpoint({
    method: 'GET',
    path: '/tickets/technicians',
    summary: 'To whom tickets can be assigned',
    access: staff,
    input: Empty,
    output: z.object({ technicians: z.array(Person) }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/tickets',
    summary: 'Tickets, newest first (late ones: the most overdue first), a page at a time',
    access: everyone,
    input: z.extend(TicketFilter, {
      /** `next` of the page before. */
      after: z.optional(
        z.string().check(z.regex(/^[0-9TZ:.-]{0,24}~[A-Za-z0-9_-]{1,64}$/, 'is not a place in the list')),
      ),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
    }),
    output: z.object({
      tickets: z.array(Ticket),
      /** Where the next page begins; null at the end. */
      next: z.nullable(z.string()),
    }),
  }),
  count: endpoint({
    method: 'GET',
    path: '/tickets/count',
    summary: 'How many tickets a search finds',
    access: everyone,
    input: TicketFilter,
    output: z.object({ tickets: z.int() }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/tickets/{ticketId}',
    summary: 'One ticket with the newest of its correspondence',
    access: everyone,
    input: z.object(one),
    /** `more`: older entries are there; ask `entries` for them. */
    output: z.object({ ...TicketChange.shape, more: z.boolean() }),
  }),
  entries: endpoint({
    method: 'GET',
    path: '/tickets/{ticketId}/entries',
    summary: 'Older correspondence, oldest first, a page at a time',
    access: everyone,
    input: z.object({
      ...one,
      /** The first id of the page that is there already. */
      before: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
    }),
    output: z.object({ entries: z.array(TicketEntry), more: z.boolean() }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/tickets',
    summary: 'Make a ticket for a device; an agent makes it during a call with its owner',
    access: customers,
    input: z.object({
      deviceId: Id,
      title: line(200),
      description: text,
      priority: z._default(Priority, 'medium'),
      attachmentIds,
      /** Needed by agents. */
      callId: z.optional(Id),
    }),
    output: TicketChange,
    problems: [
      'service-not-activated',
      'ticket-service-expired',
      'ticket-service-declined',
      'ticket-ceiling-reached',
      'attachment-unknown',
      'call-not-live',
    ],
  }),
  write: endpoint({
    method: 'POST',
    path: '/tickets/{ticketId}/messages',
    summary: 'Write to the technical team',
    access: customers,
    input: z.object({ ...one, ...writing }),
    output: TicketChange,
    problems: writingProblems,
  }),
  answer: endpoint({
    method: 'POST',
    path: '/tickets/{ticketId}/answers',
    summary: 'Answer the customer, who gets a text message that there is an answer',
    access: staff,
    input: z.object({ ticketId: Id, ...writing, close: z._default(z.boolean(), false) }),
    output: TicketChange,
    problems: writingProblems,
  }),
  note: endpoint({
    method: 'POST',
    path: '/tickets/{ticketId}/notes',
    summary: 'Write an internal note, which no buyer ever sees',
    access: staff,
    input: z.object({ ticketId: Id, ...writing }),
    output: TicketChange,
    problems: ['attachment-unknown'],
  }),
  assign: endpoint({
    method: 'PUT',
    path: '/tickets/{ticketId}/assignee',
    summary: 'Give a ticket to a technician, to myself, or to nobody; an open one is in review from then on',
    access: staff,
    input: z.object({
      ticketId: Id,
      accountId: z.nullable(Id),
      /** Who has it as far as the page knows: of two who take it at once, one learns that the other was first. */
      from: z.nullable(Id),
    }),
    output: TicketChange,
    problems: ['ticket-taken', 'ticket-closed', 'unknown-technician'],
  }),
  setPriority: endpoint({
    method: 'PUT',
    path: '/tickets/{ticketId}/priority',
    summary: 'Change the priority, and with it what is promised',
    access: staff,
    input: z.object({ ticketId: Id, priority: Priority }),
    output: TicketChange,
    problems: ['ticket-closed'],
  }),
  recordWork: endpoint({
    method: 'POST',
    path: '/tickets/{ticketId}/work',
    summary: 'Record work on the case: its difficulty and how much of it; priced where the device is served per case',
    access: staff,
    input: z.object({
      ticketId: Id,
      difficulty: Difficulty,
      quantity: WorkQuantity,
      note: z._default(paragraph(2000), ''),
    }),
    output: TicketChange,
    problems: ['ticket-closed', 'no-price'],
  }),
  close: endpoint({
    method: 'POST',
    path: '/tickets/{ticketId}/close',
    summary: 'Close a ticket: nothing more is written to it',
    access: everyone,
    input: z.object({ ...one, text: z._default(paragraph(2000), '') }),
    output: TicketChange,
    problems: ['ticket-closed', 'no-price'],
  }),
  reopen: endpoint({
    method: 'POST',
    path: '/tickets/{ticketId}/reopen',
    summary: 'Open a closed ticket again; by the customer only while tickets may be made for the device',
    access: everyone,
    input: z.object({ ...one, text }),
    output: TicketChange,
    problems: [
      'ticket-open',
      'service-not-activated',
      'ticket-service-expired',
      'ticket-service-declined',
      'ticket-ceiling-reached',
    ],
  }),
} as const;
