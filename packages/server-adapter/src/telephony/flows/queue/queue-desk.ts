import { type NumberingPlan, normalizeNumber, openStateAt } from '@callweave/sdk/protocol';
import { lastConversations } from '../../../calls/index.ts';
import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../store/store.ts';
import type { BusyList } from '../busy-list.ts';
import type { FlowLogger } from '../logger.ts';
import { type Responder, type Responders, refusalOf } from '../responders.ts';
import { TimerGroup, type Timers } from '../timers.ts';
import { byPlace, type InLine, offersFor, type QueueLine } from './line.ts';
import type { QueueRules } from './queue-options.ts';
import { NO_AVERAGE, readAverages, type WaitAverage, withAnswer, writeAverage } from './wait-average.ts';

const AGAIN_MS = 2_000;

/** Somebody who waits, as the queue desk deals with them. */
export interface Waiter extends InLine {
  /** Rings at these members, who are claimed for this waiter; those it does not ring at are released by it. */
  offer(members: readonly Responder[], ringSeconds: number): void;
}

export interface QueueDeskOptions {
  readonly rules: readonly QueueRules[];
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly responders: Responders;
  readonly busy: BusyList;
  readonly numbering: NumberingPlan;
  readonly logger: FlowLogger;
}

/** All queues: who waits in which place, which members are free, and who rings for whom. */
export class QueueDesk {
  readonly #options: QueueDeskOptions;
  readonly #timers: TimerGroup;
  readonly #waiters = new Map<string, Waiter>();
  readonly #idleSince = new Map<string, number>();
  /** Members who did not take a call, until then; with the name of their browser phone. */
  readonly #resting = new Map<
    string,
    { readonly until: number; readonly cancel: () => void; readonly phone: string | undefined }
  >();
  readonly #lastRung = new Map<string, string>();
  #averages = new Map<string, WaitAverage>();
  #matching: Promise<void> | undefined;
  #again = false;
  #writing = 0;
  #stopped = true;
  #unsubscribe = () => {};

  constructor(options: QueueDeskOptions) {
    this.#options = options;
    this.#timers = new TimerGroup(options.timers);
    options.busy.onRelease = (accountId) => {
      this.#idleSince.set(accountId, options.clock.now().getTime());
      this.poke();
    };
  }

