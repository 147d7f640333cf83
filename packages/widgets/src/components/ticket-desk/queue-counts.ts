import { type Desk, tickets } from '@callweave/sdk';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { filterOf, TICKET_VIEWS, type TicketView } from './queue-view.ts';

/** Many changes at once are counted once. */
const PAUSE_MS = 800;

/** How many tickets each view has; counted again when tickets change. */
export class QueueCounts implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk | undefined;
  readonly #me: () => string | undefined;
  #counts: Partial<Record<TicketView, number>> = {};
  #key: unknown;
  #ends: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, desk: () => Desk | undefined, me: () => string | undefined) {
    this.#host = host;
    this.#desk = desk;
    this.#me = me;
    host.addController(this);
  }

  get(view: TicketView): number | undefined {
    return this.#counts[view];
  }

  hostUpdate(): void {
    const desk = this.#desk();
    const me = this.#me();
    const key = desk && me;
    if (key === this.#key) return;
    this.#end();
    this.#key = key;
    this.#counts = {};
    if (!desk || me === undefined) return;
    const later = () => {
      this.#timer ??= setTimeout(() => void this.#count(), PAUSE_MS);
    };
    this.#ends = [desk.events.on('ticket', later), desk.events.on('reset', later)];
    void this.#count();
  }

  hostDisconnected(): void {
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const end of this.#ends.splice(0)) end();
    this.#key = undefined;
  }

  async #count(): Promise<void> {
    this.#timer = undefined;
    const key = this.#key;
    const feature = this.#desk()?.use(tickets);
    const me = this.#me();
    if (!feature || me === undefined) return;
    // What could not be counted shows no number.
    const counted = await Promise.all(
      TICKET_VIEWS.map(async (view) => [view, await feature.count(filterOf(view, me)).catch(() => undefined)] as const),
    );
    if (key !== this.#key) return;
    this.#counts = Object.fromEntries(counted);
    this.#host.requestUpdate();
  }
}
