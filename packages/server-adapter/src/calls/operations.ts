import type { Call, contract } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import { type DirectoryCustomer, mirrorCustomer } from '../customers/index.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { ownCall, ownLiveCall, ringsAt, visibleCall } from './access.ts';
import { mayWatch } from './audience.ts';
import { moveCall, updateCall } from './book.ts';
import type { CallControl } from './control.ts';
import { type ClaimMissedCall, createControlOperations } from './control-operations.ts';
import { type CallRow, customersOf, findCall, GOING_ON, knownCustomer, partyOf } from './rows.ts';
import { asSeenBy, showCall, showCalls } from './view.ts';

export interface CallOperationsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly control: CallControl;
  /** Finds a customer by id in the customer base. */
  readonly findCustomer: (id: string) => Promise<DirectoryCustomer | undefined>;
  /** Called in the write that changes the customer: what was verified of another is void. */
  readonly customerChanged: (tx: Tx, callId: string) => Promise<void>;
  /** Called when it is written who is calling: what is known of them may be told now. */
  readonly customerChosen: (callId: string, customerId: string) => void;
  /** @default there are no missed calls to answer */
  readonly claimMissedCall?: ClaimMissedCall;
}

/** The contract's `calls`. Telephone commands run before the write, which then answers with the state they led to. */
export function createCalls(options: CallOperationsOptions): Implementation<typeof contract.calls> {
  const { store, control, clock } = options;

  async function answer(tx: Tx, callId: string, caller: Caller): Promise<Call> {
    const row = await findCall(tx.db, callId);
    if (row === undefined) throw new Problem('not-found', `There is no call ${callId}.`);
    return asSeenBy(await showCall(tx.db, row, tx.now), { id: caller.accountId, name: caller.name });
  }

  return {
    ...createControlOperations({
      store,
      control,
      findCustomer: options.findCustomer,
      claimMissedCall:
        options.claimMissedCall ??
        (async (_tx, id) => {
          throw new Problem('not-found', `There is no missed call ${id}.`);
        }),
      answer,
    }),

    async list({ state, limit }, { caller }) {
      const rows = await listRows(state, limit, caller);
      const shown = await showCalls(store.db, rows, clock.now());
      return { calls: shown.map((each) => asSeenBy(each, { id: caller.accountId, name: caller.name })) };
    },

    async get({ callId }, { caller }) {
      const row = await visibleCall(store.db, callId, caller);
      return asSeenBy(await showCall(store.db, row, clock.now()), { id: caller.accountId, name: caller.name });
    },

    chooseCustomer: {
      async prepare({ callId, customerId }, { caller }) {
        await ownLiveCall(store.db, callId, caller);
        return options.findCustomer(customerId);
      },
      async write(tx, { callId, customerId }, { caller }, found: DirectoryCustomer | undefined) {
        const row = await ownLiveCall(tx.db, callId, caller);
        if (found === undefined)
          throw new Problem('not-a-candidate', 'There is no such customer in the customer base.');
        if (row.customer_id === customerId) return answer(tx, callId, caller);
        const known = customersOf(row);
        const matched = known.some(({ id, matched: byNumber }) => id === customerId && byNumber);
        const customers = known.some(({ id }) => id === customerId) ? known : [...known, knownCustomer(found, false)];
        await mirrorCustomer(tx, found);
        await options.customerChanged(tx, callId);
        // The number vouches only for those who declared it.
        await updateCall(tx, row, {
          customer_id: customerId,
          candidates: JSON.stringify(customers),
          number_declared: matched ? 1 : 0,
          // What was said of somebody else is not true of this one.
          entitlement: null,
          portal: null,
        });
        tx.afterCommit(() => options.customerChosen(callId, customerId));
        await tx.record({
          actor: caller.accountId,
          action: 'call.customer-chosen',
          subject: `call:${callId}`,
          data: { customerId, declared: matched },
        });
        return answer(tx, callId, caller);
      },
    },

    decline: {
      async prepare({ callId }, { caller }) {
        const row = await visibleCall(store.db, callId, caller);
        if (!(await ringsAt(store.db, row, caller.accountId))) {
          throw row.state === 'ringing' || row.state === 'queued'
            ? new Problem('call-not-yours', 'This call does not ring at you.')
            : new Problem('call-not-live', 'This call no longer rings.');
        }
        // What comes back is no longer theirs to see in full; it is shown as it was when they declined it.
        const { call } = await showCall(store.db, row, clock.now());
        await control.decline(callId, caller.accountId);
        return { ...call, agent: null };
      },
      async write(_tx, _input, _context, declined: Call) {
        return declined;
      },
    },

    hold: {
      async prepare({ callId, held }, { caller }) {
        await ownLiveCall(store.db, callId, caller);
        await control.hold(callId, held);
      },
      write: (tx, { callId }, { caller }) => answer(tx, callId, caller),
    },

    hangup: {
      async prepare({ callId }, { caller }) {
        const row = await visibleCall(store.db, callId, caller);
        // Their own call, which nobody has answered yet; handed on by then, it rings at them like any other.
        const dialling = row.direction === 'outbound' && row.answered_at === null && row.state === 'ringing';
        if (dialling && row.agent_id === caller.accountId) return control.hangup(callId);
        if (await ringsAt(store.db, row, caller.accountId)) return control.decline(callId, caller.accountId);
        if (row.agent_id !== caller.accountId && partyOf(row, caller.accountId) !== undefined)
          return control.leave(callId, caller.accountId);
        if (row.agent_id !== caller.accountId) throw new Problem('call-not-yours', 'Another agent has this call.');
        // Over already: asking twice is no error.
        if (row.state === 'answered') await control.hangup(callId);
      },
      write: (tx, { callId }, { caller }) => answer(tx, callId, caller),
    },

    resume: {
      async prepare({ callId }, { caller }) {
        await ownLiveCall(store.db, callId, caller);
        await control.resume(callId);
      },
      write: (tx, { callId }, { caller }) => answer(tx, callId, caller),
    },

    wrapUp: {
      async write(tx, { callId, disposition, note }, { caller }) {
        const row = await ownCall(tx.db, callId, caller);
        if (row.state === 'wrap-up') {
          await moveCall(tx, callId, { type: 'wrapped-up', disposition, note });
          tx.afterCommit(() => control.wrappedUp(callId, caller.accountId));
        } else if (row.state === 'ended' && row.outcome === 'answered') {
          // Late, after the time for it ran out: still worth keeping.
          await updateCall(tx, row, { wrap_up: JSON.stringify({ until: null, disposition, note }) });
        } else {
          throw new Problem('conflict', 'Wrap-up begins when the call has ended.');
        }
        await tx.record({
          actor: caller.accountId,
          action: 'call.wrapped-up',
          subject: `call:${callId}`,
          data: { disposition },
        });
        return answer(tx, callId, caller);
      },
    },
  };

  async function listRows(state: 'open' | 'ended' | 'all', limit: number, caller: Caller): Promise<CallRow[]> {
    let query = store.db.selectFrom('calls').selectAll('calls').orderBy('started_at', 'desc').limit(limit);
    if (state === 'open') query = query.where('state', 'in', GOING_ON);
    if (state === 'ended') query = query.where('state', '=', 'ended');
    if (!mayWatch(caller.roles)) {
      query = query.where((eb) =>
        eb.or([
          eb('agent_id', '=', caller.accountId),
          eb.and([
            // It rings at them, or they were brought in.
            eb('calls.state', 'in', ['ringing', 'answered']),
            eb.exists(
              eb
                .selectFrom('legs')
                .select('legs.id')
                .whereRef('legs.call_id', '=', 'calls.id')
                .where('legs.account_id', '=', caller.accountId)
                .where('legs.state', 'in', ['ringing', 'up']),
            ),
          ]),
        ]),
      );
    }
    return query.execute();
  }
}
