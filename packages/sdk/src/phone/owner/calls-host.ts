import { isPhoneError, PhoneError } from '../../errors/phone-error.ts';
import type { PhoneEvent } from '../events.ts';
import type { MachineEvent } from '../machine/machine.ts';
import type { Clock } from '../ports/clock.ts';
import type { SipPort } from '../ports/sip.ts';
import type { PhoneState } from '../state.ts';
import type { Audio } from './audio.ts';
import { withCall } from './live-call.ts';

export type AutoAnswer = (call: {
  readonly interactionId: string | undefined;
  header(name: string): string | undefined;
}) => boolean;

/** What the calls need from the phone around them. */
export interface CallsHost {
  readonly clock: Clock;
  readonly audio: Audio;
  readonly rtcConfiguration: RTCConfiguration;
  readonly autoAnswer: AutoAnswer | undefined;
  state(): PhoneState;
  dispatch(event: MachineEvent): void;
  emit(event: PhoneEvent): void;
  engine(): SipPort;
  /** Resolves when commands can reach the exchange. */
  whenHealthy(signal: AbortSignal): Promise<void>;
}

/** The microphone for a call; a failure is also told to whoever watches the phone, in whichever tab. */
export async function microphoneOf(host: Pick<CallsHost, 'audio' | 'emit'>, id: string): Promise<MediaStream> {
  try {
    return await host.audio.microphoneFor(id);
  } catch (cause) {
    const error = isPhoneError(cause)
      ? withCall(cause, id)
      : new PhoneError('microphone-failed', 'The microphone cannot be used. Choose another one and try again.', {
          cause,
          callId: id,
        });
    host.emit({ type: 'microphone-failed', error: (error as PhoneError).toInfo(), callId: id });
    throw error;
  }
}
