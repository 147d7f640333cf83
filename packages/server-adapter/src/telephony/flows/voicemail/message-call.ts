import type { Locale } from '@callweave/sdk/protocol';
import { findCall, legsEnded, legsOf, setParties } from '../../../calls/index.ts';
import {
  dropMessage,
  findGreeting,
  type MessageRow,
  noteLeft,
  noteSpeaking,
  noteSpoken,
  type VoicemailShelf,
} from '../../../voicemail/index.ts';
import type { LegId, LegSnapshot } from '../../exchange.ts';
import { type FlowServices, isGone } from '../call-session.ts';
import { LegSound, prompt } from '../leg-sound.ts';
import { writeTag } from '../leg-tag.ts';
import { Mailbox } from '../mailbox.ts';
import type { OverflowedCall } from '../queue/overflow.ts';
import type { LegEvent, LegOwner } from '../switchboard.ts';
import { TimerGroup } from '../timers.ts';
import { Track } from './track.ts';

const WRITE_AGAIN_MS = 2_000;
/** A greeting, and the moment in which it begins. */
const GREETING_SLACK_MS = 5_000;

export interface MessageCallHost {
  readonly services: FlowServices;
  readonly shelf: VoicemailShelf;
  /** What was said is to be brought home. */
  readonly keep: (id: string) => void;
  readonly ended: (call: MessageCall) => void;
}

/**
 * A caller and a box: they hear its greeting and the tone, and what they say is recorded until `#`, their hang-up or the
 * limit. A call of the desk that ends here is ended with it.
 */
export class MessageCall implements LegOwner {
  readonly id: string;
  /** Of the desk; null where the number led straight to the box. */
  readonly callId: string | null;
  readonly leg: LegId;
  readonly #host: MessageCallHost;
  readonly #boxId: string;
  readonly #desk: OverflowedCall | undefined;
  readonly #mailbox: Mailbox;
  readonly #timers: TimerGroup;
  readonly #sound: LegSound;
  readonly #track: Track;
  #stage: 'greeting' | 'speaking' | 'over' = 'greeting';
  #spokenSince: number | undefined;
  /** Nobody is on the line any more. */
  #gone = false;
  #recorded = false;
  /** There is nothing to keep. */
  #nothing = false;
  #settled = false;
  #ended = false;
  /** The desk's own call is being ended, in its own turn. */
  #deskEnds = false;
  #abandoned = false;

