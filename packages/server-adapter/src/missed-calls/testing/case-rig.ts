import { type Call, contract, type InputOf, IRAN, NO_VERIFICATION } from '@callweave/sdk/protocol';
import { createAccount } from '../../accounts/index.ts';
import type { SmsDriver } from '../../connectors/sms/sms-driver.ts';
import { type Directory, embeddedDirectory } from '../../customers/index.ts';
import { callerOf, change, read } from '../../http/testing/invoke.ts';
import { newId } from '../../id.ts';
import { createMessages } from '../../messages/index.ts';
import type { Store } from '../../store/store.ts';
import { createMissedCalls } from '../create-missed-calls.ts';
import { createMissedCallOperations } from '../operations.ts';
import { DEFAULT_MISSED_CALL_POLICY, type MissedCallPolicy } from '../policy.ts';

export const RESPONDER = callerOf('account_responder', 'agent');
export const SECOND = callerOf('account_second', 'agent');
export const STRANGER = callerOf('account_stranger', 'agent');
export const SUPERVISOR = callerOf('account_supervisor', 'supervisor');
export const NUMBER = '+989121234567';
export const ZAHRA = { id: 'customer_zahra', name: 'زهرا کریمی', username: '10000', kind: 'both' } as const;

/** Minutes after the beginning of the day. */
export const at = (minutes: number, seconds = 0) => new Date(Date.UTC(2026, 10, 22, 9, minutes, seconds)).toISOString();

/** A call at the desk that rang for twenty seconds and reached nobody. */
export function missed(minutes: number, changes: Partial<Call> = {}): Call {
  return {
    id: newId('call'),
    kind: 'desk',
    direction: 'inbound',
    state: 'ended',
    outcome: 'missed',
    callerNumber: NUMBER,
    calledNumber: '+982181021380',
    presentedNumber: null,
    numberDeclared: true,
    customer: ZAHRA,
    candidates: [],
    agent: null,
    responderOrder: null,
    routing: [],
    startedAt: at(minutes),
    answeredAt: null,
    endedAt: at(minutes, 20),
    hold: { since: null, totalMs: 0, alertAfterMs: null },
    transfers: 0,
    tags: [],
    parties: [],
    waiting: null,
    verification: NO_VERIFICATION,
    recording: { id: null, state: 'none', startedAt: null, pauseReason: null },
    entitlement: null,
    portal: null,
    wrapUp: null,
    ...changes,
  };
}

/** The same caller, answered. */
export const answered = (minutes: number, changes: Partial<Call> = {}): Call =>
  missed(minutes, {
    state: 'answered',
    outcome: null,
    answeredAt: at(minutes, 5),
    endedAt: null,
    agent: { id: RESPONDER.accountId, name: RESPONDER.name },
    ...changes,
  });

/** An agent rings them. */
export const callback = (minutes: number, changes: Partial<Call> = {}): Call =>
  missed(minutes, {
    direction: 'outbound',
    state: 'ringing',
    outcome: null,
    callerNumber: '+982181021380',
    calledNumber: NUMBER,
    endedAt: null,
    agent: { id: RESPONDER.accountId, name: RESPONDER.name },
    ...changes,
  });

export interface CaseRigOptions {
  readonly policy?: Partial<MissedCallPolicy>;
  readonly driver?: SmsDriver;
  readonly directory?: Partial<Directory>;
}

export async function createCaseRig(store: Store, options: CaseRigOptions = {}) {
  const errors: unknown[] = [];
  const policy = { ...DEFAULT_MISSED_CALL_POLICY, ...options.policy };
  const parts = () => {
    const messages = createMessages({
      store,
      sms: options.driver === undefined ? undefined : { driver: options.driver, from: '+15005550006' },
    });
    const missedCalls = createMissedCalls({
      store,
      directory: { ...embeddedDirectory(store, IRAN), ...options.directory },
      messages,
      policy,
      onError: (error) => errors.push(error),
    });
    return { messages, missedCalls };
  };
  let running = parts();
  await running.missedCalls.start?.();
  const operations = createMissedCallOperations({ store, policy, clock: { now: () => new Date() } });

  return {
    errors,
    operations,
    get messages() {
      return running.messages;
    },
    get domain() {
      return running.missedCalls;
    },
    /** What the flow publishes of a call, for those who watch. */
    async tell(...calls: Call[]) {
      for (const call of calls)
        await store.write((tx) => tx.publish({ type: 'call', data: call }, ['role:supervisor', 'role:manager']));
      await running.missedCalls.caughtUp();
    },
    /** The adapter ends and starts anew. */
    async restart() {
      await running.missedCalls.stop?.();
      running = parts();
      await running.missedCalls.start?.();
      await running.missedCalls.caughtUp();
    },
    stop: async () => running.missedCalls.stop?.(),
    list: async (caller = SUPERVISOR, state: 'open' | 'closed' = 'open') =>
      (await read(contract.missedCalls.list, operations.list, { state }, caller)).missedCalls,
    change: (
      name: 'claim' | 'release' | 'close',
      caller: typeof RESPONDER,
      input: InputOf<(typeof contract.missedCalls)['close']>,
    ) => change(store, contract.missedCalls[name], operations[name] as never, input as never, caller),
    account: (username: string, inGroup: boolean) =>
      store.write((tx) =>
        createAccount(
          tx,
          {
            username,
            passwordHash: 'x',
            name: username,
            roles: ['agent'],
            branch: 'head office',
            device: { kind: 'browser' },
            inGroup,
            locale: 'en',
          },
          'system',
        ),
      ),
    /** The audience of the latest event of a case. */
    async lastAudience(): Promise<string[]> {
      const row = await store.db
        .selectFrom('events')
        .select('audience')
        .where('type', '=', 'missed-call')
        .orderBy('seq', 'desc')
        .executeTakeFirstOrThrow();
      return JSON.parse(row.audience);
    },
  };
}
