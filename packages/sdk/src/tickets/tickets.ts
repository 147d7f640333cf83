import type { Feature } from '../feature.ts';
import type { CallOptions, Client, ClientOptions } from '../http/client.ts';
import { ticketAttachmentsRoutes } from '../http/routes/ticket-attachments.ts';
import { ticketsRoutes } from '../http/routes/tickets.ts';
import type { InputOf, OutputOf } from '../protocol/endpoint.ts';
import type { tickets as contract, Ticket, TicketChange, TicketEligibility, TicketFilter } from '../protocol/ticket.ts';
import type { Attachment } from '../protocol/ticket-attachment.ts';
import { createArrivals } from '../state/arrivals.ts';
import { type FollowedTicket, TicketFollower } from './followed-ticket.ts';
import { type FollowedTickets, TicketList } from './ticket-list.ts';
import { createUpload, type UploadOptions } from './upload.ts';

export type TicketRules = OutputOf<typeof contract.rules>;
export type NewTicket = InputOf<typeof contract.create>;
export type Technician = OutputOf<typeof contract.technicians>['technicians'][number];
export type RecordedWork = Omit<InputOf<typeof contract.recordWork>, 'ticketId'>;

/** What is written to a ticket. */
export interface TicketWriting {
  readonly text: string;
  /** Of files that were uploaded for it. */
  readonly attachmentIds?: string[];
}

/** Support tickets (D6): of a buyer, of the caller whom an agent has on the line, or of everybody for the technical team. */
export interface Tickets {
  /** A live list, by pages of 200. Agents name the call in the filter. */
  follow(filter?: TicketFilter): FollowedTickets;
  /** One ticket, live. @param callId for agents: the call in which they see it */
  followOne(ticketId: string, callId?: string): FollowedTicket;
  /** How many there are. */
  count(filter?: TicketFilter): Promise<number>;
  /** What may be attached, and what is promised. */
  rules(): Promise<TicketRules>;
  /** Whether a ticket may be made for a device; the adapter asks again when one is. */
  eligibility(deviceId: string, callId?: string): Promise<TicketEligibility>;
  technicians(): Promise<readonly Technician[]>;
  /** @param options with the key of a draft, sending it again gives the ticket that is there */
  create(ticket: NewTicket, options?: CallOptions): Promise<TicketChange>;
  write(ticketId: string, writing: TicketWriting & { callId?: string }, options?: CallOptions): Promise<TicketChange>;
  answer(ticketId: string, writing: TicketWriting & { close?: boolean }, options?: CallOptions): Promise<TicketChange>;
  /** Internal: no buyer sees it. */
  note(ticketId: string, writing: TicketWriting, options?: CallOptions): Promise<TicketChange>;
  /** @param from who has it now, as far as the page knows */
  assign(ticketId: string, accountId: string | null, from: string | null): Promise<TicketChange>;
  setPriority(ticketId: string, priority: TicketChange['ticket']['priority']): Promise<TicketChange>;
  recordWork(ticketId: string, work: RecordedWork, options?: CallOptions): Promise<TicketChange>;
  close(ticketId: string, text?: string, callId?: string): Promise<TicketChange>;
  reopen(ticketId: string, text: string, callId?: string): Promise<TicketChange>;
  /** Uploads a file for a message that is about to be written. */
  upload(file: Blob, options?: UploadOptions): Promise<Attachment>;
  attachment(attachmentId: string): Promise<Attachment>;
  /** Removes a file that was uploaded and not sent. */
  discard(attachmentId: string): Promise<void>;
  /** Address of an attachment, to download. */
  fileUrl(attachmentId: string): string;
}

export interface TicketsManager extends Tickets {
  reload(): void;
  reset(): void;
  handleTicket(change: TicketChange): void;
}

export interface TicketsOptions extends Pick<ClientOptions, 'headers' | 'fetch'> {
  readonly client: Pick<Client, 'tickets' | 'ticketAttachments'>;
  readonly url: string;
  readonly now?: () => number;
}

const PAGE = 200;

