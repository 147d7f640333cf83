import type { FieldCallOutcome, Locale } from '@callweave/sdk/protocol';
import { touchCall } from '../../../calls/index.ts';
import { newId } from '../../../id.ts';
import { type Device, ExchangeError, type HangupCause, type LegId, type LegSnapshot } from '../../exchange.ts';
import { CallRecording } from '../call-recording.ts';
import { bridgeOf, isGone } from '../call-session.ts';
import { EntryAborted } from '../digit-entry.ts';
import { prompt, RINGBACK } from '../leg-sound.ts';
import { writeTag } from '../leg-tag.ts';
import { Mailbox } from '../mailbox.ts';
import { persistently } from '../persistently.ts';
import type { LegEvent, LegOwner } from '../switchboard.ts';
import { TimerGroup } from '../timers.ts';
import { Menu } from './menu.ts';
import { SideLegs } from './side-legs.ts';
import { outcomeOf, REASON_PROMPTS, type Subject } from './subject.ts';
import { type Side, VirtualBook } from './virtual-book.ts';
import type { VirtualServices } from './virtual-services.ts';

const WRITE_AGAIN_SECONDS = 2;

/** Whom to ring, and what they see. */
export interface Ringing {
  readonly side: Side;
  readonly device: Device;
  readonly callerId: string;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A field caller and somebody who must not learn their number, or the menu in which one of them is. One side is there
 * first, the other is rung; each sees a number of ours. All events and commands run one after the other.
 */
export class VirtualCall implements LegOwner {
  readonly id: string;
  readonly services: VirtualServices;
  readonly mailbox: Mailbox;
  readonly timers: TimerGroup;
  readonly bridge: string;
  readonly recording: CallRecording;
  readonly book: VirtualBook;
  readonly legs: SideLegs;
  language: Locale;
  /** Undefined: still in a menu, and nothing is written yet. */
  subject: Subject | undefined;
  talked = false;
  ended = false;
  abandoned = false;
  onAbandon = () => {};
  waiting = false;
  /** Questions to the store that are under way beside the mailbox. */
  asking = 0;
  readonly #over: (call: VirtualCall) => void;
  #menu: Menu | undefined;
  /** The side that rings, and what comes when it answers. */
  #ringing: { readonly side: Side; readonly answered: () => Promise<void> } | undefined;
  /** How it ends when what is being said has been said. */
  #farewell: FieldCallOutcome | undefined;

  constructor(services: VirtualServices, id: string, over: (call: VirtualCall) => void) {
    const { exchange, clock, logger } = services;
    this.id = id;
    this.services = services;
    this.language = services.policy.language;
    this.bridge = bridgeOf(id);
    this.mailbox = new Mailbox((error) => this.#failed(error));
    this.timers = new TimerGroup(services.timers);
    this.recording = new CallRecording({ callId: id, exchange, clock, logger });
    this.book = new VirtualBook(services, id);
    this.legs = new SideLegs({ services, timers: this.timers, language: () => this.language, owner: this });
    this.#over = over;
  }

  // — events —————————————————————————————————————————————————————————————

  handle(event: LegEvent): void {
    // These two are waited for inside the turn of something else, so they go round the mailbox.
    if (event.type === 'digit') {
      if (event.leg === this.legs.get('field')) this.#menu?.handleDigit(event.digit);
      return;
    }
    if (event.type === 'playback-finished') {
      for (const sound of this.legs.sounds()) if (sound.handleFinished(event.playback)) return;
      return;
    }
    this.post(() => this.#on(event));
  }

  post(work: () => Promise<void>): void {
    this.mailbox.post(async () => {
      if (!this.ended) await work();
    });
  }

  async #on(event: LegEvent): Promise<void> {
    const side = this.legs.sideOf(event.leg);
    if (side === undefined) return;
    if (event.type === 'answered') return this.#answered(side);
    if (event.type === 'hungup') return this.#gone(side, event.cause);
    if (event.type !== 'recording-failed' || !this.recording.handleFailed(event.recording)) return;
    await this.services.store.write(async (tx) => {
      await this.recording.note(tx);
      await touchCall(tx, this.id);
    });
  }

  resync(alive: ReadonlyMap<LegId, LegSnapshot>, known: ReadonlySet<LegId>): void {
    this.post(async () => {
      for (const [side, leg] of this.legs.entries()) {
        if (this.ended || !known.has(leg)) continue;
        const snapshot = alive.get(leg);
        if (snapshot === undefined) await this.#gone(side, 'failed');
        else if (snapshot.state === 'up') await this.#answered(side);
      }
      if (!this.ended) for (const sound of this.legs.sounds()) await sound.restart();
    });
  }

  async #answered(side: Side): Promise<void> {
    const ringing = this.#ringing;
    if (ringing?.side !== side) return;
    this.#ringing = undefined;
    await ringing.answered();
  }

