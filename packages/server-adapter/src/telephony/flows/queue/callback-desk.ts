import type { Call, CallOutcome } from '@callweave/sdk/protocol';
import { findCall, updateCall } from '../../../calls/index.ts';
import type { Clock } from '../../../clock.ts';
import type { Directory, DirectoryCustomer } from '../../../customers/index.ts';
import { newId } from '../../../id.ts';
import type { Store } from '../../../store/store.ts';
import type { BusyList } from '../busy-list.ts';
import type { FlowLogger } from '../logger.ts';
import type { PatientExchange } from '../patient-exchange.ts';
import type { Responder } from '../responders.ts';
import { TimerGroup, type Timers } from '../timers.ts';
import { type Callback, type CallbackLine, moveCallback, openCallbacks } from './callbacks.ts';
import type { QueueDesk, Waiter } from './queue-desk.ts';

/** A customer who did not pick up is tried again after so long. */
const NOT_REACHED_MS = 120_000;
/** A member who was offered the call did not take it: somebody else, or they again, after so long. */
const NOT_TAKEN_MS = 15_000;
/** Opening hours begin without anybody telling. */
const LOOK_AGAIN_MS = 60_000;

/** A call back, as the desk makes it: the member's own phone first, then the customer's number. */
export interface CallBackRequest {
  readonly callId: string;
  /** Claimed for this call already. */
  readonly agent: Responder;
  readonly number: string;
  /** The number of ours that they had called. */
  readonly shown: string;
  readonly customer: DirectoryCustomer | undefined;
}

export interface CallbackDeskOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly queues: QueueDesk;
  readonly busy: BusyList;
  readonly exchange: Pick<PatientExchange, 'deviceState'>;
  readonly directory: Directory;
  readonly logger: FlowLogger;
  readonly callBack: (request: CallBackRequest) => Promise<void>;
}

/**
 * Callers who hung up and kept their place. Each stands in the line of their queue as if they were on the telephone; when
 * it is their turn a member is rung, and then they are. How that went is read off the call, so that it is known also when
 * the adapter was away meanwhile.
 */
export class CallbackDesk implements CallbackLine {
  readonly #options: CallbackDeskOptions;
  readonly #timers: TimerGroup;
  readonly #waiters = new Map<string, CallbackWaiter>();
  readonly #work = new Set<Promise<void>>();
  /** Of the work, what is being done by a call. */
  #begun = 0;
  #unsubscribe = () => {};
  #stopped = true;

  constructor(options: CallbackDeskOptions) {
    this.#options = options;
    this.#timers = new TimerGroup(options.timers);
  }

