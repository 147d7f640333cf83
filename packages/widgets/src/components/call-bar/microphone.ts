import { type DeskPhone, Value } from '@callweave/sdk';
import type { PhoneErrorInfo } from '@callweave/sdk/phone';
import type { Followed } from '../../controllers/follow-controller.ts';

/** Why the microphone does not work, as the phone last said in whichever tab; until devices change. */
export function followMicrophone(phone: DeskPhone): Followed<PhoneErrorInfo | undefined> {
  const state = new Value<PhoneErrorInfo | undefined>(undefined);
  // Of a phone that is loaded already this is the phone itself. Why it cannot run is told by its state.
  const ends = phone.start().then(
    (running) => [
      running.on('microphone-failed', ({ error }) => state.set(error)),
      running.on('devices-changed', () => state.set(undefined)),
    ],
    () => [],
  );
  return { state, close: () => void ends.then((all) => all.map((end) => end())) };
}