  async #gone(side: Side, cause: HangupCause): Promise<void> {
    this.legs.forget(side);
    if (this.talked) return this.end('answered', cause === 'media-timeout' ? cause : 'normal');
    if (this.#ringing?.side !== side) return this.end(this.#farewell ?? 'abandoned', cause);
    this.#ringing = undefined;
    await this.#notReached(side, cause);
  }

  // — what a call does ———————————————————————————————————————————————————

  /** Runs a dialogue on the field caller’s leg beside the mailbox, so that a hang-up is heard while they key. */
  converse(dialogue: (menu: Menu) => Promise<() => Promise<void>>): void {
    const { firstDigitSeconds, nextDigitSeconds } = this.services.policy;
    const menu = new Menu({
      sound: this.legs.sound('field'),
      timers: this.timers,
      firstDigitSeconds,
      nextDigitSeconds,
    });
    this.#menu = menu;
    void dialogue(menu).then(
      (then) => this.post(then),
      (error: unknown) => {
        if (!(error instanceof EntryAborted)) this.post(() => Promise.reject(error));
      },
    );
  }

  /** A question to the store from a dialogue. */
  async asked<T>(work: Promise<T>): Promise<T> {
    this.asking += 1;
    try {
      return await work;
    } finally {
      this.asking -= 1;
    }
  }

  /** Says it, and hangs up. */
  async bid(side: Side, keys: readonly string[], outcome: FieldCallOutcome): Promise<void> {
    this.#menu = undefined;
    this.#farewell = outcome;
    await this.legs
      .sound(side)
      .play([...keys, 'goodbye'].map(prompt), () => this.post(() => this.end(outcome, 'normal')));
  }

  /**
   * Rings the other side while this one waits. The leg is written already, so that a restart finds it.
   * @returns false when it could not be rung; the call then goes on as if it had not been answered
   */
  async ring(leg: string, ringing: Ringing, answered: () => Promise<void>): Promise<boolean> {
    const { exchange } = this.services;
    const { side, device, callerId, seconds, headers } = ringing;
    this.#ringing = { side, answered };
    try {
      await exchange.ring({
        leg,
        device,
        callerId: { number: callerId },
        timeoutSeconds: seconds,
        ...(headers !== undefined && { headers }),
        tag: writeTag({ callId: this.id, role: side }),
      });
      return true;
    } catch (error) {
      const unreachable = error instanceof ExchangeError && error.code === 'unreachable';
      if (!unreachable) this.services.logger.warn(`The ${side} of call ${this.id} could not be rung.`, error);
      // It may ring all the same: the answer to the command was lost.
      if (!unreachable) await this.#hangup(leg, 'failed');
      this.post(() =>
        this.legs.get(side) === leg ? this.#gone(side, unreachable ? 'unreachable' : 'failed') : Promise.resolve(),
      );
      return false;
    }
  }

  /** Waits on for a leg that rang when the adapter went away. */
  ringsOn(side: Side, answered: () => Promise<void>): void {
    this.#ringing = { side, answered };
  }

  newLeg(side: Side): string {
    const leg = newId('leg');
    this.legs.take(side, leg);
    return leg;
  }

