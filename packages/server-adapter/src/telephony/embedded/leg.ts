import type { Device, HangupCause, LegId, LegSnapshot } from '../exchange.ts';
import type { Bridge } from './bridge.ts';
import type { AudioSource } from './media/audio-source.ts';
import { FaxToneListener } from './media/fax-tone.ts';
import type { FrameClock } from './media/frame-clock.ts';
import { LegAudio } from './media/leg-audio.ts';
import { type MediaOptions, MediaPeer } from './media/peer.ts';
import type { Recorder } from './media/recorder.ts';
import type { Supervision } from './supervisions.ts';

export interface LegIdentity {
  readonly id: LegId;
  readonly origin: LegSnapshot['origin'];
  readonly account: string;
  readonly device: Device;
  readonly from: string;
  readonly to: string;
}

/** The signalling side of a leg, whichever way the call was made. */
export interface Signalling {
  hangup(cause: HangupCause): void;
}

/** One telephone connection that ends at the exchange: its signalling, its media, and what is done with them. */
export class Leg implements LegIdentity {
  readonly id: LegId;
  readonly origin: LegSnapshot['origin'];
  readonly account: string;
  readonly device: Device;
  readonly from: string;
  readonly to: string;
  readonly since = new Date();
  readonly peer: MediaPeer;
  readonly audio: LegAudio;
  readonly recorders = new Set<Recorder>();
  state: LegSnapshot['state'] = 'ringing';
  tag: string | undefined;
  bridge: Bridge | undefined;
  signalling: Signalling | undefined;
  /** Its own sound is sent back to it. */
  echoes = false;
  /** Whom this leg supervises. */
  supervises: Supervision | undefined;
  /** Who supervises this leg. */
  readonly supervisedBy = new Set<Supervision>();
  muted = false;
  readonly #music: () => AudioSource;
  #heldByUs = false;
  #heldByPhone = false;
  #waitsInBridge = false;
  #musicPlays = false;

  constructor(
    identity: LegIdentity,
    media: MediaOptions,
    clock: FrameClock,
    options: {
      readonly music: () => AudioSource;
      readonly digit: (digit: string) => void;
      readonly faxTone: () => void;
    },
  ) {
    this.id = identity.id;
    this.origin = identity.origin;
    this.account = identity.account;
    this.device = identity.device;
    this.from = identity.from;
    this.to = identity.to;
    this.#music = options.music;
    // Only whoever calls from outside can be a fax machine, and only until somebody talks to them.
    const faxTone = this.origin === 'trunk' ? new FaxToneListener() : undefined;
    this.peer = new MediaPeer(media, {
      digit: options.digit,
      audio: (packet) => {
        if (this.bridge === undefined && faxTone?.hear(packet.payload)) options.faxTone();
        // What is not written becomes silence of the same length.
        if (!this.muted) for (const recorder of this.recorders) recorder.write(packet);
        if (this.echoes) this.audio.forward(this.id, packet);
        (this.bridge ?? this.supervises?.agent.bridge)?.receive(this, packet);
      },
    });
    this.audio = new LegAudio(this.peer, clock);
  }

  /** Whether what this person says reaches the others. */
  get speaks(): boolean {
    return !this.muted && !this.#heldByUs && !this.#heldByPhone;
  }

  get heldByPhone(): boolean {
    return this.#heldByPhone;
  }

  holdByUs(held: boolean): void {
    this.#heldByUs = held;
    this.#updateMusic();
  }

  /** @returns whether this is a change. */
  holdByPhone(held: boolean): boolean {
    if (this.#heldByPhone === held) return false;
    this.#heldByPhone = held;
    this.bridge?.update();
    return true;
  }

  /** Everybody else in the bridge is on hold: music is kinder than silence. */
  waitsInBridge(waits: boolean): void {
    this.#waitsInBridge = waits;
    this.#updateMusic();
  }

  snapshot(): LegSnapshot {
    return {
      leg: this.id,
      origin: this.origin,
      state: this.state,
      from: this.from,
      to: this.to,
      since: this.since,
      ...(this.tag === undefined ? {} : { tag: this.tag }),
      ...(this.bridge === undefined ? {} : { bridge: this.bridge.id }),
    };
  }

  #updateMusic(): void {
    const wanted = this.#heldByUs || this.#waitsInBridge;
    if (wanted === this.#musicPlays) return;
    this.#musicPlays = wanted;
    this.audio.setMusic(wanted ? this.#music() : undefined);
  }
}
