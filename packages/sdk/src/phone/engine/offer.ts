import { PhoneError } from '../../errors/phone-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { JsSipSession } from './jssip-types.ts';
import { prepareRollback, restoreMedia } from './restore.ts';
import type { TransactionTap } from './transaction-tap.ts';

export type OfferFailed = (reason: 'refused' | 'connection-lost' | 'timeout' | 'ended') => void;

/** What an offer of ours needs from its call. */
export interface OfferContext {
  readonly session: JsSipSession;
  readonly connection: RTCPeerConnection;
  readonly sipCallId: string;
  readonly tap: TransactionTap;
  readonly clock: Clock;
  /** Registers who is told when JsSIP gives up on the offer (it would end the call). */
  onFailure(handler: OfferFailed | null): void;
  reapplyTracks(): void;
}

export interface OfferChange {
  readonly direction: RTCRtpTransceiverDirection | null;
  readonly iceRestart: boolean;
}

const READY_POLL_MS = 50;
const READY_ATTEMPTS = 100;
const GLARE_ATTEMPTS = 5;

/** Offers, and offers again after glare (491), until it is accepted or hopeless. The media is as before on failure. */
export async function offer(context: OfferContext, change: OfferChange, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const refusal = await offerOnce(context, change, signal);
    if (!refusal) return;
    if (refusal.status !== 491 || attempt === GLARE_ATTEMPTS) {
      const detail = refusal.status ? ` (${refusal.status} ${refusal.phrase})` : '';
      throw new PhoneError(
        refusal.reason === 'connection-lost' ? 'connection-lost' : 'renegotiation-failed',
        `The exchange did not accept the change of the call${detail}; the call goes on as before. Try again.`,
        refusal.status ? { sip: { status: refusal.status, phrase: refusal.phrase } } : {},
      );
    }
    // RFC 3261 14.1 spreads both sides: here 0–2 s for a dialog we did not begin, 2.1–4 s for one we did would need
    // the role; a random pause that grows serves both.
    await pause(context.clock, 200 + Math.random() * 1800 * attempt, signal);
  }
}

interface Refusal {
  readonly reason: 'refused' | 'connection-lost' | 'timeout' | 'ended';
  readonly status: number;
  readonly phrase: string;
}

async function offerOnce(context: OfferContext, change: OfferChange, signal: AbortSignal): Promise<Refusal | null> {
  const { session, connection } = context;
  for (let waited = 0; !session.isReadyToReOffer(); waited += 1) {
    if (session.isEnded()) throw new PhoneError('wrong-state', 'The call has ended.');
    if (waited === READY_ATTEMPTS) return { reason: 'timeout', status: 0, phrase: '' };
    await pause(context.clock, READY_POLL_MS, signal);
  }
  // From here on, offers of the far side are glare.
  context.onFailure(() => {});
  if (change.iceRestart) await prepareRollback(connection);
  const before = connection.getTransceivers().map((transceiver) => [transceiver, transceiver.direction] as const);
  if (change.direction) for (const [transceiver] of before) transceiver.direction = change.direction;
  context.tap.takeRefusal(context.sipCallId);
  const reason = await new Promise<Refusal['reason'] | null>((resolve) => {
    context.onFailure(resolve);
    const options = { rtcOfferConstraints: change.iceRestart ? { iceRestart: true } : {} };
    if (!session.renegotiate(options, () => resolve(null))) resolve('refused');
    // JsSIP switches tracks on by its own idea of muting.
    context.reapplyTracks();
  });
  try {
    if (reason === null) return null;
    session._rtcReady = true;
    await restoreMedia(connection, before, change.iceRestart);
  } finally {
    context.onFailure(null);
  }
  const refusal = context.tap.takeRefusal(context.sipCallId);
  return { reason, status: refusal?.status ?? 0, phrase: refusal?.phrase ?? '' };
}

export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
