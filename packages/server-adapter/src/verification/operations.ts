import type { contract } from '@callweave/sdk/protocol';
import { drawQuestions, foldTight, ladderFor } from '@callweave/sdk/protocol';
import { verificationSecrets } from '../customers/index.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { type Attempt, requireAttempts, takeAttempt } from './attempts.ts';
import { concludeAttempt } from './conclude.ts';
import type { VerificationOptions } from './options.ts';
import { attemptsFor, withResult } from './progress.ts';
import { effective, findVerification, saveVerification, toVerification, type VerificationRecord } from './record.ts';

interface Compared {
  readonly attempt: Attempt;
  readonly right: boolean;
}

/** The contract's `verification` (G2). */
export function createVerification(options: VerificationOptions): Implementation<typeof contract.verification> {
  const { store, policy, calls, pins } = options;

  async function callOf(db: Tx['db'], callId: string, caller: Caller) {
    const { customerId, declared } = await calls.ownLiveCall(db, callId, caller);
    if (customerId === null) throw new Problem('call-without-customer', 'It is not settled which customer is calling.');
    return { customerId, declared };
  }

  async function openRecord(tx: Tx, callId: string, caller: Caller): Promise<VerificationRecord> {
    const { customerId } = await callOf(tx.db, callId, caller);
    const record = await findVerification(tx.db, callId);
    if (record === undefined || record.customerId !== customerId)
      throw new Problem('verification-not-open', 'No verification was started for this customer.');
    return record;
  }

  return {
    start: {
      async write(tx, { callId }, { caller }) {
        const { customerId, declared } = await callOf(tx.db, callId, caller);
        const before = await findVerification(tx.db, callId);
        const current = before?.customerId === customerId ? before : undefined;
        // Asking twice never draws twice: otherwise questions could be drawn until easy ones come.
        if (current !== undefined && ['asking', 'passed'].includes(effective(current, tx.now).state))
          return toVerification(current, tx.now);
        const secrets = await verificationSecrets(tx.db, customerId);
        if (secrets.locked)
          throw new Problem('verification-locked', 'The customer is locked after too many wrong attempts.');
        if (before !== undefined)
          requireAttempts({ ...before, state: current?.state === 'failed' ? 'failed' : 'asking' }, secrets);
        const ladder = ladderFor(policy, {
          declared,
          availableQuestions: secrets.questions.length,
          pinSet: secrets.pinHash !== null,
        });
        if (!ladder.possible) throw new Problem('no-questions', 'The customer has neither enough questions nor a PIN.');
        const drawn = drawQuestions(secrets.questions, ladder.questions, options.random);
        const record: VerificationRecord = {
          callId,
          customerId,
          state: 'asking',
          questions: drawn.map(({ id, text }) => ({ id, text, result: 'open' })),
          pin: ladder.pin ? 'required' : 'not-required',
          attemptsLeft: attemptsFor(policy, before),
          passedAt: null,
          expiresAt: null,
          reason: null,
        };
        await saveVerification(tx, record);
        await tx.record({
          actor: caller.accountId,
          action: 'verification.started',
          subject: `call:${callId}`,
          data: { customerId, declared, questions: drawn.map(({ id }) => id), pin: ladder.pin },
        });
        await calls.publish(tx, callId);
        return toVerification(record, tx.now);
      },
    },

    answer: {
      async prepare({ callId, questionId, answer }, { caller }): Promise<Compared> {
        const attempt = await store.write(async (tx) => {
          const record = await openRecord(tx, callId, caller);
          const question = record.questions.find(({ id }) => id === questionId);
          if (question === undefined || question.result === 'right')
            throw new Problem('question-not-asked', 'This question was not asked, or is answered already.');
          return takeAttempt(tx, options, callId);
        });
        const stored = attempt.secrets.questions.find(({ id }) => id === questionId);
        return {
          attempt,
          right: stored !== undefined && (await options.verifySecret(foldTight(answer), stored.answerHash)),
        };
      },
      async write(tx, { callId, questionId }, { caller }, { attempt, right }: Compared) {
        const record = await openRecord(tx, callId, caller);
        const answered = withResult(record, questionId, right ? 'right' : 'wrong');
        const done = await concludeAttempt(tx, options, { record: answered, attempt, right, actor: caller.accountId });
        await tx.record({
          actor: caller.accountId,
          action: 'verification.answered',
          subject: `call:${callId}`,
          data: { customerId: record.customerId, questionId, right, attemptsLeft: done.attemptsLeft },
        });
        return toVerification(done, tx.now);
      },
    },

    collectPin: {
      prepare: async ({ callId }) => pins.requirePinPossible(callId),
      async write(tx, { callId }, { caller }) {
        const record = await openRecord(tx, callId, caller);
        const secrets = await verificationSecrets(tx.db, record.customerId);
        requireAttempts(record, secrets);
        if (effective(record, tx.now).state !== 'asking')
          throw new Problem('verification-not-open', 'Nothing is being asked now.');
        if ((record.pin !== 'required' && record.pin !== 'wrong') || secrets.pinHash === null)
          throw new Problem('pin-not-possible', 'No PIN is asked for now.');
        return beginEntry(tx, record, 'collecting', caller, () => pins.collectPin(callId));
      },
    },

    changePin: {
      prepare: async ({ callId }) => pins.requirePinPossible(callId),
      async write(tx, { callId }, { caller }) {
        const record = await openRecord(tx, callId, caller);
        if (effective(record, tx.now).state !== 'passed')
          throw new Problem('verification-not-open', 'Verify the caller before a new PIN is keyed.');
        if (record.pin === 'collecting' || record.pin === 'changing')
          throw new Problem('pin-not-possible', 'An entry is running already.');
        return beginEntry(tx, record, 'changing', caller, () => pins.changePin(callId));
      },
    },
  };

  async function beginEntry(
    tx: Tx,
    record: VerificationRecord,
    pin: 'collecting' | 'changing',
    caller: Caller,
    begin: () => void,
  ) {
    const begun = { ...record, pin, reason: null };
    await saveVerification(tx, begun);
    await tx.record({
      actor: caller.accountId,
      action: `verification.pin-${pin}`,
      subject: `call:${record.callId}`,
      data: { customerId: record.customerId },
    });
    await calls.publish(tx, record.callId);
    tx.afterCommit(begin);
    return toVerification(begun, tx.now);
  }
}
