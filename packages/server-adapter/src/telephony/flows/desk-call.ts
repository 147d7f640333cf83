import type { CallOutcome } from '@callweave/sdk/protocol';
import { touchCall } from '../../calls/index.ts';
import { Problem } from '../../problem.ts';
import { findVerification, voidVerification } from '../../verification/index.ts';
import type { HangupCause, LegSnapshot, PlayItem } from '../exchange.ts';
import { CallSession, type FlowServices } from './call-session.ts';
import { Conversation } from './conversation.ts';
import { endCall } from './ending.ts';
import { prompt } from './leg-sound.ts';
import { PinEntry } from './pin-entry.ts';
import { Waiting } from './queue/waiting.ts';
import { RecordingPause } from './recording-pause.ts';
import { Routing } from './routing.ts';
import type { LegEvent, LegOwner } from './switchboard.ts';
import { Transfer } from './transfer.ts';

export interface DeskCallStart {
  readonly id: string;
  readonly customerLeg: string;
  /** E.164, or empty when withheld. */
  readonly callerNumber: string;
  readonly calledNumber: string;
  /** Who is at the other end of the customer's leg: the caller, or of a call that goes out the one who is called. */
  readonly customerNumber: string;
}

/**
 * One call of the desk: a customer, an agent, and whoever else is brought in. All its events and commands run one after
 * the other through its mailbox, so no two of them ever decide at the same time. How it begins is its kind's.
 */
export abstract class DeskCall implements LegOwner {
  readonly session: CallSession;
  readonly routing: Routing;
  readonly conversation: Conversation;
  readonly pin: PinEntry;
  readonly pause: RecordingPause;
  readonly waiting: Waiting;
  readonly transfer: Transfer;
  readonly #ended: (call: DeskCall) => void;

