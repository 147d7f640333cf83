import type { Call, CallOutcome } from '@callweave/sdk/protocol';
import { findCall, updateCall } from '../../../calls/index.ts';
import type { Tx } from '../../../store/store.ts';
import type { PlayItem } from '../../exchange.ts';
import type { CallSession } from '../call-session.ts';
import { prompt } from '../leg-sound.ts';
import type { Responder } from '../responders.ts';
import type { Routing } from '../routing.ts';
import { announcement } from './announcement.ts';
import { CallbackOffer } from './callback-offer.ts';
import { keepPlace } from './callbacks.ts';
import type { OverflowedCall } from './overflow.ts';
import type { Waiter } from './queue-desk.ts';
import type { QueueOverflow, QueueRules } from './queue-options.ts';
import { NO_AVERAGE } from './wait-average.ts';

/** Somebody is being rung, or keys a number: the way out waits so long, and looks again. */
const LATER_SECONDS = 2;

/** What waiting asks of the call that waits. */
export interface WaitingHost {
  readonly session: CallSession;
  readonly routing: Routing;
  /** The caller has heard the greeting, or has to do without. */
  greeted(): boolean;
  /** Picks up, and greets no more. */
  pickUp(): Promise<void>;
  /** Says this and ends the call. */
  farewell(items: readonly PlayItem[], outcome: CallOutcome): Promise<void>;
  end(outcome: CallOutcome): Promise<void>;
  /** Of a call that was handed on: to who did. @returns false: they had their turn */
  goBack(): Promise<boolean>;
}

/** One caller in the queues: their place, what they hear there, and how they leave it without having been answered. */
export class Waiting implements Waiter {
  readonly kind = 'call';
  queueId = '';
  since = 0;
  except: string | undefined;
  readonly #host: WaitingHost;
  readonly #session: CallSession;
  /** The queue whose number was called. */
  #straight: QueueRules | undefined;
  #inside = false;
  #offers = 0;
  #placeAtEntry = 1;
  #published = 0;
  #overdue = false;
  #answered = false;
  readonly #offer: CallbackOffer;
  #keys: ((digit: string) => void) | undefined;
  #cancelAnnouncement = () => {};
  #cancelLimit = () => {};
  readonly #tried = new Set<string>();

  constructor(host: WaitingHost) {
    this.#host = host;
    this.#session = host.session;
    this.#offer = new CallbackOffer(host.session);
    this.#straight = host.session.services.queues?.byNumber(host.session.calledNumber);
  }

  get id(): string {
    return this.#session.id;
  }

  get ringing(): number {
    return this.#session.attempts.size + this.#offers;
  }

  get paused(): boolean {
    return this.#offer.running || this.#overdue || this.#session.agent !== undefined;
  }

  get inside(): boolean {
    return this.#inside;
  }

  /** The called number leads past the customer's own responders. */
  get straight(): boolean {
    return this.#straight !== undefined;
  }

  /** Whoever is handed on to the group may wait for it. */
  get canWait(): boolean {
    const { queues } = this.#session.services;
    return queues?.first !== undefined && queues.keeps(queues.first);
  }

  /** Somebody had them, and hands them on: what they waited before that is over. */
  handedOn(by: string): void {
    this.left();
    this.#overdue = this.#answered = false;
    this.queueId = '';
    this.since = this.#published = 0;
    this.#tried.clear();
    this.except = by;
  }

  /** A restart interrupted the waiting: the place is the same. */
  takeUp(stored: string): void {
    const { queueId, since } = JSON.parse(stored) as NonNullable<Call['waiting']>;
    this.#straight = this.#session.services.queues?.get(queueId) ?? this.#straight;
    this.since = Date.parse(since);
  }

