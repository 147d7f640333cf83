import type { Locale } from '@callweave/sdk/protocol';
import { beginTake, keepGreeting, type VoicemailShelf } from '../../../voicemail/index.ts';
import type { LegId, LegSnapshot, PlayItem } from '../../exchange.ts';
import type { FlowServices } from '../call-session.ts';
import { LegSound, prompt } from '../leg-sound.ts';
import { Mailbox } from '../mailbox.ts';
import type { Responder } from '../responders.ts';
import type { LegEvent, LegOwner } from '../switchboard.ts';
import { TimerGroup } from '../timers.ts';
import { Track } from './track.ts';

const SHORTEST_MS = 1_000;
const MOST_TAKES = 5;
const DECIDE_SECONDS = 15;
const ASKED_MOST = 2;
const SLACK_MS = 10_000;

export interface GreetingCallHost {
  readonly services: FlowServices;
  readonly shelf: VoicemailShelf;
  /** It is over; what was spoken and not kept is to be deleted. */
  readonly ended: (call: GreetingCall) => void;
}

export interface GreetingCallStart {
  readonly id: string;
  readonly leg: LegId;
  readonly boxId: string;
  readonly speaker: Responder;
  readonly locale: Locale;
}

/**
 * One of the box's people on their own phone: they speak after the tone and press `#`, hear what they have said, and keep it
 * with `1` or speak again with `2`. Whoever hangs up before has changed nothing.
 */
export class GreetingCall implements LegOwner {
  readonly id: string;
  readonly leg: LegId;
  readonly boxId: string;
  readonly speaker: Responder;
  readonly #host: GreetingCallHost;
  readonly #mailbox: Mailbox;
  readonly #timers: TimerGroup;
  readonly #sound: LegSound;
  #stage: 'ringing' | 'speaking' | 'deciding' | 'leaving' | 'over' = 'ringing';
  #track: Track | undefined;
  #spokenSince = 0;
  #takes = 0;
  #asked = 0;
  #cancelTimer = () => {};
  #abandoned = false;

