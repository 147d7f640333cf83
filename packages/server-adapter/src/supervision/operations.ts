import type { contract, Escalation, Supervision } from '@callweave/sdk/protocol';
import { ownLiveCall, visibleCall } from '../calls/index.ts';
import type { Caller, Implementation, WriteOperation } from '../http/operation.ts';
import { readListeningLog } from '../listening/index.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import type { SupervisionControl } from './control.ts';
import {
  type EscalationRow,
  escalationOf,
  findEscalation,
  moveEscalation,
  presentEscalations,
  raiseEscalation,
  showEscalations,
} from './escalations.ts';
import type { SupervisionPolicy } from './policy.ts';
import { findSupervision, presentSupervisions, showSupervisions } from './supervisions.ts';

export interface SupervisionOperationsOptions {
  readonly store: Store;
  readonly policy: SupervisionPolicy;
  readonly control: SupervisionControl;
}

type Entering = WriteOperation<typeof contract.supervision.listen, string>;

/** The contract's `supervision` and `escalations`. The telephone does its part before the write, which answers with what came of it. */
export function createSupervisionOperations({ store, policy, control }: SupervisionOperationsOptions): {
  readonly supervision: Implementation<typeof contract.supervision>;
  readonly escalations: Implementation<typeof contract.escalations>;
} {
  const answer = async (tx: Tx, id: string): Promise<Supervision> => {
    const row = await findSupervision(tx.db, id);
    const [shown] = row === undefined ? [] : await showSupervisions(tx.db, [row]);
    if (shown === undefined) throw new Problem('not-found', `There is no supervision ${id}.`);
    return shown;
  };

  const entering = (mode: Supervision['mode']): Entering => ({
    prepare: ({ callId, reason }, { caller }) => control.enter({ callId, supervisor: caller, mode, reason }),
    write: (tx, _input, _context, id) => answer(tx, id),
  });

  async function showOne(tx: Tx, row: EscalationRow): Promise<Escalation> {
    const [shown] = await showEscalations(tx.db, [row]);
    return shown as Escalation;
  }

  /** For whoever may see it; for anybody else it is not there. */
  async function visibleEscalation(id: string, caller: Caller): Promise<EscalationRow> {
    const row = await findEscalation(store.db, id);
    if (row !== undefined && (row.agent_id === caller.accountId || caller.roles.includes('supervisor'))) return row;
    throw new Problem('not-found', `There is no escalation ${id}.`);
  }

  const closed = () => new Problem('escalation-closed', 'This request for a supervisor is no longer open.');

  return {
    supervision: {
      async present() {
        const { agentSees, managersListen } = policy;
        return {
          supervisions: await showSupervisions(store.db, await presentSupervisions(store.db)),
          escalations: await showEscalations(store.db, await presentEscalations(store.db)),
          rules: { agentSees, managersListen },
        };
      },
      listen: entering('listen'),
      whisper: entering('whisper'),
      barge: entering('barge'),
      takeOver: {
        prepare: ({ callId, reason }, { caller }) => control.takeOver({ callId, supervisor: caller, reason }),
        write: (tx, _input, _context, id: string) => answer(tx, id),
      },
      leave: {
        async prepare({ callId }, { caller }) {
          await control.leave(callId, caller.accountId);
        },
        write: async () => ({}),
      },
      listeningLog: (input) => readListeningLog(store.db, input),
    },

    escalations: {
      raise: {
        async write(tx, { callId, note }, { caller }) {
          await ownLiveCall(tx.db, callId, caller);
          tx.afterCommit(() => control.escalationsChanged());
          return showOne(tx, await raiseEscalation(tx, { callId, agentId: caller.accountId, note }));
        },
      },
      async own({ callId }, { caller }) {
        const { agent_id } = await visibleCall(store.db, callId, caller);
        // A colleague who was brought in sees the call, and has asked nobody.
        const row = agent_id === caller.accountId ? await escalationOf(store.db, callId) : undefined;
        if (row === undefined) return { escalation: null };
        const [escalation = null] = await showEscalations(store.db, [row]);
        return { escalation };
      },
      accept: {
        async prepare({ escalationId, mode }, { caller }) {
          const seen = await visibleEscalation(escalationId, caller);
          if (seen.state === 'accepted' && seen.supervisor_id === caller.accountId) return;
          // The write is what decides between two who press at the same time.
          const mine = await store.write((tx) =>
            moveEscalation(tx, escalationId, ['open'], { state: 'accepted', supervisor_id: caller.accountId }),
          );
          if (mine === undefined) throw closed();
          try {
            const reason = mine.note === '' ? 'escalation' : mine.note;
            await control.enter({ callId: mine.call_id, supervisor: caller, mode, reason, escalationId });
          } catch (error) {
            await store.write((tx) => moveEscalation(tx, escalationId, ['accepted'], { state: 'open' }));
            throw error;
          }
        },
        async write(tx, { escalationId }) {
          return showOne(tx, (await findEscalation(tx.db, escalationId)) as EscalationRow);
        },
      },
      cancel: {
        async prepare({ escalationId }, { caller }) {
          const row = await visibleEscalation(escalationId, caller);
          if (row.agent_id !== caller.accountId)
            throw new Problem('not-found', `There is no escalation ${escalationId} of yours.`);
        },
        async write(tx, { escalationId }) {
          const row = await moveEscalation(tx, escalationId, ['open'], { state: 'cancelled' });
          if (row === undefined) throw closed();
          tx.afterCommit(() => control.escalationsChanged());
          return showOne(tx, row);
        },
      },
    },
  };
}
