import { isPhoneError, PhoneError } from '../../errors/phone-error.ts';
import type { AudioDevices, MediaPort, Playback, Ringer } from '../ports/media.ts';
import type { DeviceState } from '../state.ts';

export interface DeviceChoice {
  /** `null` is the system's default; leave a field out to keep it. */
  readonly microphone?: string | null;
  readonly speaker?: string | null;
  readonly ringtone?: string | null;
}

export interface AudioHooks {
  devices(change: Partial<DeviceState>): void;
  playback(blocked: boolean, callId: string | null): void;
  activation(needed: boolean): void;
}

interface Sound {
  readonly playback: Playback;
  readonly stream: MediaStream;
  blocked: boolean;
}

/** One microphone for all calls, a loudspeaker per call, and the bell. */
export class Audio {
  readonly #media: MediaPort;
  readonly #hooks: AudioHooks;
  readonly #sounds = new Map<string, Sound>();
  readonly #clones = new Map<string, MediaStream>();
  readonly #stops: (() => void)[] = [];
  #ringer: Ringer | null = null;
  #ringing = false;
  #source: Promise<MediaStream> | null = null;
  #choice: Required<DeviceChoice> = { microphone: null, speaker: null, ringtone: null };

  constructor(media: MediaPort, hooks: AudioHooks) {
    this.#media = media;
    this.#hooks = hooks;
  }

  open(): void {
    this.#hooks.activation(!this.#media.hasActivation());
    this.#stops.push(
      this.#media.onDevicesChanged(() => void this.refreshDevices()),
      this.#media.onActivation(() => void this.startAudio().catch(() => {})),
    );
    void this.refreshDevices();
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.ring(false);
    for (const callId of [...this.#sounds.keys(), ...this.#clones.keys()]) this.release(callId);
  }

  async refreshDevices(): Promise<AudioDevices> {
    const found = await this.#media.listDevices().catch(() => ({ microphones: [], speakers: [] }));
    this.#hooks.devices(
      Object.freeze({ microphones: Object.freeze(found.microphones), speakers: Object.freeze(found.speakers) }),
    );
    return found;
  }

  /** The microphone for one call: tracks of its own, so that holding one call leaves another alone. */
  async microphoneFor(callId: string): Promise<MediaStream> {
    this.#source ??= this.#media.openMicrophone(this.#choice.microphone).catch((error: unknown) => {
      this.#source = null;
      throw error;
    });
    const source = await this.#source;
    const clone = this.#media.cloneStream(source);
    this.#clones.set(callId, clone);
    // Labels are readable only once the microphone is allowed.
    void this.refreshDevices();
    return clone;
  }

  async play(callId: string, stream: MediaStream): Promise<void> {
    const existing = this.#sounds.get(callId);
    if (existing?.stream === stream) return;
    existing?.playback.stop();
    const sound: Sound = { playback: this.#media.createPlayback(), stream, blocked: false };
    this.#sounds.set(callId, sound);
    sound.blocked = !(await sound.playback.play(stream, this.#choice.speaker));
    if (sound.blocked) this.#hooks.playback(true, callId);
  }

  /** Gives back what a call used; the microphone is switched off with the last one. */
  release(callId: string): void {
    this.#sounds.get(callId)?.playback.stop();
    this.#sounds.delete(callId);
    for (const track of this.#clones.get(callId)?.getTracks() ?? []) track.stop();
    this.#clones.delete(callId);
    if (this.#clones.size > 0) return;
    const source = this.#source;
    this.#source = null;
    source?.then((stream) => stop(stream)).catch(() => {});
  }

  ring(on: boolean): void {
    if (on === this.#ringing) return;
    this.#ringing = on;
    if (!on) return this.#ringer?.stop();
    this.#ringer ??= this.#media.createRinger();
    void this.#ringer.start(this.#choice.ringtone).then((heard) => {
      if (!heard && this.#ringing) this.#hooks.activation(true);
    });
  }

  /** To be called from a click: lets the browser play what it held back. */
  async startAudio(): Promise<void> {
    const outcomes = await Promise.all(
      [...this.#sounds].map(async ([, sound]) => {
        sound.blocked = !(await sound.playback.play(sound.stream, this.#choice.speaker));
        return sound.blocked;
      }),
    );
    if (this.#ringing) await this.#ringer?.start(this.#choice.ringtone);
    const blocked = outcomes.includes(true);
    this.#hooks.playback(blocked, null);
    this.#hooks.activation(!this.#media.hasActivation());
    if (blocked) {
      throw new PhoneError(
        'playback-blocked',
        'The browser still blocks sound. Call startAudio() from a click in the page that owns the phone.',
      );
    }
  }

  /** Takes effect during a call. `swap` puts a new track into each call. */
  async choose(choice: DeviceChoice, swap: (callId: string, track: MediaStreamTrack) => Promise<void>): Promise<void> {
    if (choice.microphone !== undefined && choice.microphone !== this.#choice.microphone) {
      await this.#changeMicrophone(choice.microphone, swap);
    }
    if (choice.speaker !== undefined) {
      const speaker = choice.speaker;
      try {
        for (const { playback } of this.#sounds.values()) await playback.setSpeaker(speaker);
      } catch (cause) {
        if (isPhoneError(cause)) throw cause;
        throw new PhoneError('speaker-failed', 'The loudspeaker cannot be used. Choose another one.', { cause });
      }
    }
    this.#choice = { ...this.#choice, ...choice };
    this.#hooks.devices({ ...this.#choice });
  }

  async #changeMicrophone(
    deviceId: string | null,
    swap: (callId: string, track: MediaStreamTrack) => Promise<void>,
  ): Promise<void> {
    if (this.#clones.size === 0) return;
    const stream = await this.#media.openMicrophone(deviceId);
    const old = this.#source;
    this.#source = Promise.resolve(stream);
    for (const [callId, before] of [...this.#clones]) {
      const clone = this.#media.cloneStream(stream);
      const track = clone.getAudioTracks()[0];
      if (track) await swap(callId, track);
      this.#clones.set(callId, clone);
      stop(before);
    }
    old?.then(stop).catch(() => {});
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