  /** Nobody rings: into the line, or back to the place in it. @returns false: there is no queue */
  async enter(): Promise<boolean> {
    const { queues } = this.#session.services;
    if (this.#inside) {
      await this.#backInLine();
      return true;
    }
    const { talked } = this.#session;
    // Handed on to the group they wait in the first queue, once, and only where it can keep them.
    if (talked && (this.#tried.size > 0 || (this.since === 0 && !this.canWait))) return false;
    const rules = talked && this.since === 0 ? queues?.first : (this.#straight ?? queues?.first);
    if (rules === undefined) return false;
    await this.#tryQueue(rules, this.since > 0 ? 'again' : 'first');
    return true;
  }

  /** `again`: let in before a restart, and so also when it has closed meanwhile. `moved`: from a queue that could not keep them. */
  async #tryQueue(rules: QueueRules, entry: 'first' | 'again' | 'moved'): Promise<void> {
    const session = this.#session;
    const { queues, store, clock } = session.services;
    this.#tried.add(rules.id);
    if (entry !== 'again') {
      if (queues?.isOpen(rules) === false) return this.#overflow(rules.whenClosed, 'queue-closed');
      if ((queues?.callersIn(rules.id) ?? 0) >= rules.maxLength)
        return this.#overflow(rules.whenFull, 'nobody-available');
    }
    const now = clock.now().getTime();
    // Their time goes on: in the next queue nobody is the last because they waited in another one first.
    if (this.since === 0) this.since = now;
    const waited = entry === 'again' ? (now - this.since) / 1000 : 0;
    this.queueId = rules.id;
    this.#inside = true;
    this.#overdue = false;
    queues?.enter(this);
    this.#placeAtEntry = queues?.placeOf(this) ?? 1;
    try {
      await store.write((tx) => this.#publishPlace(tx));
    } catch (error) {
      queues?.leave(this.id);
      this.#inside = false;
      this.#tried.delete(rules.id);
      throw error;
    }
    this.#cancelLimit();
    this.#cancelLimit = session.later(Math.max(0, rules.maxWaitSeconds - waited), () => this.#tooLong());
    if (this.#host.greeted() && session.agent === undefined) await this.sound();
  }

  /** Whoever was rung did not take it. */
  async #backInLine(): Promise<void> {
    const { queues } = this.#session.services;
    if (this.#overdue) return this.#leaveUnanswered();
    queues?.enter(this);
    if (this.#answered) {
      this.#answered = false;
      await this.sound();
    }
  }

  offer(members: readonly Responder[], ringSeconds: number): void {
    const session = this.#session;
    this.#offers += 1;
    session.mailbox.post(async () => {
      try {
        if (session.ended || session.agent !== undefined || !this.#inside || this.#overdue) {
          for (const { id } of members) session.services.busy.release(id, session.id);
          return;
        }
        await this.#host.routing.offer(members, { ringSeconds, restSeconds: this.#rules?.restSeconds ?? 0 });
      } finally {
        // Not before it rings: somebody else would be rung as well.
        this.#offers -= 1;
        if (session.attempts.size === 0) session.services.queues?.poke();
      }
    });
  }

  get #rules(): QueueRules | undefined {
    return this.#session.services.queues?.get(this.queueId);
  }

  /** Where they stand, then music; over and over. */
  async sound(): Promise<void> {
    const session = this.#session;
    const rules = this.#rules;
    this.#cancelAnnouncement();
    if (rules === undefined || !this.#inside || this.#answered || this.#offer.running) return;
    if (rules.announceEverySeconds === 0) return this.#music();
    const { queues, store } = session.services;
    const place = queues?.placeOf(this) ?? 1;
    this.#cancelAnnouncement = session.later(rules.announceEverySeconds, () => this.sound());
    await session.sound.play(
      announcement(rules, place, queues?.averageOf(rules.id) ?? NO_AVERAGE, !session.talked),
      () => session.post(() => this.#music()),
    );
    // Told to the pages when it is told to the caller: a line of a hundred that moves by one is not a hundred events.
    if (place !== this.#published) await store.write((tx) => this.#publishPlace(tx));
  }

  async #music(): Promise<void> {
    const rules = this.#rules;
    if (rules === undefined || !this.#inside || this.#answered || this.#offer.running) return;
    if (rules.music === 'silence') await this.#session.sound.stop();
    else await this.#session.sound.loop([prompt(rules.music)]);
  }

  async #publishPlace(tx: Tx): Promise<void> {
    const row = await findCall(tx.db, this.id);
    if (row === undefined || (row.state !== 'queued' && row.state !== 'ringing')) return;
    const position = this.#session.services.queues?.placeOf(this) ?? 1;
    this.#published = position;
    const waiting: Call['waiting'] = { queueId: this.queueId, position, since: new Date(this.since).toISOString() };
    await updateCall(tx, row, { queue: JSON.stringify(waiting) });
  }

  /** After a restart it goes on with whoever is rung from now on. */
  async #forgetPlace(): Promise<void> {
    await this.#session.services.store.write(async (tx) => {
      const row = await findCall(tx.db, this.id);
      if (row !== undefined && row.queue !== null) await updateCall(tx, row, { queue: null });
    });
  }

  /** A member has answered. */
  answered(): void {
    if (!this.#inside || this.#answered) return;
    const { queues, clock } = this.#session.services;
    this.#answered = true;
    this.#cancelAnnouncement();
    this.#offer.abort();
    queues?.leave(this.id);
    queues?.answered(this.queueId, clock.now().getTime() - this.since, this.#placeAtEntry);
  }

  /** The call is over, or goes another way. */
  left(): void {
    this.#offer.abort();
    this.#cancelAnnouncement();
    this.#cancelLimit();
    this.#inside = false;
    this.#session.services.queues?.leave(this.id);
  }

  /** @returns whether the key was meant for the queue */
  handleDigit(digit: string): boolean {
    if (this.#keys !== undefined) this.#keys(digit);
    else if (this.#offer.running) this.#offer.handleDigit(digit);
    else if (this.#inside && !this.#session.talked && digit === this.#rules?.callbackKey) this.#offerCallback();
    else return false;
    return true;
  }

  #offerCallback(otherwise: () => Promise<void> = () => this.sound()): void {
    const session = this.#session;
    if (session.agent !== undefined || session.ended) return;
    this.#cancelAnnouncement();
    this.#offer.begin({ agreed: (number) => this.#keepPlace(number), declined: otherwise });
  }

  async #keepPlace(number: string): Promise<void> {
    const session = this.#session;
    const { store, queues, callbacks } = session.services;
    const { queueId, since } = this;
    const callback = await store.write(async (tx) => {
      const row = await findCall(tx.db, session.id);
      return keepPlace(tx, {
        callId: session.id,
        queueId,
        number,
        calledNumber: session.calledNumber,
        customerId: row?.customer_id ?? null,
        locale: session.language,
        since: since > 0 ? since : tx.now.getTime(),
      });
    });
    // Both at once, so that nobody behind them moves up for a moment.
    callbacks?.add(callback);
    queues?.leave(this.id);
    this.#cancelLimit();
    this.#overdue = true;
    await this.#host.farewell([prompt('callback-agreed'), prompt('goodbye')], 'callback');
  }

  /** They have waited for as long as the queue lets anybody wait. */
  async #tooLong(): Promise<void> {
    const session = this.#session;
    if (session.agent !== undefined || !this.#inside) return;
    if (this.#offer.running) {
      this.#cancelLimit = session.later(LATER_SECONDS, () => this.#tooLong());
      return;
    }
    this.#overdue = true;
    // Whoever is being rung may still answer; if not, the call comes back here.
    if (this.ringing === 0) await this.#leaveUnanswered();
  }

  async #leaveUnanswered(): Promise<void> {
    const rules = this.#rules;
    this.#cancelAnnouncement();
    this.#session.services.queues?.leave(this.id);
    this.#inside = false;
    await this.#overflow(rules?.whenLong ?? { kind: 'goodbye' }, 'nobody-available');
  }

  async #overflow(overflow: QueueOverflow, words: 'queue-closed' | 'nobody-available'): Promise<void> {
    const host = this.#host;
    const session = this.#session;
    const { queues, overflow: handlers } = session.services;
    const goodbye = () => host.farewell([prompt(words), prompt('goodbye')], 'missed');
    if (overflow.kind === 'queue' && !this.#tried.has(overflow.queueId)) {
      const next = queues?.get(overflow.queueId);
      if (next !== undefined) return this.#tryQueue(next, 'moved');
    }
    // Somebody had them: it is for that person to say when they are called, or to take a message.
    if (session.talked) {
      await this.#forgetPlace();
      return (await host.goBack()) ? undefined : goodbye();
    }
    if (overflow.kind === 'callback') {
      const rules = this.#straight ?? queues?.get(this.queueId) ?? queues?.first;
      this.queueId = this.queueId === '' ? (rules?.id ?? '') : this.queueId;
      await host.pickUp();
      return this.#offerCallback(goodbye);
    }
    if (overflow.kind === 'voicemail') {
      await host.pickUp();
      const call: OverflowedCall = {
        session,
        onDigit: (listener) => {
          this.#keys = listener;
        },
        end: (outcome) => host.end(outcome),
      };
      if (await handlers.voicemail(call, overflow.box)) return;
    }
    await goodbye();
  }
}
