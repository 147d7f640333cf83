import { ECHO_NUMBER } from '../../protocol/echo-number.ts';
import type { Phone } from '../create-phone.ts';
import { pause } from '../engine/offer.ts';
import { newId } from '../new-id.ts';
import type { Clock } from '../ports/clock.ts';
import { WARNING_THRESHOLDS } from '../quality/warnings.ts';
import type { PreflightReason, PreflightResult } from './state.ts';

/** Four intervals of the quality estimate, the first of which has nothing to compare with. */
const LISTEN_MS = 8_500;
const CALL_MS = 15_000;

/** A real call to the exchange, which sends the sound back: what is lost and late on the way there and back is measured. */
export async function checkCall(
  phone: Phone,
  clock: Clock,
  signal: AbortSignal,
): Promise<Omit<PreflightResult, 'check'>> {
  const id = newId();
  try {
    await phone.call(ECHO_NUMBER, { id, signal, deadlineMs: CALL_MS });
  } catch (error) {
    signal.throwIfAborted();
    const { code = 'call-failed' } = error as { code?: string };
    const reason = code.startsWith('microphone-') ? (code as PreflightReason) : 'call-failed';
    return { status: 'failed', reason };
  }
  try {
    await pause(clock, LISTEN_MS, signal);
    const quality = phone.get().calls.find((call) => call.id === id)?.quality;
    if (!quality) return { status: 'failed', reason: 'call-failed' };
    const { lossIn, lossOut, rttMs, jitterMs, mos } = quality;
    const figures = { lossIn, lossOut, rttMs, jitterMs, mos };
    if (quality.warnings.includes('no-incoming-audio')) return { status: 'failed', reason: 'no-echo', figures };
    const limits = WARNING_THRESHOLDS;
    const reason: PreflightReason | undefined =
      lossIn > limits.loss || (lossOut ?? 0) > limits.loss
        ? 'high-loss'
        : (rttMs ?? 0) > limits.rttMs
          ? 'high-delay'
          : jitterMs > limits.jitterMs
            ? 'high-jitter'
            : mos < limits.mos
              ? 'low-score'
              : undefined;
    return reason ? { status: 'warning', reason, figures } : { status: 'passed', figures };
  } finally {
    await phone.hangup(id).catch(() => {});
  }
}
