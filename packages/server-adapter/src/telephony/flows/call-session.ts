import type { Locale, ResponderOrder } from '@callweave/sdk/protocol';
import type { Clock } from '../../clock.ts';
import type { Directory } from '../../customers/index.ts';
import type { Store } from '../../store/store.ts';
import type { PinDesk } from '../../verification/index.ts';
import { ExchangeError, type HangupCause } from '../exchange.ts';
import type { BusyList } from './busy-list.ts';
import { CallRecording } from './call-recording.ts';
import type { OutboundOptions } from './call-target.ts';
import type { CallerStanding } from './caller-standing.ts';
import type { Debts } from './debts.ts';
import { LegSound } from './leg-sound.ts';
import type { FlowLogger } from './logger.ts';
import { Mailbox } from './mailbox.ts';
import type { PatientExchange } from './patient-exchange.ts';
import type { FlowPolicy } from './policy.ts';
import type { CallbackLine } from './queue/callbacks.ts';
import type { OverflowHandlers } from './queue/overflow.ts';
import type { QueueDesk } from './queue/queue-desk.ts';
import type { RecordingKeeper } from './recording-keeper.ts';
import type { Responder, Responders } from './responders.ts';
import type { LegBoard, LegOwner } from './switchboard.ts';
import { TimerGroup, type Timers } from './timers.ts';
import type { WrapUps } from './wrap-ups.ts';

/** What every call of the flow shares. */
export interface FlowServices {
  readonly store: Store;
  readonly exchange: PatientExchange;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly policy: FlowPolicy;
  readonly longHoldSeconds: number;
  readonly directory: Directory;
  readonly standing: CallerStanding;
  readonly responders: Responders;
  readonly busy: BusyList;
  readonly keeper: RecordingKeeper;
  readonly wrapUps: WrapUps;
  readonly pinDesk: PinDesk;
  readonly debts: Debts;
  readonly logger: FlowLogger;
  /** Whether this process has the call already, in whichever flow. */
  readonly isRunning: (callId: string) => boolean;
  readonly switchboard: LegBoard;
  /** Undefined: nobody waits; who finds nobody hears so. */
  readonly queues: QueueDesk | undefined;
  readonly callbacks: CallbackLine | undefined;
  readonly overflow: OverflowHandlers;
  readonly outbound: OutboundOptions;
}

/** A responder whose device rings, or who has answered. */
export interface AgentLeg {
  readonly leg: string;
  readonly responder: Responder;
  /** Null: they made the call. */
  readonly order: ResponderOrder | null;
}

/** What the parts of one running call share: who is on it, what they hear, and how to talk to the exchange about it. */
export class CallSession {
  readonly id: string;
  readonly customerLeg: string;
  readonly callerNumber: string;
  readonly calledNumber: string;
  readonly customerNumber: string;
  readonly services: FlowServices;
  readonly mailbox: Mailbox;
  readonly timers: TimerGroup;
  readonly bridge: string;
  readonly sound: LegSound;
  readonly recording: CallRecording;
  language: Locale;
  /** Ringing now, by leg. */
  readonly attempts = new Map<string, AgentLeg & { readonly cancelGuard: () => void; readonly restSeconds?: number }>();
  /** Who answered. Without a leg while their line is lost. */
  agent: (Omit<AgentLeg, 'leg'> & { readonly leg: string | undefined }) | undefined;
  /** The customer and somebody of the house heard each other. */
  talked = false;
  /** They do now: false again while it rings at whoever it was handed to. */
  connected = false;
  /** Somebody who was brought in hears the customer. */
  thirdTalks = false;
  ended = false;
  /** The adapter stops: what cannot be written now is found at the next start. */
  abandoned = false;
  onAbandon = () => {};
  /** Its end waits for the store to be there again. */
  waiting = false;
  readonly #owner: LegOwner;
  readonly #legs: string[] = [];
  readonly #sounds = new Map<string, LegSound>();

  constructor(
    services: FlowServices,
    call: { id: string; customerLeg: string; callerNumber: string; calledNumber: string; customerNumber: string },
    owner: LegOwner,
    onError: (error: unknown) => Promise<void>,
  ) {
    const { exchange, clock, logger, policy } = services;
    this.services = services;
    this.#owner = owner;
    this.id = call.id;
    this.customerLeg = call.customerLeg;
    this.callerNumber = call.callerNumber;
    this.calledNumber = call.calledNumber;
    this.customerNumber = call.customerNumber;
    this.language = policy.language;
    this.bridge = bridgeOf(call.id);
    this.mailbox = new Mailbox(onError);
    this.timers = new TimerGroup(services.timers);
    this.sound = this.soundOf(call.customerLeg);
    this.own(call.customerLeg);
    this.recording = new CallRecording({ callId: call.id, exchange, clock, logger });
  }

  /** From now on the events of this leg are this call's. */
  own(leg: string): void {
    this.services.switchboard.own(leg, this.#owner);
    this.#legs.push(leg);
  }

  /** The number of ours that this call is about. */
  get ourNumber(): string {
    return this.customerNumber === this.calledNumber ? this.callerNumber : this.calledNumber;
  }

  disown(): void {
    for (const leg of this.#legs) this.services.switchboard.disown(leg);
  }

  abandon(): void {
    this.abandoned = true;
    this.timers.cancelAll();
    this.onAbandon();
  }

  /** What this leg is made to hear: one sound for each leg, so that the newer replaces the older. */
  soundOf(leg: string): LegSound {
    const { exchange, clock } = this.services;
    const known = this.#sounds.get(leg);
    if (known !== undefined) return known;
    const sound = new LegSound({
      leg,
      exchange,
      timers: this.timers,
      language: () => this.language,
      now: () => clock.now().getTime(),
    });
    this.#sounds.set(leg, sound);
    return sound;
  }

  handlePlaybackFinished(playback: string): void {
    for (const sound of this.#sounds.values()) if (sound.handleFinished(playback)) return;
  }

  async restartSounds(): Promise<void> {
    for (const sound of this.#sounds.values()) await sound.restart();
  }

  /** The call ends: nothing is played any more, and nobody is told. */
  forgetSounds(): void {
    for (const sound of this.#sounds.values()) sound.forget();
  }

  /** A timer whose work is done in turn, and only while the call goes on. */
  later(seconds: number, work: () => Promise<void>): () => void {
    return this.timers.after(seconds * 1000, () => this.post(work));
  }

  post(work: () => Promise<void>): void {
    this.mailbox.post(async () => {
      if (!this.ended) await work();
    });
  }

  /** Ends a leg; that it is gone already, or that the exchange cannot be asked, is no reason to stop the rest. */
  async hangup(leg: string, cause: HangupCause): Promise<void> {
    const { debts, exchange } = this.services;
    await debts.pay(`leg ${leg}`, () => exchange.hangup(leg, cause));
  }
}

export function bridgeOf(callId: string): string {
  return `bridge-${callId}`;
}

/** The leg ended a moment ago; its `hungup` event is on the way and says what to do. */
export function isGone(error: unknown): boolean {
  return error instanceof ExchangeError && error.code === 'unknown-leg';
}
