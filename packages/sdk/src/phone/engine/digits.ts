import { PhoneError } from '../../errors/phone-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { JsSipSession } from './jssip-types.ts';
import { pause } from './offer.ts';

const TONE_MS = 120;
const GAP_MS = 80;
const COMMA_MS = 2_000;

/**
 * RFC 4733 in the audio stream where the far side agreed to it; otherwise SIP INFO. JsSIP defaults to INFO, and drops
 * RFC 4733 digits silently when there is no sender for them.
 */
export async function sendDigits(
  session: JsSipSession,
  digits: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const sender = session.connection?.getSenders().find((candidate) => candidate.track?.kind === 'audio');
  const lasts = [...digits].reduce((sum, digit) => sum + (digit === ',' ? COMMA_MS : TONE_MS + GAP_MS), 0);
  if (sender?.dtmf?.canInsertDTMF) {
    sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + digits, TONE_MS, GAP_MS);
  } else {
    try {
      session.sendDTMF(digits, { transportType: 'INFO', duration: TONE_MS, interToneGap: GAP_MS });
    } catch (cause) {
      throw new PhoneError('wrong-state', 'Digits can be sent only while the call is connected.', { cause });
    }
  }
  await pause(clock, lasts, signal);
}