  /** After the desk has taken up its calls. */
  async start(): Promise<void> {
    const { store } = this.#options;
    this.#stopped = false;
    this.#unsubscribe = store.onCommitted((events) => {
      for (const { type, data, audience } of events)
        if (type === 'call' && audience.includes('role:supervisor')) this.#follow(data);
    });
    for (const callback of await openCallbacks(store.db)) {
      this.add(callback);
      if (callback.state === 'calling') this.#inBackground(callback.id, () => this.#takeUp(callback));
    }
    this.#lookAgain();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#timers.cancelAll();
    await Promise.all(this.#work);
  }

  get activity(): number {
    return this.#work.size - this.#begun;
  }

  add(callback: Callback): void {
    const waiter = new CallbackWaiter(callback, {
      now: () => this.#options.clock.now().getTime(),
      isOpen: (queueId) => {
        const rules = this.#options.queues.get(queueId);
        return rules !== undefined && this.#options.queues.isOpen(rules);
      },
      offered: (member) => this.#inBackground(callback.id, () => this.#call(waiter, member)),
      release: (member) => this.#options.busy.release(member.id, callback.id),
    });
    this.#waiters.set(callback.id, waiter);
    this.#options.queues.enter(waiter);
    this.#wakeAt(waiter);
  }

  /** The adapter went away while they were being called. */
  async #takeUp(callback: Callback): Promise<void> {
    const waiter = this.#waiters.get(callback.id);
    const row =
      callback.callbackCallId === null ? undefined : await findCall(this.#options.store.db, callback.callbackCallId);
    if (waiter === undefined) return;
    if (row === undefined) return this.#notTaken(waiter);
    waiter.callId = row.id;
    await this.#settle(waiter, row.answered_at !== null, row.state === 'ended' ? (row.outcome as CallOutcome) : null);
  }

  async #call(waiter: CallbackWaiter, member: Responder): Promise<void> {
    const { store, busy, directory, exchange, queues, callBack } = this.#options;
    const { callback } = waiter;
    const callId = newId('call', this.#options.clock.now());
    waiter.callId = callId;
    waiter.member = member;
    busy.handOver(member.id, callback.id, callId);
    try {
      // Asked first, because every try is a call that somebody reads afterwards.
      if ((await exchange.deviceState(member.device).catch(() => 'unknown')) === 'unreachable') {
        this.#inBackground(waiter.id, () => this.#notTaken(waiter));
        return busy.release(member.id, callId);
      }
      const customer =
        callback.customerId === null ? undefined : await directory.findById(callback.customerId).catch(() => undefined);
      // Before anything rings: a restart finds what was begun.
      await store.write((tx) => moveCallback(tx, callback, 'calling', { callback_call_id: callId }));
      this.#begun += 1;
      await callBack({
        callId,
        agent: member,
        number: callback.number,
        shown: callback.calledNumber,
        customer,
      }).finally(() => {
        this.#begun -= 1;
      });
    } catch (error) {
      this.#options.logger.warn(`The call back ${callback.id} could not be made; it is tried again.`, error);
      queues.missed(member, queues.get(callback.queueId)?.restSeconds ?? 0);
      busy.release(member.id, callId);
      // Apart, so that only this is done again should it fail, and not the call.
      if (waiter.callId === callId) this.#inBackground(waiter.id, () => this.#notTaken(waiter));
    }
  }

  #follow(data: string): void {
    for (const waiter of this.#waiters.values()) {
      const { number, customerId } = waiter.callback;
      if (![waiter.callId, number, customerId].some((named) => named != null && data.includes(named))) continue;
      const call = JSON.parse(data) as Call;
      if (call.id !== waiter.callId) {
        if (areTalkedTo(call, waiter.callback)) this.#inBackground(waiter.id, () => this.#rangAgain(waiter));
        continue;
      }
      const answered = call.answeredAt !== null;
      if (answered || call.state === 'ended')
        this.#inBackground(waiter.id, () =>
          this.#settle(waiter, answered, call.state === 'ended' ? call.outcome : null),
        );
    }
  }

  async #settle(waiter: CallbackWaiter, answered: boolean, outcome: CallOutcome | null): Promise<void> {
    const { store, queues } = this.#options;
    if (waiter.over || waiter.callId === undefined) return;
    const { callback } = waiter;
    if (answered) {
      await store.write((tx) => moveCallback(tx, callback, 'done'));
      return this.#over(waiter);
    }
    if (outcome === null) return;
    // Nobody of ours took it, or the exchange could not: the customer knows nothing of that.
    if (outcome === 'abandoned' || outcome === 'failed') {
      if (waiter.member !== undefined) queues.missed(waiter.member, queues.get(callback.queueId)?.restSeconds ?? 0);
      return this.#notTaken(waiter);
    }
    const attempts = callback.attempts + 1;
    if (attempts >= (queues.get(callback.queueId)?.callbackAttempts ?? 1)) {
      await store.write(async (tx) => {
        await moveCallback(tx, callback, 'failed', { attempts });
        // From now on it is a call that nobody answered, and whoever looks after those finds it.
        const row = await findCall(tx.db, callback.callId);
        if (row?.outcome === 'callback') await updateCall(tx, row, { outcome: 'missed' satisfies CallOutcome });
      });
      return this.#over(waiter);
    }
    await this.#later(waiter, NOT_REACHED_MS, attempts);
  }

  /** Somebody of ours talks with them by now: they need not be called any more. */
  async #rangAgain(waiter: CallbackWaiter): Promise<void> {
    if (waiter.over) return;
    await this.#options.store.write((tx) => moveCallback(tx, waiter.callback, 'done', {}, 'queue.rang-again'));
    this.#over(waiter);
  }

  #notTaken(waiter: CallbackWaiter): Promise<void> {
    return this.#later(waiter, NOT_TAKEN_MS, waiter.callback.attempts);
  }

  async #later(waiter: CallbackWaiter, ms: number, attempts: number): Promise<void> {
    if (waiter.over) return;
    const nextAt = this.#options.clock.now().getTime() + ms;
    await this.#options.store.write((tx) =>
      moveCallback(tx, waiter.callback, 'waiting', { attempts, next_at: new Date(nextAt).toISOString() }),
    );
    waiter.callback = { ...waiter.callback, attempts, nextAt };
    waiter.callId = undefined;
    waiter.member = undefined;
    this.#wakeAt(waiter);
  }

  #over(waiter: CallbackWaiter): void {
    waiter.over = true;
    this.#waiters.delete(waiter.id);
    this.#options.queues.leave(waiter.id);
  }

  #wakeAt({ callback: { nextAt } }: CallbackWaiter): void {
    const now = this.#options.clock.now().getTime();
    this.#timers.after(Math.max(0, (nextAt ?? now) - now), () => this.#options.queues.poke());
  }

  #lookAgain(): void {
    this.#timers.after(LOOK_AGAIN_MS, () => {
      if (this.#stopped) return;
      if (this.#waiters.size > 0) this.#options.queues.poke();
      this.#lookAgain();
    });
  }

  /** What could not be written is tried again: nobody who was promised a call is forgotten. */
  #inBackground(id: string, work: () => Promise<void>): void {
    const done: Promise<void> = work()
      .catch((error: unknown) => {
        this.#options.logger.warn(`The call back ${id} could not be written; trying again.`, error);
        if (!this.#stopped) this.#timers.after(NOT_TAKEN_MS, () => this.#inBackground(id, work));
      })
      .finally(() => this.#work.delete(done));
    this.#work.add(done);
  }
}

