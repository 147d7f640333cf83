import { clearFailures } from '../customers/index.ts';
import type { Tx } from '../store/store.ts';
import { type Attempt, giveBackAttempt } from './attempts.ts';
import type { VerificationOptions } from './options.ts';
import { afterFailure, passIfComplete } from './progress.ts';
import { saveVerification, type VerificationRecord } from './record.ts';

/** Writes what an attempt led to: gives it back when right, fails or locks when wrong, passes when all is done. */
export async function concludeAttempt(
  tx: Tx,
  options: VerificationOptions,
  result: {
    readonly record: VerificationRecord;
    readonly attempt: Attempt;
    readonly right: boolean;
    readonly actor: string;
  },
): Promise<VerificationRecord> {
  const { attempt, right, actor } = result;
  let record = right ? await giveBackAttempt(tx, result.record, attempt) : afterFailure(result.record, attempt.locks);
  if (right)
    record = passIfComplete(record, tx.now, {
      validForSeconds: options.policy.validForSeconds,
      pinState: attempt.secrets.pinState,
    });
  await saveVerification(tx, record);
  const subject = `call:${record.callId}`;
  const customerId = record.customerId;
  if (record.state === 'passed' && result.record.state !== 'passed') {
    await clearFailures(tx, customerId);
    const until = new Date(record.expiresAt ?? tx.now);
    tx.afterCommit(() => options.passed(record.callId, until));
    await tx.record({
      actor,
      action: 'verification.passed',
      subject,
      data: { customerId, questions: record.questions.length, pin: record.pin, expiresAt: record.expiresAt },
    });
  } else if (record.state === 'failed' || record.state === 'locked') {
    await tx.record({ actor, action: `verification.${record.state}`, subject, data: { customerId } });
  }
  await options.calls.publish(tx, record.callId);
  return record;
}