  /** From here on the field caller rings somebody through their fictitious number. */
  async dial(subject: Subject): Promise<void> {
    const field = this.legs.get('field');
    if (field === undefined) return;
    const opened = this.subject !== undefined;
    this.subject = subject;
    this.language = subject.locale;
    this.#menu = undefined;
    const leg = this.newLeg('callee');
    if (opened) await this.book.dialling(field, { side: 'callee', leg, state: 'ringing' });
    else
      await this.book.open(
        subject,
        [
          { side: 'field', leg: field, state: 'up' },
          { side: 'callee', leg, state: 'ringing' },
        ],
        'dialling',
      );
    await this.legs.sound('field').loop(RINGBACK);
    await this.ring(
      leg,
      {
        side: 'callee',
        device: { kind: 'number', number: subject.otherNumber },
        callerId: subject.fictitiousNumber,
        seconds: this.services.virtual.dialSeconds,
      },
      () => this.connect(),
    );
  }

  /** Both are there. Recording begins before they are joined, so that the first word is on it (B1). */
  async connect(): Promise<void> {
    const { exchange, debts } = this.services;
    const field = this.legs.get('field');
    const callee = this.legs.get('callee');
    const { subject } = this;
    if (field === undefined || callee === undefined || subject === undefined || this.talked) return;
    for (const sound of this.legs.sounds()) await sound.stop();
    if (subject.kind === 'in' && !(await this.legs.answer('callee'))) return;
    try {
      await exchange.createBridge(this.bridge);
      await this.recording.add(callee, 'customer');
      await this.recording.add(field, 'agent');
      await exchange.join(this.bridge, callee);
      await exchange.join(this.bridge, field);
    } catch (error) {
      await this.recording.discard(debts);
      if (isGone(error)) return;
      throw error;
    }
    this.talked = true;
    await this.#writeAnswered(subject, [callee, field]);
  }

  /** They talk already: a store that cannot be written now is tried again, and does not part them. */
  async #writeAnswered(subject: Subject, legs: readonly string[]): Promise<void> {
    try {
      await this.book.answered(subject, legs, this.recording);
    } catch (error) {
      this.services.logger.error(`The answer of call ${this.id} could not be written; trying again.`, error);
      this.timers.after(WRITE_AGAIN_SECONDS * 1000, () => this.post(() => this.#writeAnswered(subject, legs)));
    }
  }

  /** Whoever was rung did not come. The one who waits is told why. */
  async #notReached(side: Side, cause: HangupCause): Promise<void> {
    const outcome = outcomeOf(cause);
    const { subject } = this;
    const other: Side = side === 'field' ? 'callee' : 'field';
    // Their own telephone, on the way to a call from the page: nobody waits.
    if (subject === undefined || this.legs.get(other) === undefined) return this.end('abandoned', cause);
    this.#farewell = outcome;
    await persistently(this, () => this.book.concluded(subject, outcome));
    if (subject.kind !== 'in') return this.bid('field', [REASON_PROMPTS[outcome]], outcome);
    if (await this.legs.answer('callee')) await this.bid('callee', ['virtual-nobody-answers'], outcome);
  }

  async hangup(): Promise<void> {
    await this.end(this.talked ? 'answered' : 'abandoned', 'normal');
  }

  async end(outcome: FieldCallOutcome, cause: HangupCause): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    const { exchange, debts, keeper } = this.services;
    this.#menu?.abort();
    this.timers.cancelAll();
    for (const sound of this.legs.sounds()) sound.forget();
    for (const [side, leg] of this.legs.entries())
      await this.#hangup(leg, this.#ringing?.side === side ? 'cancelled' : 'normal');
    const { subject } = this;
    if (subject !== undefined) {
      await debts.pay(`bridge ${this.bridge}`, () => exchange.destroyBridge(this.bridge));
      const recordingId = await persistently(this, () => this.book.ended(subject, outcome, cause, this.recording));
      if (recordingId !== undefined) keeper.keep(recordingId);
    }
    this.#over(this);
  }

  abandon(): void {
    this.abandoned = true;
    this.timers.cancelAll();
    this.#menu?.abort();
    this.onAbandon();
  }

  async #hangup(leg: string, cause: HangupCause): Promise<void> {
    const { debts, exchange } = this.services;
    await debts.pay(`leg ${leg}`, () => exchange.hangup(leg, cause));
  }

  /** People who talk go on talking; anything else is ended. */
  async #failed(error: unknown): Promise<void> {
    if (this.ended) return;
    this.services.logger.error(`Call ${this.id} met an error.`, error);
    if (!this.talked) await this.end('failed', 'failed');
  }
}
