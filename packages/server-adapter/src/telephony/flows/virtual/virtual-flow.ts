import { normalizeNumber } from '@callweave/sdk/protocol';
import { newId } from '../../../id.ts';
import type { FieldCallControl } from '../../../numbers/index.ts';
import { isFictitious } from '../../../numbers/index.ts';
import { Problem } from '../../../problem.ts';
import type { LegSnapshot } from '../../exchange.ts';
import type { CallFlow, IncomingLeg, LegOwner } from '../switchboard.ts';
import { recoverVirtualCalls } from './recovery.ts';
import { access, callBack, ringFieldCaller, type Visit } from './scripts.ts';
import { subjectOf } from './subject.ts';
import type { Side } from './virtual-book.ts';
import { VirtualCall } from './virtual-call.ts';
import type { VirtualServices } from './virtual-services.ts';

/**
 * Calls through fictitious numbers (B1–B6): the access number, the exchange's number, the fictitious numbers themselves,
 * and calls that field callers start from the page.
 */
export class VirtualFlow implements CallFlow, FieldCallControl {
  readonly name = 'virtual-numbers';
  readonly #services: VirtualServices;
  /** The desk's own. */
  readonly #publicNumbers: ReadonlySet<string>;
  readonly #calls = new Map<string, VirtualCall>();

  constructor(services: VirtualServices) {
    this.#services = services;
    const { publicNumbers, numbering } = services.policy;
    this.#publicNumbers = new Set(publicNumbers.map((number) => normalizeNumber(number, numbering) ?? number));
  }

  has(callId: string): boolean {
    return this.#calls.has(callId);
  }

  take(incoming: IncomingLeg): Promise<LegOwner | undefined> | LegOwner | undefined {
    const { virtual, store } = this.#services;
    const { calledNumber } = incoming;
    if (calledNumber === virtual.accessNumber || calledNumber === virtual.exchangeNumber)
      return this.#taken(incoming, 'field');
    // Customers of the desk do not wait while other numbers are looked up.
    if (this.#publicNumbers.has(calledNumber)) return undefined;
    return isFictitious(store.db, calledNumber).then((ours) => (ours ? this.#taken(incoming, 'callee') : undefined));
  }

  #taken({ leg, callerNumber, calledNumber, at }: IncomingLeg, side: Side): LegOwner {
    const call = this.#make(newId('call', at));
    this.#begin(call, side, leg, { caller: callerNumber, called: calledNumber });
    return call;
  }

  #make(id: string): VirtualCall {
    const call = new VirtualCall(this.#services, id, (over) => this.#forget(over));
    this.#calls.set(id, call);
    return call;
  }

  #begin(call: VirtualCall, side: Side, leg: string, visit: Visit): void {
    call.legs.take(side, leg);
    const script =
      side === 'callee' ? ringFieldCaller : visit.called === this.#services.virtual.accessNumber ? access : callBack;
    call.post(() => script(call, visit));
  }

  #forget(call: VirtualCall): void {
    this.#calls.delete(call.id);
    call.legs.disown();
  }

  async recover(legs: readonly LegSnapshot[]): Promise<boolean> {
    const { numbering } = this.#services.policy;
    const visitOf = ({ from, to }: LegSnapshot): Visit => ({
      caller: normalizeNumber(from, numbering) ?? '',
      called: normalizeNumber(to, numbering) ?? to,
    });
    return recoverVirtualCalls(this.#services, legs, {
      make: (id) => this.#make(id),
      forget: (call) => this.#forget(call),
      begin: (call, side, leg) => this.#begin(call, side, leg.leg, visitOf(leg)),
    });
  }

  // — from the page ——————————————————————————————————————————————————————

  #isInCall(fieldCallerId: string): boolean {
    return [...this.#calls.values()].some((call) => call.subject?.fieldCallerId === fieldCallerId && !call.ended);
  }

  async start({ whole, kind, to, caseRow, device }: Parameters<FieldCallControl['start']>[0]): Promise<string> {
    const { virtual, clock } = this.#services;
    // Asked and taken in one step: of two clicks one is refused.
    if (this.#isInCall(whole.fieldCaller.id))
      throw new Problem('in-a-call', 'A call of this field caller is going on.');
    const call = this.#make(newId('call', clock.now()));
    const subject = subjectOf(whole, kind, to, caseRow);
    call.subject = subject;
    call.language = subject.locale;
    let rings: boolean;
    try {
      rings = await call.mailbox.ask(async () => {
        const leg = call.newLeg('field');
        await call.book.open(subject, [{ side: 'field', leg, state: 'ringing' }], 'own-phone');
        return call.ring(
          leg,
          {
            side: 'field',
            device,
            callerId: virtual.exchangeNumber,
            seconds: virtual.ringSeconds,
            // The page that asked for the call knows it by its id, and answers it by itself.
            ...(device.kind === 'browser' && {
              headers: { 'X-Callweave-Call': call.id, 'X-Callweave-Dial': call.id },
            }),
          },
          () => call.dial(subject),
        );
      });
    } catch (error) {
      this.#forget(call);
      throw new Problem('exchange-unavailable', 'The call could not be started.', { cause: error });
    }
    if (rings) return call.id;
    // Its end is written as that of any call; whoever asked for it is told why there is none.
    await call.mailbox.drained();
    throw new Problem('exchange-unavailable', 'Your own phone could not be rung: it is not there at the moment.');
  }

  async hangup(callId: string): Promise<void> {
    const call = this.#calls.get(callId);
    if (call !== undefined) await call.mailbox.ask(() => call.hangup());
  }

  // — life ———————————————————————————————————————————————————————————————

  get activity(): number {
    return [...this.#calls.values()].reduce(
      (sum, { mailbox, waiting, asking }) => sum + asking + (!mailbox.idle && !waiting ? 1 : 0),
      0,
    );
  }

  async stop(): Promise<void> {
    const calls = [...this.#calls.values()];
    // The ends of the legs that the exchange has just ended are events that wait in the mailboxes.
    await Promise.all(calls.map(({ mailbox }) => mailbox.drained()));
    for (const call of calls) call.abandon();
    await Promise.all(calls.map(({ mailbox }) => mailbox.drained()));
  }
}
