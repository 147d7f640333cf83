import { verificationSecrets } from '../customers/index.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { effective, findVerification, saveVerification, type VerificationRecord } from './record.ts';

/**
 * Ends what was verified, or is being verified, in this call: after a long hold, a transfer, another customer. It has to
 * be started anew. The caller publishes the call.
 */
export async function voidVerification(
  tx: Tx,
  callId: string,
  reason: NonNullable<VerificationRecord['reason']>,
): Promise<boolean> {
  const record = await findVerification(tx.db, callId);
  if (record === undefined || (record.state !== 'passed' && record.state !== 'asking')) return false;
  await saveVerification(tx, { ...record, state: 'expired', reason, expiresAt: tx.now.toISOString() });
  await tx.record({
    actor: 'system',
    action: 'verification.expired',
    subject: `call:${callId}`,
    data: { customerId: record.customerId, reason },
  });
  return true;
}

/** Throws unless this customer is verified in this call, now, and has a PIN of their own choice. */
export async function requireVerified(tx: Tx, callId: string, customerId: string): Promise<void> {
  const record = await findVerification(tx.db, callId);
  if (record === undefined || record.customerId !== customerId || effective(record, tx.now).state !== 'passed') {
    throw new Problem(
      'verification-missing',
      'The caller is not verified in this call, or the verification has expired.',
    );
  }
  const { pinState } = await verificationSecrets(tx.db, customerId);
  if (pinState === 'initial') throw new Problem('pin-change-missing', 'The customer still has the initial PIN.');
}
