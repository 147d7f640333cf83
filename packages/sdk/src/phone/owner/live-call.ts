import { isPhoneError, PhoneError } from '../../errors/phone-error.ts';
import type { SipCall, SipCallEvent } from '../ports/sip.ts';
import { createQualitySampler, type QualitySampler } from '../quality/sampler.ts';
import { createSerial } from '../serial.ts';
import type { CallEnd, CallEndReason, CallState } from '../state.ts';

/** The moving parts behind one call; what is known about it is in the state. */
export interface LiveCall {
  readonly id: string;
  readonly sip: SipCall;
  readonly run: <T>(task: () => Promise<T>) => Promise<T>;
  readonly sampler: QualitySampler;
  stopSampling: () => void;
  stopRetrying: () => void;
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
    stopRetrying: () => {},
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
    return new PhoneError(
      'connection-lost',
      'The connection to the exchange was lost. The phone reconnects by itself.',
      options,
    );
  }
  return new PhoneError('call-failed', `The call ended: ${reason}.`, options);
}

/** Whether the media path is up at this moment. */
export function isConnected(call: LiveCall): boolean {
  const state = call.sip.connection?.iceConnectionState;
  return state === 'connected' || state === 'completed';
}

export function unknownCall(id: string): PhoneError {
  return new PhoneError('unknown-call', 'There is no such call; it may have ended.', { callId: id });
}

/** Says which call an error of a lower layer was about. */
export function withCall(error: unknown, callId: string): unknown {
  return isPhoneError(error) && error.callId === undefined
    ? new PhoneError(error.code, error.message, {
        retryable: error.retryable,
        fatal: error.fatal,
        sip: error.sip,
        callId,
        cause: error.cause,
      })
    : error;
}

/** The call as it first appears in the state. */
export function describeCall(
  call: LiveCall,
  now: number,
  signalling: CallState['signalling'],
  interactionId: string | undefined,
  resumed: boolean,
): CallState {
  const { user, uri, displayName } = call.sip.remote;
  return Object.freeze({
    id: call.id,
    direction: call.sip.direction,
    remote: Object.freeze(displayName ? { number: user, uri, name: displayName } : { number: user, uri }),
    ...(interactionId === undefined ? {} : { interactionId }),
    resumed,
    signalling,
    hold: 'none',
    media: 'ok',
    muted: false,
    createdAt: now,
  });
}