  async start(): Promise<void> {
    const { store, clock } = this.#options;
    this.#averages = await readAverages(store.db);
    // Who talked last before a restart is not the longest idle after it.
    const yesterday = new Date(clock.now().getTime() - 24 * 3_600_000);
    for (const [id, at] of await lastConversations(store.db, yesterday)) this.#idleSince.set(id, at);
    this.#stopped = false;
    // Somebody became ready, came into the group, or is back from leave. An empty list: another process wrote it.
    this.#unsubscribe = store.onCommitted((events) => {
      if (events.length === 0 || events.some(({ type }) => type === 'presence' || type === 'account')) this.poke();
    });
    this.poke();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#timers.cancelAll();
    await this.#matching;
  }

  get queues(): readonly QueueRules[] {
    return this.#options.rules;
  }

  /** Behind the customers' own responders. */
  get first(): QueueRules | undefined {
    return this.#options.rules[0];
  }

  get(queueId: string): QueueRules | undefined {
    return this.#options.rules.find(({ id }) => id === queueId);
  }

  /** The queue to which a called number leads straight. */
  byNumber(calledNumber: string): QueueRules | undefined {
    const { numbering } = this.#options;
    return this.#options.rules.find(({ numbers }) =>
      numbers.some((number) => (normalizeNumber(number, numbering) ?? number) === calledNumber),
    );
  }

  isOpen(rules: QueueRules): boolean {
    return openStateAt(rules.hours, this.#options.clock.now()).open;
  }

  /** Whether somebody who comes now may wait. */
  keeps(rules: QueueRules): boolean {
    return this.isOpen(rules) && this.callersIn(rules.id) < rules.maxLength;
  }

  /** On the line; those who wait at home not counted. */
  callersIn(queueId: string): number {
    return this.line(queueId).filter(({ kind }) => kind === 'call').length;
  }

  averageOf(queueId: string): WaitAverage {
    return this.#averages.get(queueId) ?? NO_AVERAGE;
  }

  enter(waiter: Waiter): void {
    this.#waiters.set(waiter.id, waiter);
    this.poke();
  }

  leave(waiterId: string): void {
    if (this.#waiters.delete(waiterId)) this.poke();
  }

  has(waiterId: string): boolean {
    return this.#waiters.has(waiterId);
  }

  /** Everybody in a queue, the longest waiter first. */
  line(queueId: string): readonly Waiter[] {
    return [...this.#waiters.values()].filter((waiter) => waiter.queueId === queueId).sort(byPlace);
  }

  /** 1: next. */
  placeOf(waiter: Pick<Waiter, 'id' | 'queueId' | 'since'>): number {
    let before = 0;
    for (const other of this.#waiters.values())
      if (other.queueId === waiter.queueId && other.id !== waiter.id && byPlace(other, waiter) < 0) before += 1;
    return before + 1;
  }

  async membersOf(rules: QueueRules): Promise<readonly Responder[]> {
    const { responders } = this.#options;
    return rules.members === 'group' ? responders.group() : responders.byIds(rules.members);
  }

  isFree(member: Responder): boolean {
    return (
      refusalOf(member) === undefined &&
      this.#options.busy.callOf(member.id) === undefined &&
      !this.#resting.has(member.id)
    );
  }

  /** A member let it ring, or could not be rung: others first. Called before they are released. */
  missed(member: Responder, restSeconds: number): void {
    this.#wake(member.id);
    const phone = member.device.kind === 'browser' ? member.device.account : undefined;
    const until = this.#options.clock.now().getTime() + restSeconds * 1000;
    const cancel = this.#timers.after(restSeconds * 1000, () => {
      this.#resting.delete(member.id);
      this.poke();
    });
    this.#resting.set(member.id, { until, cancel, phone });
  }

  /** Their browser phone is registered again: no reason to leave them alone any longer. */
  phoneIsBack(account: string): void {
    for (const [id, { phone }] of [...this.#resting]) if (phone === account) this.#wake(id);
    this.poke();
  }

  /** Somebody was answered: what that says about those who come after. */
  answered(queueId: string, waitedMs: number, placeAtEntry: number): void {
    const average = withAnswer(this.averageOf(queueId), waitedMs, placeAtEntry);
    this.#averages.set(queueId, average);
    this.#writing += 1;
    this.#options.store
      .write((tx) => writeAverage(tx, queueId, average))
      .catch((error: unknown) => this.#options.logger.warn(`The average wait of queue ${queueId} was not kept.`, error))
      .finally(() => {
        this.#writing -= 1;
      });
  }

  /** Something changed: whoever has waited longest gets whoever is free. */
  poke(): void {
    this.#again = true;
    if (this.#stopped) return;
    this.#matching ??= this.#match().finally(() => {
      this.#matching = undefined;
      // Poked after it had looked for the last time.
      if (this.#again) this.poke();
    });
  }

  /** How many things are being done now. */
  get activity(): number {
    return (this.#matching === undefined ? 0 : 1) + this.#writing;
  }

  #wake(accountId: string): void {
    this.#resting.get(accountId)?.cancel();
    this.#resting.delete(accountId);
  }

  async #match(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      if (this.#waiters.size === 0) return;
      try {
        const wanted = new Set([...this.#waiters.values()].map(({ queueId }) => queueId));
        const members = new Map<string, readonly Responder[]>();
        for (const rules of this.queues) if (wanted.has(rules.id)) members.set(rules.id, await this.membersOf(rules));
        // From here on nothing is waited for, so that nobody is promised to two callers.
        if (!this.#stopped) this.#makeOffers(members);
      } catch (error) {
        this.#options.logger.warn('The members of the queues could not be read; trying again.', error);
        this.#timers.after(AGAIN_MS, () => this.poke());
        return;
      }
    }
  }

  #makeOffers(members: ReadonlyMap<string, readonly Responder[]>): void {
    const free = new Map<string, Responder>();
    const lines = new Map<string, QueueLine>();
    for (const [queueId, list] of members) {
      for (const member of list) if (this.isFree(member)) free.set(member.id, member);
      lines.set(queueId, {
        id: queueId,
        strategy: this.get(queueId)?.strategy ?? 'longest-idle',
        members: list.map(({ id }) => id),
        lastRung: this.#lastRung.get(queueId),
      });
    }
    const idleSince = new Map([...free.keys()].map((id) => [id, this.#idleSince.get(id) ?? 0]));
    for (const { waiterId, accountIds } of offersFor([...this.#waiters.values()], lines, idleSince)) {
      const waiter = this.#waiters.get(waiterId) as Waiter;
      const rules = this.get(waiter.queueId) as QueueRules;
      const claimed = accountIds.filter((id) => this.#options.busy.claim(id, waiter.id));
      const last = claimed.at(-1);
      if (last === undefined) continue;
      this.#lastRung.set(waiter.queueId, last);
      waiter.offer(
        claimed.map((id) => free.get(id) as Responder),
        rules.ringSeconds,
      );
    }
  }
}
