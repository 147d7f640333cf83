import type { Verification } from '@callweave/sdk/protocol';
import { setPin, verificationSecrets } from '../customers/index.ts';
import { takeAttempt } from './attempts.ts';
import { concludeAttempt } from './conclude.ts';
import type { VerificationOptions } from './options.ts';
import { pinAfterNoEntry } from './progress.ts';
import { findVerification, saveVerification } from './record.ts';

/** Where the telephone flow hands in what a caller keyed. The digits go no further than a comparison or a hash. */
export interface PinDesk {
  check(callId: string, digits: string): Promise<'right' | 'wrong' | 'locked'>;
  change(callId: string, digits: string): Promise<void>;
  /** The entry came to nothing. */
  notEntered(callId: string, reason: NonNullable<Verification['reason']>): Promise<void>;
}

export function createPinDesk(options: Omit<VerificationOptions, 'pins'>): PinDesk {
  const { store, calls } = options;
  const full = options as VerificationOptions;

  return {
    async check(callId, digits) {
      const attempt = await store.write((tx) => takeAttempt(tx, full, callId));
      const { pinHash } = attempt.secrets;
      const right = pinHash !== null && (await options.verifySecret(digits, pinHash));
      return store.write(async (tx) => {
        const record = await findVerification(tx.db, callId);
        // The customer was changed, or the state voided, while the caller was keying: the digits prove nothing now.
        if (record === undefined || record.customerId !== attempt.record.customerId || record.pin !== 'collecting')
          return 'wrong';
        const pin = right ? 'right' : 'wrong';
        const actor = `customer:${record.customerId}`;
        const done = await concludeAttempt(tx, full, { record: { ...record, pin }, attempt, right, actor });
        await tx.record({
          actor,
          action: 'verification.pin-keyed',
          subject: `call:${callId}`,
          data: { right, attemptsLeft: done.attemptsLeft },
        });
        return right ? 'right' : done.state === 'asking' ? 'wrong' : 'locked';
      });
    },

    async change(callId, digits) {
      const pinHash = await options.hashSecret(digits);
      await store.write(async (tx) => {
        const record = await findVerification(tx.db, callId);
        if (record === undefined || record.pin !== 'changing' || record.state !== 'passed') return;
        await setPin(tx, record.customerId, pinHash);
        await saveVerification(tx, { ...record, pin: 'changed' });
        await tx.record({
          actor: `customer:${record.customerId}`,
          action: 'verification.pin-changed',
          subject: `call:${callId}`,
          data: { customerId: record.customerId },
        });
        await calls.publish(tx, callId);
      });
    },

    async notEntered(callId, reason) {
      await store.write(async (tx) => {
        const record = await findVerification(tx.db, callId);
        if (record === undefined || pinAfterNoEntry(record.pin) === record.pin) return;
        // Also when the customer had it changed to "set" before: what was not asked for is not asked for afterwards.
        const { pinState } = await verificationSecrets(tx.db, record.customerId);
        const pin = record.pin === 'changing' && pinState === 'set' ? 'changed' : pinAfterNoEntry(record.pin);
        await saveVerification(tx, { ...record, pin, reason });
        await tx.record({
          actor: 'system',
          action: 'verification.pin-not-keyed',
          subject: `call:${callId}`,
          data: { reason },
        });
        await calls.publish(tx, callId);
      });
    },
  };
}
