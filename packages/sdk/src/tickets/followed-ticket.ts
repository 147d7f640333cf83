import type { Ticket, TicketChange, TicketEntry } from '../protocol/ticket.ts';
import { LOADING, type Loadable, type Readable, Value } from '../state/readable.ts';

export interface TicketView {
  readonly ticket: Ticket;
  /** Oldest first; ends with the newest. */
  readonly entries: readonly TicketEntry[];
  /** There are older ones: {@link FollowedTicket.older} brings them. */
  readonly more: boolean;
}

/** One ticket with its correspondence: loaded once, then kept true by events. */
export interface FollowedTicket {
  readonly state: Readable<Loadable<TicketView>>;
  older(): Promise<void>;
  reload(): Promise<void>;
  close(): void;
}

export interface TicketFollowerOptions {
  readonly ticketId: string;
  fetch(): Promise<TicketView>;
  fetchOlder(before: string): Promise<{ readonly entries: readonly TicketEntry[]; readonly more: boolean }>;
  readonly onClose: (follower: TicketFollower) => void;
}

export class TicketFollower implements FollowedTicket {
  readonly state = new Value<Loadable<TicketView>>(LOADING);
  readonly #options: TicketFollowerOptions;
  #during: TicketChange[] | undefined;
  #life = 0;

  constructor(options: TicketFollowerOptions) {
    this.#options = options;
  }

  async reload(): Promise<void> {
    const life = ++this.#life;
    const during: TicketChange[] = [];
    this.#during = during;
    try {
      let view = await this.#options.fetch();
      if (life !== this.#life) return;
      for (const change of during) view = merged(view, change);
      this.state.set({ status: 'ready', value: view });
    } catch (error) {
      if (life === this.#life && this.state.get().status !== 'ready') this.state.set({ status: 'failed', error });
    } finally {
      if (life === this.#life) this.#during = undefined;
    }
  }

  async older(): Promise<void> {
    const present = this.state.get();
    const first = present.status === 'ready' && present.value.more ? present.value.entries[0] : undefined;
    if (first === undefined) return;
    const life = this.#life;
    const { entries, more } = await this.#options.fetchOlder(first.id);
    const now = this.state.get();
    // Loaded anew, or closed, meanwhile.
    if (life !== this.#life || now.status !== 'ready') return;
    this.state.set({ status: 'ready', value: { ...withEntries(now.value, entries), more } });
  }

  put(change: TicketChange): void {
    if (change.ticket.id !== this.#options.ticketId) return;
    this.#during?.push(change);
    const present = this.state.get();
    if (present.status === 'ready') this.state.set({ status: 'ready', value: merged(present.value, change) });
  }

  reset(): void {
    this.#life += 1;
    this.#during = undefined;
    this.state.set(LOADING);
  }

  close(): void {
    this.#life += 1;
    this.#options.onClose(this);
  }
}

function merged(view: TicketView, { ticket, entries }: TicketChange): TicketView {
  const first = view.entries[0];
  // An older entry that is not loaded comes with its page.
  const shown = view.more && first !== undefined ? entries.filter(({ id }) => id >= first.id) : entries;
  // An answer that was on its way when an event overtook it tells what was before.
  const newest = ticket.updatedAt >= view.ticket.updatedAt ? ticket : view.ticket;
  return withEntries({ ...view, ticket: newest }, shown);
}

function withEntries(view: TicketView, entries: readonly TicketEntry[]): TicketView {
  const all = new Map([...view.entries, ...entries].map((entry) => [entry.id, entry]));
  return { ...view, entries: [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