export function createTickets({ client, url, now = Date.now, ...request }: TicketsOptions): TicketsManager {
  const lists = new Set<TicketList>();
  const opened = new Set<TicketFollower>();
  const base = url.replace(/\/$/, '');
  const upload = createUpload(base, request);
  const inCall = (callId: string | undefined) => (callId === undefined ? {} : { callId });

  // The list alone needs it: who follows one ticket tells the older state by its time, and takes the entries of both.
  const listed = createArrivals<Ticket>((ticket) => {
    for (const list of lists) list.put(ticket);
  });
  const handleTicket = (change: TicketChange) => {
    listed.event(change.ticket);
    for (const one of opened) one.put(change);
  };
  const after = async (answer: Promise<TicketChange>): Promise<TicketChange> => {
    await listed.answer(answer.then(({ ticket }) => ticket));
    const change = await answer;
    for (const one of opened) one.put(change);
    return change;
  };

  const queryOf = (filter: TicketFilter) =>
    ({
      ...filter,
      closed: filter.closed === undefined ? undefined : String(filter.closed),
      late: filter.late === undefined ? undefined : String(filter.late),
    }) as InputOf<typeof contract.count>;

  return {
    follow(filter = {}) {
      const query = queryOf(filter);
      const list = new TicketList({
        filter,
        now,
        fetchPage: (place) =>
          client.tickets.list({ ...query, limit: PAGE, ...(place === null ? {} : { after: place }) }),
        fetchCount: async () => (await client.tickets.count(query)).tickets,
        onClose: (closed) => lists.delete(closed),
      });
      lists.add(list);
      void list.reload();
      return list;
    },
    followOne(ticketId, callId) {
      const one = new TicketFollower({
        ticketId,
        fetch: () => client.tickets.get({ ticketId, ...inCall(callId) }),
        fetchOlder: (before) => client.tickets.entries({ ticketId, before, ...inCall(callId) }),
        onClose: (closed) => opened.delete(closed),
      });
      opened.add(one);
      void one.reload();
      return one;
    },
    reload() {
      for (const list of lists) void list.reload();
      for (const one of opened) void one.reload();
    },
    reset() {
      for (const list of lists) list.reset();
      for (const one of opened) one.reset();
    },
    handleTicket,
    count: async (filter = {}) => (await client.tickets.count(queryOf(filter))).tickets,
    rules: () => client.tickets.rules(),
    eligibility: (deviceId, callId) => client.tickets.eligibility({ deviceId, ...inCall(callId) }),
    technicians: async () => (await client.tickets.technicians()).technicians,
    create: (ticket, options) => after(client.tickets.create(ticket, options)),
    write: (ticketId, writing, options) => after(client.tickets.write({ ticketId, ...writing }, options)),
    answer: (ticketId, writing, options) => after(client.tickets.answer({ ticketId, ...writing }, options)),
    note: (ticketId, writing, options) => after(client.tickets.note({ ticketId, ...writing }, options)),
    assign: (ticketId, accountId, from) => after(client.tickets.assign({ ticketId, accountId, from })),
    setPriority: (ticketId, priority) => after(client.tickets.setPriority({ ticketId, priority })),
    recordWork: (ticketId, work, options) => after(client.tickets.recordWork({ ticketId, ...work }, options)),
    close: (ticketId, text = '', callId) => after(client.tickets.close({ ticketId, text, ...inCall(callId) })),
    reopen: (ticketId, text, callId) => after(client.tickets.reopen({ ticketId, text, ...inCall(callId) })),
    upload,
    attachment: (attachmentId) => client.ticketAttachments.get({ attachmentId }),
    discard: async (attachmentId) => void (await client.ticketAttachments.discard({ attachmentId })),
    fileUrl: (attachmentId) => `${base}/ticket-attachments/${encodeURIComponent(attachmentId)}/file`,
  };
}

/** Support tickets. */
export const tickets: Feature<Tickets> = {
  name: 'tickets',
  create({ clientFor, url, request, on, keep }) {
    const client = clientFor({ tickets: ticketsRoutes, ticketAttachments: ticketAttachmentsRoutes });
    const made = createTickets({ ...request, url, client });
    on('ticket', ({ data }) => made.handleTicket(data));
    keep(made);
    return made;
  },
};
