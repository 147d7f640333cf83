import { isPhoneError, PhoneError, type PhoneErrorInfo } from '../../errors/phone-error.ts';
import type { AudioDevice, MediaPort } from '../ports/media.ts';

/** A device that was in use and is gone. */
export interface LostDevice {
  readonly kind: 'microphone' | 'speaker';
  /** What is used instead; `null` when there is none left. */
  readonly replacement: AudioDevice | null;
}

export type FoundMicrophone =
  | { readonly stream: MediaStream; readonly id: string | null; readonly device: AudioDevice }
  | { readonly error: PhoneErrorInfo };

/** The system's default, or else any microphone that works. */
export async function findMicrophone(media: MediaPort, list: readonly AudioDevice[]): Promise<FoundMicrophone> {
  let failure: unknown;
  for (const id of [null, ...list.map((device) => device.id)]) {
    try {
      const stream = await media.openMicrophone(id);
      const label = stream.getAudioTracks()[0]?.label ?? '';
      return { stream, id, device: { id: id ?? '', label } };
    } catch (error) {
      failure ??= error;
      // No other microphone is allowed either.
      if (isPhoneError(error) && error.code === 'microphone-denied') break;
    }
  }
  const error = isPhoneError(failure)
    ? failure
    : new PhoneError('microphone-failed', 'The microphone cannot be used. Choose another one and try again.', {
        cause: failure,
      });
  return { error: error.toInfo() };
}

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
