import type { CallOutcome } from '@callweave/sdk/protocol';
import { findCall, openCall, touchCall, updateCall } from '../../calls/index.ts';
import type { DirectoryCustomer } from '../../customers/index.ts';
import { Problem } from '../../problem.ts';
import { findVerification, voidVerification } from '../../verification/index.ts';
import type { HangupCause, LegSnapshot } from '../exchange.ts';
import { CallSession, type FlowServices, isGone } from './call-session.ts';
import { Conversation } from './conversation.ts';
import { endCall } from './ending.ts';
import { prompt } from './leg-sound.ts';
import { writeTag } from './leg-tag.ts';
import { PinEntry } from './pin-entry.ts';
import { Routing } from './routing.ts';
import { planRouting } from './routing-plan.ts';
import type { LegEvent, LegOwner } from './switchboard.ts';

/** The host's own customer base may be slow; a call that rings must not wait for it. */
const ENTITLEMENT_SECONDS = 5;

export interface InboundStart {
  readonly id: string;
  readonly customerLeg: string;
  /** E.164, or empty when withheld. */
  readonly callerNumber: string;
  readonly calledNumber: string;
  readonly at: Date;
}

/**
 * One call from outside, from its first ring to its end. All its events and commands run one after the other through its
 * mailbox, so no two of them ever decide at the same time.
 */
export class InboundCall implements LegOwner {
  readonly session: CallSession;
  readonly routing: Routing;
  readonly conversation: Conversation;
  readonly pin: PinEntry;
  readonly #ended: (call: InboundCall) => void;
  /** The customer has heard who they called and that it is recorded. */
  greeted = false;
  #answeredCustomer = false;
  #farewell = false;