  constructor(host: GreetingCallHost, { id, leg, boxId, speaker, locale }: GreetingCallStart) {
    const { services } = host;
    this.#host = host;
    this.id = id;
    this.leg = leg;
    this.boxId = boxId;
    this.speaker = speaker;
    this.#timers = new TimerGroup(services.timers);
    this.#mailbox = new Mailbox(async (error) => {
      services.logger.error(`The greeting of the box ${boxId} could not be recorded.`, error);
      await this.#hangup();
    });
    this.#sound = new LegSound({
      leg,
      exchange: services.exchange,
      timers: this.#timers,
      language: () => locale,
      now: () => services.clock.now().getTime(),
    });
  }

  /** The recording that is being made, or decided about: not to be deleted yet. */
  get take(): string | undefined {
    return this.#track?.name;
  }

  get active(): boolean {
    return !this.#mailbox.idle && this.#track?.waiting !== true;
  }

  handle(event: LegEvent): void {
    if (event.type === 'playback-finished') return void this.#sound.handleFinished(event.playback);
    if (event.type === 'answered') return this.#post(() => this.#answered());
    if (event.type === 'digit') return this.#post(() => this.#keyed(event.digit));
    if (event.type === 'hungup') return this.#post(async () => this.#end());
    if (this.#track?.handle(event) === true && event.type === 'recording-failed' && this.#stage === 'speaking')
      this.#post(() => this.#refuse());
  }

  resync(alive: ReadonlyMap<LegId, LegSnapshot>, known: ReadonlySet<LegId>): void {
    if (!known.has(this.leg)) return;
    const snapshot = alive.get(this.leg);
    this.#post(async () => {
      if (snapshot === undefined) return this.#end();
      if (snapshot.state === 'up' && this.#stage === 'ringing') return this.#answered();
      await this.#sound.restart();
    });
  }

  /** The phone could not be rung. */
  failed(): void {
    this.#post(async () => this.#end());
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
      if (!this.#abandoned && this.#stage !== 'over') await work();
    });
  }

  async #answered(): Promise<void> {
    if (this.#stage === 'ringing') await this.#invite();
  }

  async #invite(before: readonly PlayItem[] = []): Promise<void> {
    this.#takes += 1;
    if (this.#takes > MOST_TAKES) return this.#say([prompt('goodbye')]);
    this.#stage = 'speaking';
    const { services, shelf } = this.#host;
    this.#track = new Track(services, this.#timers, this.leg, await beginTake(shelf, this.boxId));
    this.#spokenSince = 0;
    await this.#sound.play([...before, prompt('greeting-speak')], () => this.#post(() => this.#record()));
  }

  async #record(): Promise<void> {
    if (this.#stage !== 'speaking' || this.#spokenSince > 0) return;
    const { services, shelf } = this.#host;
    await this.#track?.begin();
    this.#spokenSince = services.clock.now().getTime();
    await this.#sound.play([prompt('beep')], () => {});
    this.#after(shelf.policy.greetingSeconds, () => this.#spoken());
  }

  async #keyed(digit: string): Promise<void> {
    if (this.#stage === 'speaking' && this.#spokenSince === 0) {
      await this.#sound.stop();
      return this.#record();
    }
    if (this.#stage === 'speaking' && digit === '#') return this.#spoken();
    if (this.#stage === 'deciding' && digit === '1') return this.#keep();
    if (this.#stage === 'deciding' && digit === '2') {
      await this.#sound.stop();
      this.#cancelTimer();
      await this.#invite();
    }
  }

  async #spoken(): Promise<void> {
    const { services } = this.#host;
    if (this.#stage !== 'speaking') return;
    this.#cancelTimer();
    this.#stage = 'deciding';
    await this.#track?.stop();
    if (services.clock.now().getTime() - this.#spokenSince < SHORTEST_MS)
      return this.#invite([prompt('greeting-too-short')]);
    this.#asked = 0;
    this.#track?.whenClosed(() => this.#post(() => this.#ask()));
  }

  /** They hear what callers will hear. */
  async #ask(): Promise<void> {
    const { policy } = this.#host.shelf;
    const name = this.#track?.name;
    if (this.#stage !== 'deciding' || name === undefined) return;
    this.#asked += 1;
    if (this.#asked > ASKED_MOST) return this.#say([prompt('goodbye')]);
    await this.#sound.play(
      [{ kind: 'recording', recording: name }, prompt('greeting-keep')],
      () => this.#post(async () => this.#after(DECIDE_SECONDS, () => this.#ask())),
      policy.greetingSeconds * 1000 + SLACK_MS,
    );
  }

  async #keep(): Promise<void> {
    const { services, shelf } = this.#host;
    const name = this.#track?.name;
    if (name === undefined) return;
    this.#cancelTimer();
    await this.#sound.stop();
    try {
      const sound = await services.exchange.fetchRecording(name);
      await keepGreeting(shelf, { id: name, boxId: this.boxId, accountId: this.speaker.id }, sound);
    } catch (error) {
      services.logger.error(`The greeting of the box ${this.boxId} could not be kept.`, error);
      return this.#refuse();
    }
    this.#track = undefined;
    await this.#say([prompt('greeting-kept'), prompt('goodbye')]);
  }

  #refuse(): Promise<void> {
    return this.#say([prompt('greeting-not-kept'), prompt('goodbye')]);
  }

  async #say(items: readonly PlayItem[]): Promise<void> {
    this.#stage = 'leaving';
    this.#cancelTimer();
    await this.#sound.play(items, () => this.#post(() => this.#hangup()));
  }

  #after(seconds: number, work: () => Promise<void>): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#timers.after(seconds * 1000, () => this.#post(work));
  }

  async #hangup(): Promise<void> {
    const { debts, exchange } = this.#host.services;
    await debts.pay(`leg ${this.leg}`, () => exchange.hangup(this.leg, 'normal'));
    this.#end();
  }

  #end(): void {
    if (this.#stage === 'over') return;
    this.#stage = 'over';
    this.#sound.forget();
    this.#timers.cancelAll();
    this.#track = undefined;
    this.#host.ended(this);
  }
}
