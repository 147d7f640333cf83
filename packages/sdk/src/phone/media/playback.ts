import { PhoneError } from '../../errors/phone-error.ts';
import type { Playback } from '../ports/media.ts';

/** Plays what the far side says. The SIP stack never does. */
export function createPlayback(): Playback {
  const element = new Audio();
  element.autoplay = true;
  return {
    async play(stream, speakerId) {
      if (element.srcObject !== stream) element.srcObject = stream;
      if (speakerId !== null) await choose(element, speakerId).catch(() => {});
      try {
        await element.play();
        return true;
      } catch (error) {
        // A newer play() or a stop interrupts an older one; that is not the browser refusing.
        return (error as { name?: unknown }).name !== 'NotAllowedError';
      }
    },
    setSpeaker: (speakerId) => choose(element, speakerId),
    stop() {
      element.pause();
      element.srcObject = null;
    },
  };
}

async function choose(element: HTMLAudioElement, speakerId: string | null): Promise<void> {
  if (typeof element.setSinkId !== 'function') {
    if (speakerId === null) return;
    throw new PhoneError(
      'speaker-failed',
      'This browser cannot choose a loudspeaker. Choose it in the system settings.',
    );
  }
  await element.setSinkId(speakerId ?? '');
}