  constructor(services: FlowServices, start: Omit<InboundStart, 'at'>, ended: (call: InboundCall) => void) {
    this.session = new CallSession(services, start, this, (error) => this.#failed(error));
    this.routing = new Routing(this.session, () => this.#sayNobody());
    this.conversation = new Conversation(this.session, () => this.#end('answered', 'media-timeout'));
    this.pin = new PinEntry(this.session, this.conversation, () => this.#end('answered', 'failed'));
    this.#ended = ended;
  }

  get id(): string {
    return this.session.id;
  }

  begin(start: InboundStart): void {
    this.session.post(async () => {
      const customers = await this.#lookUp();
      const locales = new Set(customers.map(({ locale }) => locale));
      const [locale] = locales;
      if (locale !== undefined && locales.size === 1) this.session.language = locale;
      this.routing.plan(planRouting(customers));
      const { id, callerNumber, calledNumber, at } = start;
      const { holdAlertSeconds } = this.session.services.policy;
      await this.routing.next((tx) =>
        openCall(tx, { id, callerNumber, calledNumber, customers, startedAt: at, holdAlertSeconds }, start.customerLeg),
      );
      this.#askEntitlement(customers);
      if (this.session.ended || this.#farewell) return;
      await this.#answerCustomer();
      await this.#greet();
    });
  }

  /** An event of one of this call's legs. */
  handle(event: LegEvent): void {
    const { session } = this;
    // These two are waited for inside the turn of something else, so they go round the mailbox.
    if (event.type === 'digit') {
      if (event.leg === session.customerLeg) this.pin.handleDigit(event.digit);
      return;
    }
    if (event.type === 'playback-finished') {
      if (!this.pin.handlePlaybackFinished(event.playback)) session.sound.handleFinished(event.playback);
      return;
    }
    session.post(() => this.#on(event));
  }

  resync(alive: ReadonlyMap<string, LegSnapshot>, known: ReadonlySet<string>): void {
    const { session, conversation } = this;
    session.post(async () => {
      const mine = [
        session.customerLeg,
        ...session.attempts.keys(),
        ...(session.agent?.leg === undefined ? [] : [session.agent.leg]),
        ...conversation.ownLegs,
      ];
      for (const leg of mine) {
        const snapshot = alive.get(leg);
        if (session.ended || !known.has(leg)) continue;
        if (snapshot === undefined) await this.legGone(leg, 'failed');
        else if (snapshot.state === 'up' && leg !== session.customerLeg) await this.agentAnswered(leg);
      }
      if (!session.ended) await session.sound.restart();
    });
  }

  async #on(event: LegEvent): Promise<void> {
    const { session } = this;
    switch (event.type) {
      case 'answered':
        if (event.leg !== session.customerLeg) await this.agentAnswered(event.leg);
        return;
      case 'held':
        if (event.leg === session.agent?.leg) await this.conversation.phoneHeld(event.held);
        return;
      case 'hungup':
        return this.legGone(event.leg, event.cause);
      case 'recording-failed':
        if (session.recording.handleFailed(event.recording)) {
          await session.services.store.write(async (tx) => {
            await session.recording.note(tx);
            await touchCall(tx, session.id);
          });
        }
        return;
      default:
        return;
    }
  }

  async agentAnswered(leg: string): Promise<void> {
    const { session, conversation, routing } = this;
    if (conversation.isReturning(leg)) return conversation.returned(leg);
    if (session.agent?.leg === leg) return;
    const winner = await routing.answered(leg);
    if (winner === undefined) {
      await session.hangup(leg, 'answered-elsewhere');
      return;
    }
    if (this.greeted) await conversation.connect();
  }

  async legGone(leg: string, cause: HangupCause): Promise<void> {
    const { session, conversation, pin, routing } = this;
    if (leg === session.customerLeg) {
      session.sound.forget();
      return this.#end(this.#outcomeFor(cause), cause, true);
    }
    if (conversation.isReturning(leg)) return conversation.returnFailed(leg, cause);
    if (session.attempts.has(leg)) return routing.over(leg, cause);
    if (session.agent?.leg !== leg) return;
    if (!session.talked) return routing.lostBeforeTalk(cause);
    if (cause === 'normal') return this.#end('answered', cause);
    pin.abort();
    await conversation.agentLost(leg, cause);
  }

  /** Caller gone before anybody talked: they gave up, unless everybody had been tried, or the line broke. */
  #outcomeFor(cause: HangupCause): CallOutcome {
    if (this.session.talked) return 'answered';
    if (this.#farewell) return 'missed';
    return cause === 'failed' || cause === 'media-timeout' ? 'failed' : 'abandoned';
  }

  async #lookUp(): Promise<readonly DirectoryCustomer[]> {
    const { callerNumber, services } = this.session;
    if (callerNumber === '') return [];
    try {
      return await services.directory.findByNumber(callerNumber);
    } catch (error) {
      // A caller nobody could look up is still a caller: the group takes the call.
      services.logger.error(`The customer base could not be asked for call ${this.id}.`, error);
      return [];
    }
  }

  /** Whoever the caller may be entitled to is told as soon as the host knows it; nobody waits for it. */
  #askEntitlement(customers: readonly DirectoryCustomer[]): void {
    const { session } = this;
    const { directory, logger, store } = session.services;
    const [customer] = customers;
    if (customers.length !== 1 || customer === undefined || directory.entitlement === undefined) return;
    let late = false;
    session.timers.after(ENTITLEMENT_SECONDS * 1000, () => {
      late = true;
    });
    directory.entitlement(customer.id).then(
      (entitlement) => {
        if (late || entitlement === undefined) return;
        session.post(async () => {
          await store.write(async (tx) => {
            const row = await findCall(tx.db, session.id);
            if (row?.customer_id === customer.id) await updateCall(tx, row, { entitlement });
          });
        });
      },
      (error: unknown) => logger.warn(`The entitlement for call ${this.id} is not known.`, error),
    );
  }

  async #answerCustomer(): Promise<void> {
    if (this.#answeredCustomer) return;
    this.#answeredCustomer = true;
    const { session } = this;
    const { exchange } = session.services;
    try {
      await exchange.answer(session.customerLeg);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    // The leg is known by its id as well; the tag only helps a reader of the exchange.
    await exchange.tag(session.customerLeg, writeTag({ callId: session.id, role: 'customer' })).catch(() => {});
  }

  async #greet(): Promise<void> {
    const { session } = this;
    await session.sound.play(session.services.policy.greeting.map(prompt), () => {
      session.post(async () => {
        this.greeted = true;
        if (session.agent !== undefined) await this.conversation.connect();
        else if (!this.#farewell) await this.routing.soundOfRinging();
      });
    });
  }

  async #sayNobody(): Promise<void> {
    const { session } = this;
    this.#farewell = true;
    await this.#answerCustomer();
    await session.sound.play([prompt('nobody-available'), prompt('goodbye')], () => {
      session.post(() => this.#end('missed', 'no-answer'));
    });
  }

  /** Tells the pages when what was verified is no longer; whoever asks knows it by the clock anyway. */
  expireVerification(until: Date): void {
    const { session } = this;
    const { clock, store } = session.services;
    session.later(Math.max(0, until.getTime() - clock.now().getTime()) / 1000, async () => {
      await store.write(async (tx) => {
        const record = await findVerification(tx.db, session.id);
        // Verified again meanwhile: the timer of that one is running.
        if (record?.state !== 'passed' || record.expiresAt === null || Date.parse(record.expiresAt) > tx.now.getTime())
          return;
        if (await voidVerification(tx, session.id, 'time')) await touchCall(tx, session.id);
      });
    });
  }

  /** Takes up a call that was found again at the exchange. */
  recovered(options: { readonly answered: boolean; readonly greeted: boolean }): void {
    this.#answeredCustomer = options.answered;
    this.greeted = options.greeted;
  }

  /** Goes on where a restart interrupted the routing; the greeting was heard already. */
  async goOnRouting(): Promise<void> {
    await this.#answerCustomer();
    this.greeted = true;
    await this.routing.soundOfRinging();
    await this.routing.next();
  }

  async decline(accountId: string): Promise<void> {
    const { session, routing } = this;
    const attempt = [...session.attempts.values()].find(({ responder }) => responder.id === accountId);
    if (attempt !== undefined) {
      await session.hangup(attempt.leg, 'rejected');
      return routing.over(attempt.leg, 'rejected');
    }
    if (session.agent?.leg !== undefined && session.agent.responder.id === accountId && !session.talked) {
      await session.hangup(session.agent.leg, 'rejected');
      return routing.lostBeforeTalk('rejected');
    }
    throw new Problem('call-not-live', 'This call no longer rings at you.');
  }

  async hangup(): Promise<void> {
    await this.#end('answered', 'normal');
  }

  async fail(cause: HangupCause): Promise<void> {
    await this.#end(this.#outcomeFor(cause), cause);
  }

  async #end(outcome: CallOutcome, cause: HangupCause, callerGaveUp = false): Promise<void> {
    const { session, pin, conversation } = this;
    if (session.ended) return;
    pin.abort();
    const agentLeg = session.agent?.leg;
    const legs = [...conversation.ownLegs, ...(agentLeg === undefined ? [] : [agentLeg]), session.customerLeg];
    await endCall(session, { outcome, cause, legs, callerGaveUp, pinUsed: pin.used });
    this.#ended(this);
  }

  /** Something in the turn of an event went wrong. People who talk go on talking; a call that still rings is ended. */
  async #failed(error: unknown): Promise<void> {
    const { session } = this;
    session.services.logger.error(`Call ${this.id} met an error.`, error);
    if (session.talked) return;
    // A command that crossed with the caller's hang-up fails in as many ways as there are exchanges.
    const here = await session.services.exchange.legs().then(
      (legs) => legs.some(({ leg }) => leg === session.customerLeg),
      () => true,
    );
    if (here) await this.#end('failed', 'failed');
    else await this.#end(this.#outcomeFor('cancelled'), 'cancelled', true);
  }
}
