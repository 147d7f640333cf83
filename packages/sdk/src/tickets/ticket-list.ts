import type { Ticket, TicketFilter } from '../protocol/ticket.ts';
import { LOADING, type Loadable, type Readable, Value } from '../state/readable.ts';

export interface TicketListView {
  readonly tickets: readonly Ticket[];
  /** There are further ones: {@link FollowedTickets.more} brings them. */
  readonly more: boolean;
  /** How many there are in all, as far as is known. */
  readonly total: number;
}

/** A live list: loaded a page at a time, then kept true by events. */
export interface FollowedTickets {
  readonly state: Readable<Loadable<TicketListView>>;
  /** Loads the next page; asked again while it is on its way, it is the same one. */
  more(): Promise<void>;
  reload(): Promise<void>;
  close(): void;
}

export interface TicketPage {
  readonly tickets: readonly Ticket[];
  readonly next: string | null;
}

export interface TicketListOptions {
  readonly filter: TicketFilter;
  fetchPage(after: string | null): Promise<TicketPage>;
  fetchCount(): Promise<number>;
  readonly now: () => number;
  readonly onClose: (list: TicketList) => void;
}

/** When the next promise about this ticket is to be kept; undefined when none runs. */
export function dueOf({ firstAnswer, resolution }: Ticket): string | undefined {
  const [due] = [firstAnswer.due, resolution.due].filter((each) => each !== null).sort();
  return due;
}

export class TicketList implements FollowedTickets {
  readonly state = new Value<Loadable<TicketListView>>(LOADING);
  readonly #options: TicketListOptions;
  #tickets = new Map<string, Ticket>();
  #next: string | null = null;
  #total = 0;
  /** What happened while a page was on its way: it is newer than the page. */
  #during: Map<string, Ticket> | undefined;
  #loading: Promise<void> | undefined;
  #life = 0;

  constructor(options: TicketListOptions) {
    this.#options = options;
  }

  reload(): Promise<void> {
    return this.#load(true);
  }

  async more(): Promise<void> {
    if (this.#loading !== undefined) return this.#loading;
    if (this.#next !== null) await this.#load(false);
  }

  /** Forgets what is there: it belonged to somebody else. */
  reset(): void {
    this.#life += 1;
    this.#loading = this.#during = undefined;
    this.#tickets = new Map();
    this.#next = null;
    this.state.set(LOADING);
  }

  close(): void {
    this.#life += 1;
    this.#options.onClose(this);
  }

  put(ticket: Ticket): void {
    this.#during?.set(ticket.id, ticket);
    if (this.state.get().status !== 'ready') return;
    this.#place(ticket);
    this.#show();
  }

  #load(anew: boolean): Promise<void> {
    const life = ++this.#life;
    const during = new Map<string, Ticket>();
    this.#during = during;
    const run = (async () => {
      try {
        const [page, total] = await Promise.all([
          this.#options.fetchPage(anew ? null : this.#next),
          anew ? this.#options.fetchCount() : this.#total,
        ]);
        if (life !== this.#life) return;
        if (anew) this.#tickets = new Map();
        for (const ticket of page.tickets) this.#tickets.set(ticket.id, ticket);
        this.#next = page.next;
        this.#total = total;
        for (const ticket of during.values()) this.#place(ticket);
        this.#show();
      } catch (error) {
        if (life !== this.#life) return;
        if (this.state.get().status !== 'ready') this.state.set({ status: 'failed', error });
        else if (!anew) throw error;
      } finally {
        if (life === this.#life) this.#loading = this.#during = undefined;
      }
    })();
    this.#loading = run;
    return run;
  }

  #place(ticket: Ticket): void {
    const known = this.#tickets.has(ticket.id);
    if (!this.#matches(ticket, known)) {
      if (this.#tickets.delete(ticket.id)) this.#total -= 1;
      return;
    }
    // Below what is loaded: it comes with its page.
    const last = [...this.#tickets.values()].sort(this.#compare).at(-1);
    const beyond = this.#next !== null && last !== undefined && this.#compare(ticket, last) > 0;
    if (!known && beyond) return;
    if (!known) this.#total += 1;
    this.#tickets.set(ticket.id, ticket);
  }

  #matches(ticket: Ticket, known: boolean): boolean {
    const { state, closed, priority, assigneeId, late, customerId, deviceId, query } = this.#options.filter;
    // Whether words are in it only the adapter knows.
    if (query !== undefined && !known) return false;
    return (
      (state === undefined || ticket.state === state) &&
      (closed === undefined || (ticket.closed !== null) === closed) &&
      (priority === undefined || ticket.priority === priority) &&
      (assigneeId === undefined || (ticket.assignee?.id ?? 'nobody') === assigneeId) &&
      (customerId === undefined || ticket.customer.id === customerId) &&
      (deviceId === undefined || ticket.device.id === deviceId) &&
      (late !== true || Date.parse(dueOf(ticket) ?? '9999-12-31') < this.#options.now())
    );
  }

  readonly #compare = (a: Ticket, b: Ticket): number => {
    if (this.#options.filter.late === true) {
      const [one = '', other = ''] = [dueOf(a), dueOf(b)];
      if (one !== other) return one < other ? -1 : 1;
    }
    // Ids sort by time.
    return a.id === b.id ? 0 : a.id < b.id ? 1 : -1;
  };

  #show(): void {
    const tickets = [...this.#tickets.values()].sort(this.#compare);
    this.state.set({ status: 'ready', value: { tickets, more: this.#next !== null, total: this.#total } });
  }
}
