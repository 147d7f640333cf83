import type { PinState, VerificationPolicy } from '@callweave/sdk/protocol';
import type { VerificationRecord } from './record.ts';

/** The rules by which one call's verification goes on. Pure. */

const PIN_SETTLED: readonly PinState[] = ['not-required', 'right', 'change-required', 'changing', 'changed'];

/** Passes the verification when nothing is left to ask; an initial PIN then has to be changed before any order. */
export function passIfComplete(
  record: VerificationRecord,
  at: Date,
  options: { readonly validForSeconds: number; readonly pinState: 'initial' | 'set' | 'none' },
): VerificationRecord {
  const complete = record.questions.every(({ result }) => result === 'right') && PIN_SETTLED.includes(record.pin);
  if (record.state !== 'asking' || !complete) return record;
  return {
    ...record,
    state: 'passed',
    pin: options.pinState === 'initial' ? 'change-required' : record.pin,
    passedAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + options.validForSeconds * 1000).toISOString(),
    reason: null,
  };
}

/** A wrong answer or PIN, whose attempt was taken already when it was handed in. */
export function afterFailure(record: VerificationRecord, locked: boolean): VerificationRecord {
  if (locked) return { ...record, state: 'locked', reason: 'locked' };
  if (record.attemptsLeft <= 0) return { ...record, state: 'failed', reason: 'wrong-answers' };
  return record;
}

export function withResult(
  record: VerificationRecord,
  questionId: string,
  result: 'right' | 'wrong',
): VerificationRecord {
  return {
    ...record,
    questions: record.questions.map((question) => (question.id === questionId ? { ...question, result } : question)),
  };
}

/** What a PIN entry that came to nothing goes back to. */
export function pinAfterNoEntry(pin: PinState): PinState {
  if (pin === 'collecting') return 'required';
  return pin === 'changing' ? 'change-required' : pin;
}

/** Attempts go with the call, not with the draw: starting again never gives new ones. */
export function attemptsFor(policy: VerificationPolicy, before: VerificationRecord | undefined): number {
  return before?.attemptsLeft ?? policy.attemptsPerCall;
}
