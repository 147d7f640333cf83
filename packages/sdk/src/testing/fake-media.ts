import { PhoneError, type PhoneErrorCode } from '../errors/phone-error.ts';
import type { AudioDevices, MediaPort, Playback, Ringer } from '../phone/ports/media.ts';
import { FakeMediaStream } from './fake-web-rtc.ts';

/** A sound card in memory. */
export class FakeMedia implements MediaPort {
  /** The microphones that were opened, newest last. */
  readonly opened: { readonly deviceId: string | null; readonly stream: FakeMediaStream }[] = [];
  readonly played: { readonly stream: MediaStream; readonly speakerId: string | null }[] = [];
  ringing = false;
  rings = 0;
  /** Makes the microphone fail with this code. */
  microphoneFails: PhoneErrorCode | null = null;
  /** The browser holds playback back until a gesture. */
  playbackBlocked = false;
  activated = true;
  devices: AudioDevices = {
    microphones: [{ id: 'mic-1', label: 'Headset' }],
    speakers: [{ id: 'speaker-1', label: 'Headset' }],
  };
  readonly #deviceListeners = new Set<() => void>();
  readonly #activationListeners = new Set<() => void>();

  async openMicrophone(deviceId: string | null): Promise<MediaStream> {
    if (this.microphoneFails) throw new PhoneError(this.microphoneFails, 'The fake microphone fails.');
    const stream = new FakeMediaStream();
    this.opened.push({ deviceId, stream });
    return stream as unknown as MediaStream;
  }

  cloneStream(stream: MediaStream): MediaStream {
    return new FakeMediaStream(
      (stream as unknown as FakeMediaStream).getTracks().map((track) => track.clone()),
    ) as unknown as MediaStream;
  }

  async listDevices(): Promise<AudioDevices> {
    return this.devices;
  }

  onDevicesChanged(listener: () => void): () => void {
    this.#deviceListeners.add(listener);
    return () => this.#deviceListeners.delete(listener);
  }

  plug(devices: AudioDevices): void {
    this.devices = devices;
    for (const listener of this.#deviceListeners) listener();
  }

  hasActivation(): boolean {
    return this.activated;
  }

  onActivation(listener: () => void): () => void {
    this.#activationListeners.add(listener);
    return () => this.#activationListeners.delete(listener);
  }

  /** The user clicks. */
  touch(): void {
    this.activated = true;
    this.playbackBlocked = false;
    for (const listener of this.#activationListeners) listener();
  }

  createPlayback(): Playback {
    let speaker: string | null = null;
    return {
      play: async (stream, speakerId) => {
        speaker = speakerId ?? speaker;
        if (this.playbackBlocked) return false;
        this.played.push({ stream, speakerId: speaker });
        return true;
      },
      setSpeaker: async (speakerId) => {
        speaker = speakerId;
      },
      stop() {},
    };
  }

  createRinger(): Ringer {
    return {
      start: async () => {
        this.ringing = true;
        this.rings += 1;
        return this.activated;
      },
      stop: () => {
        this.ringing = false;
      },
    };
  }
}
