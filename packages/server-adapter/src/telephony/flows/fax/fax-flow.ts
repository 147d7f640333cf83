import { normalizeNumber } from '@callweave/sdk/protocol';
import { type FaxShelf, openLineFax, unfinishedLineFaxes } from '../../../faxes/index.ts';
import type { LegSnapshot } from '../../exchange.ts';
import type { FlowServices } from '../call-session.ts';
import type { CallFlow, IncomingLeg, LegOwner } from '../switchboard.ts';
import { FaxCall } from './fax-call.ts';

/** Calls to the fax numbers (C4): every one of them is answered as a fax machine, and what comes is kept. */
export class FaxFlow implements CallFlow {
  readonly name = 'fax';
  readonly #services: FlowServices;
  readonly #shelf: FaxShelf;
  readonly #numbers: ReadonlySet<string>;
  readonly #calls = new Map<string, FaxCall>();

  constructor(services: FlowServices, shelf: FaxShelf, numbers: readonly string[]) {
    this.#services = services;
    this.#shelf = shelf;
    const { numbering } = services.policy;
    this.#numbers = new Set(numbers.map((number) => normalizeNumber(number, numbering) ?? number));
  }

  take(incoming: IncomingLeg): Promise<LegOwner> | undefined {
    if (!this.#numbers.has(incoming.calledNumber)) return undefined;
    return this.#take(incoming);
  }

  async #take({ leg, callerNumber, calledNumber }: IncomingLeg): Promise<LegOwner> {
    // Written first: a fax that came is never unknown, whatever happens to us meanwhile.
    const id = await openLineFax(this.#shelf, { leg, callerNumber, calledNumber });
    const call = this.#make(id, leg, calledNumber);
    call.begin();
    return call;
  }

  async recover(legs: readonly LegSnapshot[]): Promise<boolean> {
    const alive = new Map(legs.map((leg) => [leg.leg, leg]));
    for (const { id, leg, called_number } of await unfinishedLineFaxes(this.#shelf.store.db)) {
      if (this.#calls.has(id)) continue;
      const call = this.#make(id, leg, called_number);
      const snapshot = alive.get(leg);
      if (snapshot === undefined) call.missed();
      // Not answered yet: we were stopped between writing it down and taking it.
      else if (snapshot.state === 'ringing') call.begin();
    }
    return true;
  }

  has(callId: string): boolean {
    return this.#calls.has(callId);
  }

  get activity(): number {
    return [...this.#calls.values()].filter(({ active }) => active).length;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => call.abandon()));
    this.#calls.clear();
  }

  #make(id: string, leg: string, calledNumber: string): FaxCall {
    const call = new FaxCall(this.#services, this.#shelf, { id, leg, calledNumber }, () => {
      this.#calls.delete(id);
      this.#services.switchboard.disown(leg);
    });
    this.#calls.set(id, call);
    this.#services.switchboard.own(leg, call);
    return call;
  }
}
