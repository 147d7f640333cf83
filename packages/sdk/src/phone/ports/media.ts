/** Microphones and loudspeakers, as the phone needs them. */
export interface MediaPort {
  /** Rejects with a coded `PhoneError`. The caller stops the tracks. */
  openMicrophone(deviceId: string | null): Promise<MediaStream>;
  /** A stream of the same sound with tracks of its own, so that muting one call leaves the other alone. */
  cloneStream(stream: MediaStream): MediaStream;
  /** A stream without any sound, for a call that has lost its microphone. */
  createSilence(): MediaStream;
  listDevices(): Promise<AudioDevices>;
  /** Devices came or went, or the permission to use them was given or taken back. */
  onDevicesChanged(listener: () => void): () => void;
  createPlayback(): Playback;
  createRinger(): Ringer;
  /** Whether the user has touched this page yet; browsers let a page make sound only then. */
  hasActivation(): boolean;
  onActivation(listener: () => void): () => void;
}

export interface AudioDevice {
  readonly id: string;
  /** Empty until the user has allowed the microphone. */
  readonly label: string;
}

export interface AudioDevices {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
}

export interface Playback {
  /** Resolves with whether sound is heard; `false` when the browser wants a gesture first. */
  play(stream: MediaStream, speakerId: string | null): Promise<boolean>;
  setSpeaker(speakerId: string | null): Promise<void>;
  stop(): void;
}

export interface Ringer {
  /** Resolves with whether it is heard. `soft`: a short tone now and then, for somebody who talks to another caller. */
  start(speakerId: string | null, soft: boolean): Promise<boolean>;
  stop(): void;
}
