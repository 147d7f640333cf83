import type { Ticket, TicketEligibility } from '@callweave/sdk/protocol';

/** A ticket was opened, or closed again to see the list. */
export class CwTicketOpenEvent extends Event {
  readonly ticket: Ticket | undefined;

  constructor(ticket: Ticket | undefined) {
    super('cw-ticket-open', { bubbles: true, composed: true });
    this.ticket = ticket;
  }
}

/** A ticket was made. */
export class CwTicketCreatedEvent extends Event {
  readonly ticket: Ticket;

  constructor(ticket: Ticket) {
    super('cw-ticket-created', { bubbles: true, composed: true });
    this.ticket = ticket;
  }
}

/** No ticket can be made for a device; the person asked for the way out, which is a page of the host. */
export class CwTicketWayOutEvent extends Event {
  /** `renew`: renew service or choose per-case; `pay`: pay the balance. */
  readonly wayOut: Extract<TicketEligibility, { ticketsAllowed: false }>['wayOut'];
  readonly deviceId: string;

  constructor(wayOut: CwTicketWayOutEvent['wayOut'], deviceId: string) {
    super('cw-ticket-way-out', { bubbles: true, composed: true });
    this.wayOut = wayOut;
    this.deviceId = deviceId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-ticket-open': CwTicketOpenEvent;
    'cw-ticket-created': CwTicketCreatedEvent;
    'cw-ticket-way-out': CwTicketWayOutEvent;
  }
}
