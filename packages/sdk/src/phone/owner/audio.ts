import { isPhoneError, PhoneError, type PhoneErrorInfo } from '../../errors/phone-error.ts';
import type { RingMode } from '../machine/machine.ts';
import type { AudioDevices, MediaPort, Playback, Ringer } from '../ports/media.ts';
import type { DeviceState } from '../state.ts';
import { findMicrophone, type LostDevice, stopStream } from './sound-device.ts';

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
  /** Puts another track into a call. */
  swap(callId: string, track: MediaStreamTrack): Promise<void>;
  lost(device: LostDevice): void;
  /** Nobody hears the agent any more. */
  microphoneFailed(error: PhoneErrorInfo): void;
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
  #ring: RingMode = 'off';
  #source: Promise<MediaStream> | null = null;
  /** What {@link #source} gave. */
  #stream: MediaStream | null = null;
  /** The calls send silence, because there is no microphone. */
  #silent = false;
  #replacing = false;
  #choice: Required<DeviceChoice> = { microphone: null, speaker: null, ringtone: null };

  constructor(media: MediaPort, hooks: AudioHooks) {
    this.#media = media;
    this.#hooks = hooks;
  }

  open(): void {
    this.#hooks.activation(!this.#media.hasActivation());
    this.#stops.push(
      this.#media.onDevicesChanged(() => void this.#devicesChanged()),
      this.#media.onActivation(() => void this.startAudio().catch(() => {})),
    );
    void this.refreshDevices();
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.ring('off');
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
    this.#source ??= this.#media.openMicrophone(this.#choice.microphone).then(
      (stream) => this.#use(stream),
      (error: unknown) => {
        this.#source = null;
        throw error;
      },
    );
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
    this.#stream = null;
    if (this.#silent) this.#hooks.devices({ microphoneProblem: null });
    this.#silent = false;
    source?.then(stopStream).catch(() => {});
  }

  ring(mode: RingMode): void {
    if (mode === this.#ring) return;
    this.#ring = mode;
    if (mode === 'off') return this.#ringer?.stop();
    this.#ringer ??= this.#media.createRinger();
    void this.#startRinger().then((heard) => {
      if (!heard && this.#ring !== 'off') this.#hooks.activation(true);
    });
  }

  /** Somebody who talks has the tone in the ear, not across the room. */
  async #startRinger(): Promise<boolean> {
    const soft = this.#ring === 'waiting';
    return (await this.#ringer?.start(soft ? this.#choice.speaker : this.#choice.ringtone, soft)) ?? true;
  }

  /** To be called from a click: lets the browser play what it held back. */
  async startAudio(): Promise<void> {
    const outcomes = await Promise.all(
      [...this.#sounds].map(async ([, sound]) => {
        sound.blocked = !(await sound.playback.play(sound.stream, this.#choice.speaker));
        return sound.blocked;
      }),
    );
    if (this.#ring !== 'off') await this.#startRinger();
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

  /** Takes effect during a call. */
  async choose(choice: DeviceChoice): Promise<void> {
    const { microphone, speaker } = choice;
    if (microphone !== undefined && (microphone !== this.#choice.microphone || this.#silent) && this.#clones.size > 0) {
      await this.#swapTo(await this.#media.openMicrophone(microphone));
      this.#hooks.devices({ microphoneProblem: null });
    }
    if (speaker !== undefined) {
      try {
        for (const { playback } of this.#sounds.values()) await playback.setSpeaker(speaker);
      } catch (cause) {
        if (isPhoneError(cause)) throw cause;
        throw new PhoneError('speaker-failed', 'The loudspeaker cannot be used. Choose another one.', { cause });
      }
    }
    this.#choice = { ...this.#choice, ...choice };
    this.#hooks.devices({ ...this.#choice });
    // The bell moves at once, too.
    if (choice.ringtone !== undefined && this.#ring === 'ring') await this.#startRinger();
  }

  async #devicesChanged(): Promise<void> {
    const { microphones, speakers } = await this.refreshDevices();
    const { microphone, speaker, ringtone } = this.#choice;
    const isGone = (list: AudioDevices['speakers'], id: string | null): boolean =>
      id !== null && !list.some((device) => device.id === id);
    // A browser that names no devices has not been allowed to; then nothing can be told.
    if (speakers.length > 0) {
      if (isGone(speakers, ringtone)) await this.choose({ ringtone: null });
      if (isGone(speakers, speaker)) {
        await this.choose({ speaker: null }).catch(() => {});
        this.#hooks.lost({ kind: 'speaker', replacement: speakers[0] ?? null });
      }
    }
    if (this.#silent ? microphones.length > 0 : isGone(microphones, microphone)) await this.#replaceMicrophone();
  }

  /** The microphone that is in use, until it is unplugged or its permission is taken back. */
  #use(stream: MediaStream): MediaStream {
    this.#stream = stream;
    for (const track of stream.getAudioTracks())
      track.addEventListener('ended', () => {
        if (this.#stream === stream) void this.#replaceMicrophone();
      });
    return stream;
  }

  /** The call goes on with another microphone, or in silence until there is one. */
  async #replaceMicrophone(): Promise<void> {
    if (this.#clones.size === 0) {
      this.#choice = { ...this.#choice, microphone: null };
      return this.#hooks.devices({ microphone: null });
    }
    if (this.#replacing) return;
    this.#replacing = true;
    try {
      const wasSilent = this.#silent;
      const found = await findMicrophone(this.#media, (await this.refreshDevices()).microphones);
      if ('stream' in found) {
        await this.#swapTo(found.stream);
        this.#choice = { ...this.#choice, microphone: found.id };
        this.#hooks.devices({ microphone: found.id, microphoneProblem: null });
        this.#hooks.lost({ kind: 'microphone', replacement: found.device });
        return;
      }
      if (wasSilent) return;
      // Without a track that lives some browsers send nothing, and the exchange would take the call for dead.
      await this.#swapTo(this.#media.createSilence());
      this.#silent = true;
      this.#hooks.devices({ microphoneProblem: found.error });
      this.#hooks.lost({ kind: 'microphone', replacement: null });
      this.#hooks.microphoneFailed(found.error);
    } finally {
      this.#replacing = false;
    }
  }

  async #swapTo(stream: MediaStream): Promise<void> {
    const old = this.#source;
    this.#source = Promise.resolve(this.#use(stream));
    this.#silent = false;
    for (const [callId, before] of [...this.#clones]) {
      const clone = this.#media.cloneStream(stream);
      const track = clone.getAudioTracks()[0];
      if (track) await this.#hooks.swap(callId, track);
      // Hung up meanwhile.
      if (!this.#clones.has(callId)) stopStream(clone);
      else this.#clones.set(callId, clone);
      stopStream(before);
    }
    old?.then(stopStream).catch(() => {});
    if (this.#clones.size === 0 && this.#stream === stream) {
      this.#source = this.#stream = null;
      stopStream(stream);
    }
  }
}
