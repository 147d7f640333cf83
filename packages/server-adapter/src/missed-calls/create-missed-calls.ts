import type { Locale } from '@callweave/sdk/protocol';
import { type Clock, systemClock } from '../clock.ts';
import type { Directory } from '../customers/index.ts';
import type { Domain } from '../domain.ts';
import { createProjection } from '../events/projection.ts';
import type { Caller } from '../http/operation.ts';
import type { MessageSender } from '../messages/index.ts';
import type { Store, Tx } from '../store/store.ts';
import { followCall, type KeptPlace } from './follow-calls.ts';
import { claimMissedCall, createMissedCallOperations } from './operations.ts';
import { DEFAULT_MISSED_CALL_POLICY, type MissedCallPolicy } from './policy.ts';
import { publishMissedCall } from './rows.ts';
import { createSettler } from './settle.ts';

export interface CreateMissedCallsOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly messages: MessageSender;
  readonly policy?: Partial<MissedCallPolicy> | undefined;
  /** @default nobody can keep their place */
  readonly keptPlace?: KeptPlace;
  readonly locale?: Locale | undefined;
  readonly clock?: Clock;
  readonly onError?: (error: unknown) => void;
}

export interface MissedCalls extends Domain {
  /**
   * For whoever dials for an agent: makes the case theirs, in the same write as the call. Throws `missed-call-claimed`,
   * `missed-call-closed` or `not-found`.
   */
  claimFor(
    tx: Tx,
    missedCallId: string,
    caller: Caller,
  ): Promise<{ readonly number: string; readonly calledNumber: string }>;
  /** Settles when all that has happened until now is in the cases; for tests. */
  caughtUp(): Promise<void>;
}

/** One case per caller whom nobody answered, opened and closed by what happens to calls (G5). */
export function createMissedCalls(options: CreateMissedCallsOptions): MissedCalls {
  const { store, directory, messages, locale = 'fa', clock = systemClock, onError = () => {} } = options;
  const policy: MissedCallPolicy = { ...DEFAULT_MISSED_CALL_POLICY, ...options.policy };
  const settler = createSettler({ store, directory, messages, policy, locale, onError });
  const projection = createProjection({
    store,
    name: 'missed-calls',
    types: ['call', 'message'],
    async apply(tx, event) {
      if (event.type === 'call') {
        if (await followCall(tx, event.data, policy, options.keptPlace)) tx.afterCommit(() => settler.wake());
        return;
      }
      // Agents do not see messages; what became of theirs they see at the case.
      const row = await tx.db
        .selectFrom('missed_calls')
        .selectAll()
        .where('message_id', '=', event.data.id)
        .executeTakeFirst();
      if (row !== undefined) await publishMissedCall(tx, row);
    },
    onError,
  });
  return {
    operations: { missedCalls: createMissedCallOperations({ store, clock, policy }) },
    async claimFor(tx, missedCallId, caller) {
      const row = await claimMissedCall(tx, missedCallId, caller, policy);
      return { number: row.number, calledNumber: row.called_number };
    },
    async start() {
      settler.start();
      await projection.start();
    },
    async stop() {
      await projection.stop();
      await settler.stop();
    },
    async caughtUp() {
      await projection.caughtUp();
      await settler.run();
    },
  };
}