/** A conversation with whoever kept their place, that began after they did. */
function areTalkedTo(call: Call, { number, customerId, since }: Callback): boolean {
  if (call.kind !== 'desk' || call.answeredAt === null || Date.parse(call.answeredAt) < since) return false;
  const other = call.direction === 'outbound' ? call.calledNumber : call.callerNumber;
  return other === number || (customerId !== null && call.customer?.id === customerId);
}

interface WaiterHost {
  now(): number;
  isOpen(queueId: string): boolean;
  offered(member: Responder): void;
  release(member: Responder): void;
}

/** Somebody who waits at home. */
class CallbackWaiter implements Waiter {
  readonly kind = 'callback';
  callback: Callback;
  /** The call that is being made to them. */
  callId: string | undefined;
  member: Responder | undefined;
  over = false;
  readonly #host: WaiterHost;

  constructor(callback: Callback, host: WaiterHost) {
    this.callback = callback;
    this.#host = host;
  }

  get id(): string {
    return this.callback.id;
  }

  get queueId(): string {
    return this.callback.queueId;
  }

  get since(): number {
    return this.callback.since;
  }

  get ringing(): number {
    return this.callId === undefined ? 0 : 1;
  }

  /** Nobody is called back at night. */
  get paused(): boolean {
    const { nextAt, queueId } = this.callback;
    return this.callId !== undefined || (nextAt ?? 0) > this.#host.now() || !this.#host.isOpen(queueId);
  }

  offer([member, ...others]: readonly Responder[]): void {
    for (const other of others) this.#host.release(other);
    if (member === undefined) return;
    if (this.paused || this.over) this.#host.release(member);
    else this.#host.offered(member);
  }
}
