import { type DeskPhone, Value } from '@callweave/sdk';
import type { LostDevice, PhoneErrorInfo } from '@callweave/sdk/phone';
import type { Followed } from '../../controllers/follow-controller.ts';

/** What went wrong with microphone and loudspeaker during a call. */
export interface SoundTrouble {
  /** Why the microphone does not work, as the phone last said in whichever tab; until devices change. */
  readonly microphone?: PhoneErrorInfo | undefined;
  /** What was unplugged and replaced, until the call is over. */
  readonly lost?: LostDevice;
}

export function followSound(phone: DeskPhone): Followed<SoundTrouble> {
  const state = new Value<SoundTrouble>({});
  const change = (part: SoundTrouble): void => state.set({ ...state.get(), ...part });
  // Of a phone that is loaded already this is the phone itself. Why it cannot run is told by its state.
  const ends = phone.start().then(
    (running) => [
      running.on('microphone-failed', ({ error }) => change({ microphone: error })),
      running.on('devices-changed', () => change({ microphone: undefined })),
      running.on('device-lost', (lost) => change({ lost })),
    ],
    () => [],
  );
  return { state, close: () => void ends.then((all) => all.map((end) => end())) };
}