  constructor(services: FlowServices, start: DeskCallStart, ended: (call: DeskCall) => void) {
    this.session = new CallSession(services, start, this, (error) => this.#failed(error));
    this.routing = new Routing(this.session, () => this.#nobody());
    this.conversation = new Conversation(this.session, () => this.end('answered', 'media-timeout'));
    this.pin = new PinEntry(this.session, this.conversation, () => this.end('answered', 'failed'));
    this.pause = new RecordingPause(this.session);
    this.waiting = new Waiting({
      session: this.session,
      routing: this.routing,
      greeted: () => this.greeted,
      pickUp: () => this.pickUp(),
      farewell: (items, outcome) => this.sayFarewell(items, outcome),
      end: (outcome) => this.end(outcome, 'normal'),
      goBack: () => this.transfer.goBack(),
    });
    this.transfer = new Transfer({ ...this, end: (cause) => this.end('answered', cause) });
    this.#ended = ended;
  }

  get id(): string {
    return this.session.id;
  }

  /** Of a call that goes out the customer's leg is not there before it is rung. */
  protected get customerThere(): boolean {
    return true;
  }

  /** The customer has heard the greeting, or there is none. */
  protected get greeted(): boolean {
    return true;
  }

  /** Picks up, and greets no more. */
  protected async pickUp(): Promise<void> {}

  /** Says this and ends the call. */
  protected async sayFarewell(items: readonly PlayItem[], outcome: CallOutcome): Promise<void> {
    const { session } = this;
    await session.sound.play(items, () => {
      session.post(() => this.end(session.talked ? 'answered' : outcome, 'no-answer'));
    });
  }

  /** Every stage of the routing was tried. */
  protected abstract nobodyAnswers(): Promise<void>;
  /** A leg that is no returning agent's was answered. */
  protected abstract answered(leg: string): Promise<void>;
  /** The leg of an agent who had answered, before anybody was heard. */
  protected abstract agentGoneBeforeTalk(cause: HangupCause): Promise<void>;
  /** How a call reads that ends now, before anybody was heard. */
  protected abstract outcomeUnheard(cause: HangupCause): CallOutcome;
  /** Takes up a call that was found again at the exchange. `answered`: by us, of a call from outside. */
  abstract recovered(options: { readonly answered: boolean }): void;

  /** Whoever the call was handed to. */
  protected async answeredByNext(leg: string): Promise<void> {
    const { session } = this;
    if (leg === session.customerLeg || session.agent?.leg === leg) return;
    const winner = await this.routing.answered(leg);
    if (winner === undefined) return session.hangup(leg, 'answered-elsewhere');
    this.waiting.answered();
    await this.conversation.connect();
  }

  /** Goes on where a restart interrupted the routing. */
  async goOnRouting(): Promise<void> {
    await this.routing.soundOfRinging();
    await this.routing.next();
  }

  /** Nothing was written of it, and nobody rings. */
  protected neverBegan(): void {
    const { session } = this;
    session.ended = true;
    if (session.agent !== undefined) session.services.busy.release(session.agent.responder.id, session.id);
    this.#ended(this);
  }

  async #nobody(): Promise<void> {
    const { session, transfer, waiting } = this;
    if (!session.talked) return this.nobodyAnswers();
    if (waiting.inside && (await waiting.enter())) return;
    if ((await transfer.goBack()) || (await waiting.enter())) return;
    await this.sayFarewell([prompt('nobody-available'), prompt('goodbye')], 'answered');
  }

  /** The customer has pressed a key. */
  protected keyed(digit: string): void {
    if (!this.waiting.handleDigit(digit)) this.pin.handleDigit(digit);
  }

  /** An event of one of this call's legs. */
  handle(event: LegEvent): void {
    const { session } = this;
    // These two are waited for inside the turn of something else, so they go round the mailbox.
    if (event.type === 'digit') {
      if (event.leg === session.customerLeg) this.keyed(event.digit);
      return;
    }
    if (event.type === 'playback-finished') return session.handlePlaybackFinished(event.playback);
    session.post(() => this.#on(event));
  }

  resync(alive: ReadonlyMap<string, LegSnapshot>, known: ReadonlySet<string>): void {
    const { session } = this;
    session.post(async () => {
      // The customer first: where they are gone, nothing else matters.
      for (const leg of this.#legs().reverse()) {
        const snapshot = alive.get(leg);
        if (session.ended || !known.has(leg) || (leg === session.customerLeg && !this.customerThere)) continue;
        if (snapshot === undefined) await this.#legGone(leg, 'failed');
        else if (snapshot.state === 'up') await this.legAnswered(leg);
      }
      if (!session.ended) await session.restartSounds();
    });
  }

  /** Legs that this call has now, the customer's last: the others end first. */
  #legs(): string[] {
    const { session, conversation } = this;
    return [
      ...session.attempts.keys(),
      ...conversation.ownLegs,
      ...this.transfer.thirds.legs,
      ...(session.agent?.leg === undefined ? [] : [session.agent.leg]),
      session.customerLeg,
    ];
  }

  async #on(event: LegEvent): Promise<void> {
    const { session } = this;
    switch (event.type) {
      case 'answered':
        return this.legAnswered(event.leg);
      case 'held':
        if (event.leg === session.agent?.leg) await this.conversation.phoneHeld(event.held);
        return;
      case 'hungup':
        return this.#legGone(event.leg, event.cause);
      case 'fax-tone':
        if (event.leg === session.customerLeg && session.agent === undefined) await this.faxHeard();
        return;
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

  /** A fax machine is at the customer's end, and nobody has taken the call. */
  protected async faxHeard(): Promise<void> {}

  async legAnswered(leg: string): Promise<void> {
    if (this.conversation.isReturning(leg)) return this.conversation.returned(leg);
    if (this.transfer.thirds.has(leg)) return this.transfer.answered(leg);
    return this.answered(leg);
  }

  async #legGone(leg: string, cause: HangupCause): Promise<void> {
    const { session, conversation, pin, routing } = this;
    if (leg === session.customerLeg) {
      session.sound.forget();
      return this.end(this.#outcome(cause), cause, true);
    }
    if (conversation.isReturning(leg)) return conversation.returnFailed(leg, cause);
    if (this.transfer.thirds.has(leg)) return this.transfer.thirds.gone(leg, cause);
    if (session.attempts.has(leg)) return routing.over(leg, cause);
    if (session.agent?.leg !== leg) return;
    if (!session.connected) return session.talked ? routing.lostBeforeTalk(cause) : this.agentGoneBeforeTalk(cause);
    if (cause === 'normal' && (await this.transfer.agentHungUp())) return;
    if (cause === 'normal') return this.end('answered', cause);
    pin.abort();
    await conversation.agentLost(leg, cause);
  }

  #outcome(cause: HangupCause): CallOutcome {
    return this.session.talked ? 'answered' : this.outcomeUnheard(cause);
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

  async decline(accountId: string): Promise<void> {
    const { session, routing } = this;
    const attempt = [...session.attempts.values()].find(({ responder }) => responder.id === accountId);
    if (attempt !== undefined) {
      await session.hangup(attempt.leg, 'rejected');
      return routing.over(attempt.leg, 'rejected');
    }
    if (session.agent?.leg !== undefined && session.agent.responder.id === accountId && !session.connected) {
      await session.hangup(session.agent.leg, 'rejected');
      return routing.lostBeforeTalk('rejected');
    }
    throw new Problem('call-not-live', 'This call no longer rings at you.');
  }

  async hangup(): Promise<void> {
    await this.end(this.#outcome('cancelled'), 'normal');
  }

  async end(outcome: CallOutcome, cause: HangupCause, callerGaveUp = false): Promise<void> {
    const { session, pin } = this;
    if (session.ended) return;
    this.waiting.left();
    pin.abort();
    const attempts = [...session.attempts.keys()];
    const legs = this.#legs().filter((leg) => !attempts.includes(leg));
    this.transfer.thirds.release();
    await endCall(session, { outcome, cause, legs, callerGaveUp, pinUsed: pin.used });
    this.#ended(this);
  }

  /** Something in the turn of an event went wrong. People who talk go on talking; a call that still rings is ended. */
  async #failed(error: unknown): Promise<void> {
    const { session } = this;
    session.services.logger.error(`Call ${this.id} met an error.`, error);
    if (session.connected) return;
    // A command that crossed with the caller's hang-up fails in as many ways as there are exchanges.
    const here = await session.services.exchange.legs().then(
      (legs) => legs.some(({ leg }) => leg === session.customerLeg),
      () => true,
    );
    if (here) await this.end(session.talked ? 'answered' : 'failed', 'failed');
    else await this.end(this.#outcome('cancelled'), 'cancelled', true);
  }
}
