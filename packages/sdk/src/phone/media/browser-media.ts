import type { MediaPort } from '../ports/media.ts';
import { onPermissionChange, openMicrophone } from './microphone.ts';
import { createPlayback } from './playback.ts';
import { createRinger } from './ringer.ts';
import { createSilence } from './silence.ts';

/** The microphones and loudspeakers of this browser. `constraints` are added to what the microphone is asked for. */
export function createBrowserMedia(constraints: MediaTrackConstraints = {}): MediaPort {
  const devices = (): MediaDevices | undefined => globalThis.navigator?.mediaDevices;
  return {
    openMicrophone: (deviceId) => openMicrophone(deviceId, constraints),
    cloneStream: (stream) => new MediaStream(stream.getAudioTracks().map((track) => track.clone())),
    createSilence,
    async listDevices() {
      const all = (await devices()?.enumerateDevices()) ?? [];
      const of = (kind: MediaDeviceKind) =>
        // Before permission the browser lists one nameless device of each kind, which cannot be chosen.
        all
          .filter((device) => device.kind === kind && device.deviceId !== '')
          .map(({ deviceId, label }) => Object.freeze({ id: deviceId, label }));
      return { microphones: of('audioinput'), speakers: of('audiooutput') };
    },
    onDevicesChanged(listener) {
      const target = devices();
      target?.addEventListener?.('devicechange', listener);
      const stopAsking = onPermissionChange(listener);
      return () => {
        target?.removeEventListener?.('devicechange', listener);
        stopAsking();
      };
    },
    createPlayback,
    createRinger,
    // Browsers without the API are assumed to be fine: playback itself still reports when it is blocked.
    hasActivation: () => globalThis.navigator?.userActivation?.hasBeenActive ?? true,
    onActivation(listener) {
      const handler = (): void => listener();
      const types = ['pointerup', 'keydown'] as const;
      for (const type of types) globalThis.addEventListener?.(type, handler, { capture: true, passive: true });
      return () => {
        for (const type of types) globalThis.removeEventListener?.(type, handler, { capture: true });
      };
    },
  };
}
