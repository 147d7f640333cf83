import { PhoneError } from '../../errors/phone-error.ts';
import type { SipCall, SipCallEvent } from '../ports/sip.ts';
import { createQualitySampler, type QualitySampler } from '../quality/sampler.ts';
import { createSerial } from '../serial.ts';
import type { CallEnd, CallEndReason } from '../state.ts';

/** The moving parts behind one call; what is known about it is in the state. */
export interface LiveCall {
  readonly id: string;
  readonly sip: SipCall;
  readonly run: <T>(task: () => Promise<T>) => Promise<T>;
  readonly sampler: QualitySampler;
  stopSampling: () => void;
  /** Why we end it, where the SIP stack would say something else. */
  forced: CallEndReason | null;
  muted: boolean;
  hold: { local: boolean; remote: boolean };
  recovering: boolean;
  end: CallEnd | null;
}

export function createLiveCall(id: string, sip: SipCall): LiveCall {
  return {
    id,
    sip,
    run: createSerial(),
    sampler: createQualitySampler(),
    stopSampling: () => {},
    forced: null,
    muted: false,
    hold: { local: false, remote: false },
    recovering: false,
    end: null,
  };
}

/** Resolves when the call reports the wanted event; rejects when it ends first, or on the signal. */
export function until(call: LiveCall, wanted: (event: SipCallEvent) => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      unsubscribe();
      signal.removeEventListener('abort', stop);
      settle();
    };
    const stop = (): void => finish(() => reject(signal.reason));
    const unsubscribe = call.sip.subscribe((event) => {
      if (wanted(event)) finish(resolve);
      else if (event.type === 'ended') finish(() => reject(endError(call)));
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function endError(call: LiveCall): PhoneError {
  const reason = call.end?.reason ?? 'failed';
  const options = { callId: call.id, sip: call.end?.sip };
  if (reason === 'busy') return new PhoneError('busy', 'The number is busy. Try again later.', options);
  if (reason === 'connection-lost') {
    return new PhoneError('connection-lost', 'The connection to the exchange was lost. The phone reconnects by itself.', options);
  }
  return new PhoneError('call-failed', `The call ended: ${reason}.`, options);
}