  constructor(host: MessageCallHost, row: MessageRow, desk?: OverflowedCall) {
    const { services } = host;
    this.#host = host;
    this.id = row.id;
    this.callId = row.call_id;
    this.leg = row.leg ?? '';
    this.#boxId = row.box;
    this.#desk = desk;
    this.#timers = new TimerGroup(services.timers);
    this.#mailbox = new Mailbox((error) => this.#failed(error));
    this.#sound = new LegSound({
      leg: this.leg,
      exchange: services.exchange,
      timers: this.#timers,
      language: () => row.locale as Locale,
      now: () => services.clock.now().getTime(),
    });
    this.#track = new Track(services, this.#timers, this.leg, row.id);
  }

  get active(): boolean {
    return !this.#mailbox.idle && !this.#track.waiting && !this.#deskEnds;
  }

  begin(): void {
    this.#post(async () => {
      const { exchange } = this.#host.services;
      // Answering twice is harmless: a call of the desk has been picked up already.
      await exchange.answer(this.leg);
      await exchange.tag(this.leg, writeTag({ callId: this.id, role: 'mailbox' })).catch(() => {});
      await this.#greet();
    });
  }

  /** Found again after a restart: they are still on the line. */
  takeUp(row: MessageRow): void {
    if (row.state === 'greeting') return this.begin();
    this.#post(async () => {
      if (row.state !== 'recording') {
        // All is written; they were about to hear so.
        this.#stage = 'over';
        this.#settled = true;
        return this.#sayGoodbye();
      }
      this.#recorded = true;
      this.#spokenSince = Date.parse(row.spoken_at ?? row.started_at);
      if (await this.#track.isRunning()) return this.#listen();
      // They had ended it, and were about to hear so; or it had not begun.
      if (await this.#track.exists()) return this.#finish();
      await this.#record();
    });
  }

  /** It ended while nobody listened. */
  missed(row: MessageRow): void {
    this.#gone = true;
    this.#recorded = row.state === 'recording';
    if (row.state === 'greeting' || this.#recorded) return this.#post(() => this.#finish());
    this.#stage = 'over';
    this.#settled = true;
    this.#endWhenDone();
  }

  handle(event: LegEvent): void {
    if (event.type === 'playback-finished') return void this.#sound.handleFinished(event.playback);
    if (event.type === 'digit') return this.#keyed(event.digit);
    if (event.type === 'hungup') {
      this.#gone = true;
      this.#sound.forget();
      return this.#post(() => this.#finish());
    }
    if (this.#track.handle(event) && this.#stage === 'speaking') this.#post(() => this.#finish());
  }

  resync(alive: ReadonlyMap<LegId, LegSnapshot>, known: ReadonlySet<LegId>): void {
    if (!known.has(this.leg)) return;
    if (alive.has(this.leg)) return this.#post(() => this.#sound.restart());
    this.#gone = true;
    this.#sound.forget();
    this.#post(() => this.#finish());
  }

  async drained(): Promise<void> {
    await this.#mailbox.drained();
  }

  abandon(): void {
    this.#abandoned = true;
    this.#timers.cancelAll();
  }

  #post(work: () => Promise<void>): void {
    this.#mailbox.post(async () => {
      if (!this.#abandoned && !this.#ended) await work();
    });
  }

  #keyed(digit: string): void {
    if (this.#stage === 'greeting') this.#post(() => this.#record());
    else if (this.#stage === 'speaking' && digit === '#') this.#post(() => this.#finish());
  }

  async #greet(): Promise<void> {
    const { services, shelf } = this.#host;
    if (this.#stage !== 'greeting') return;
    const own = await findGreeting(services.store.db, this.#boxId).catch(() => undefined);
    const usual = () => this.#sound.play([prompt('voicemail-greeting')], () => this.#post(() => this.#record()));
    if (own === undefined) return usual();
    await this.#sound.play(
      [{ kind: 'recording', recording: own.id }],
      (played) => {
        if (!played) services.logger.warn(`The greeting of the box ${this.#boxId} is not at the exchange any more.`);
        this.#post(played ? () => this.#record() : usual);
      },
      shelf.policy.greetingSeconds * 1000 + GREETING_SLACK_MS,
    );
  }

  /** The recording runs before the tone is heard, and has their side alone: the first word is on it, and the tone is not. */
  async #record(): Promise<void> {
    const { services, shelf } = this.#host;
    if (this.#stage !== 'greeting') return;
    this.#stage = 'speaking';
    await this.#sound.stop();
    await noteSpeaking(shelf, this.id);
    this.#recorded = true;
    this.#spokenSince = services.clock.now().getTime();
    await this.#track.begin();
    await this.#sound.play([prompt('beep')], () => {});
    this.#listen();
  }

  #listen(): void {
    const { services, shelf } = this.#host;
    this.#stage = 'speaking';
    const spoken = services.clock.now().getTime() - (this.#spokenSince ?? 0);
    this.#timers.after(Math.max(0, shelf.policy.maxSeconds * 1000 - spoken), () => this.#post(() => this.#finish()));
  }

  /** Once, whichever comes first: `#`, the limit, the end of the line or of the recording. */
  async #finish(): Promise<void> {
    if (this.#stage === 'over') {
      if (this.#gone) this.#endWhenDone();
      return;
    }
    const { services, shelf } = this.#host;
    this.#stage = 'over';
    this.#timers.cancelAll();
    const since = this.#spokenSince;
    const length = since === undefined ? undefined : services.clock.now().getTime() - since;
    this.#nothing = !this.#recorded || (length !== undefined && length < shelf.policy.minSeconds * 1000);
    if (this.#recorded && !this.#gone) await this.#track.stop();
    if (!this.#gone) await this.#sayGoodbye();
    if (!this.#recorded) return this.#settle(async () => {});
    this.#track.whenClosed(() => {
      this.#settle(async () => {
        const { debts, exchange } = services;
        if (this.#nothing) return debts.pay(`recording ${this.id}`, () => exchange.deleteRecording(this.id));
        await noteSpoken(shelf, this.id, length);
        this.#host.keep(this.id);
      });
    });
  }

  async #sayGoodbye(): Promise<void> {
    await this.#sound.play([...(this.#nothing ? [] : [prompt('voicemail-thanks')]), prompt('goodbye')], () =>
      this.#post(() => this.#hangup()),
    );
  }

  async #hangup(): Promise<void> {
    const { debts, exchange } = this.#host.services;
    await debts.pay(`leg ${this.leg}`, () => exchange.hangup(this.leg, 'normal'));
    this.#gone = true;
    this.#endWhenDone();
  }

  /** Tried until the store takes it: what was said is never forgotten for a store that is away. */
  #settle(work: () => Promise<void>): void {
    this.#post(async () => {
      try {
        await work();
      } catch (error) {
        this.#host.services.logger.warn(`The message ${this.id} could not be written; trying again.`, error);
        this.#timers.after(WRITE_AGAIN_MS, () => this.#settle(work));
        return;
      }
      this.#settled = true;
      this.#endWhenDone();
    });
  }

  #endWhenDone(): void {
    if (!this.#gone || !this.#settled || this.#ended) return;
    this.#post(async () => {
      try {
        await this.#endCall();
        // Last, so that until then a restart knows whose call this is.
        await (this.#nothing ? dropMessage(this.#host.shelf, this.id) : noteLeft(this.#host.shelf, this.id));
      } catch (error) {
        this.#host.services.logger.warn(`The end of call ${this.callId} could not be written; trying again.`, error);
        this.#timers.after(WRITE_AGAIN_MS, () => this.#endWhenDone());
        return;
      }
      this.#ended = true;
      this.#timers.cancelAll();
      this.#host.ended(this);
    });
  }

  /** The desk's own call reads as what it was: nobody answered it. */
  async #endCall(): Promise<void> {
    const desk = this.#desk;
    if (desk !== undefined) {
      this.#deskEnds = true;
      await desk.session.mailbox
        .ask(async () => {
          if (!desk.session.ended) await desk.end('missed');
        })
        .finally(() => {
          this.#deskEnds = false;
        });
      return;
    }
    const { callId } = this;
    if (callId === null) return;
    await this.#host.services.store.write(async (tx) => {
      const row = await findCall(tx.db, callId);
      if (row === undefined || row.state === 'ended') return;
      const legs = await legsOf(tx.db, callId);
      await legsEnded(
        tx,
        legs.map(({ id }) => id),
        'normal',
      );
      await setParties(tx, callId, 'third', [], { event: { type: 'ended', outcome: 'missed', wrapUpSeconds: 0 } });
    });
  }

  /** Something in the turn of an event went wrong: what there is is kept, and the caller is let go. */
  async #failed(error: unknown): Promise<void> {
    if (isGone(error)) {
      // Its `hungup` is on the way, or came before we had the leg.
      this.#gone = true;
    } else this.#host.services.logger.error(`The message ${this.id} met an error.`, error);
    this.#post(() => this.#finish());
  }
}
