import { PhoneError, type PhoneErrorCode } from '../errors/phone-error.ts';
import type { AudioDevices, MediaPort, Playback, Ringer } from '../phone/ports/media.ts';
import { FakeMediaStream, FakeTrack } from './fake-web-rtc.ts';

/** A sound card in memory. */
export class FakeMedia implements MediaPort {
  /** The microphones that were opened, newest last. */
  readonly opened: { readonly deviceId: string | null; readonly stream: FakeMediaStream }[] = [];
  readonly played: { readonly stream: MediaStream; readonly speakerId: string | null }[] = [];
  /** Loudspeakers of the calls that are heard now, by playback. */
  readonly speakers: (string | null)[] = [];
  ringing = false;
  /** The tone of a waiting call, not the bell. */
  softly = false;
  rings = 0;
  /** Where it rang last. */
  ringtone: string | null = null;
  /** Makes the microphone fail with this code. */
  microphoneFails: PhoneErrorCode | null = null;
  /** The browser holds playback back until a gesture. */
  playbackBlocked = false;
  activated = true;
  /** Only microphones that are listed can be opened. */
  strict = false;
  /** Streams of silence that were made. */
  silences = 0;
  devices: AudioDevices = {
    microphones: [{ id: 'mic-1', label: 'Headset' }],
    speakers: [{ id: 'speaker-1', label: 'Headset' }],
  };
  readonly #deviceListeners = new Set<() => void>();
  readonly #activationListeners = new Set<() => void>();

  async openMicrophone(deviceId: string | null): Promise<MediaStream> {
    if (this.microphoneFails) throw new PhoneError(this.microphoneFails, 'The fake microphone fails.');
    const device = this.devices.microphones.find(({ id }) => deviceId === null || id === deviceId);
    if (!device && this.strict) throw new PhoneError('microphone-missing', 'No such fake microphone.');
    const stream = new FakeMediaStream([new FakeTrack(device?.label)]);
    this.opened.push({ deviceId, stream });
    return stream as unknown as MediaStream;
  }

  cloneStream(stream: MediaStream): MediaStream {
    return new FakeMediaStream(
      (stream as unknown as FakeMediaStream).getTracks().map((track) => track.clone()),
    ) as unknown as MediaStream;
  }

  createSilence(): MediaStream {
    this.silences += 1;
    return new FakeMediaStream([new FakeTrack('silence')]) as unknown as MediaStream;
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
    const index = this.speakers.push(null) - 1;
    return {
      play: async (stream, speakerId) => {
        speaker = this.speakers[index] = speakerId ?? speaker;
        if (this.playbackBlocked) return false;
        this.played.push({ stream, speakerId: speaker });
        return true;
      },
      setSpeaker: async (speakerId) => {
        speaker = this.speakers[index] = speakerId;
      },
      stop() {},
    };
  }

  createRinger(): Ringer {
    return {
      start: async (speakerId, soft) => {
        this.ringing = true;
        this.softly = soft;
        this.ringtone = speakerId;
        this.rings += 1;
        return this.activated;
      },
      stop: () => {
        this.ringing = false;
      },
    };
  }
}
