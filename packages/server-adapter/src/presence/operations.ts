import type { contract, Presence } from '@callweave/sdk/protocol';
import { callsOfAgents, extendWrapUp } from '../calls/index.ts';
import type { Clock } from '../clock.ts';
import type { Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import type { PresencePolicy } from './policy.ts';
import { notePresence, readPresences } from './refresh.ts';

export interface PresenceOperationsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: PresencePolicy;
  /** The wrap-up of this call ends then, and not before. */
  readonly wrapUpExtended: (callId: string, accountId: string, until: Date) => void;
}

export function createPresenceOperations({
  store,
  clock,
  policy,
  wrapUpExtended,
}: PresenceOperationsOptions): Implementation<typeof contract.presence> {
  const reasons = [...policy.reasons];

  async function declare(
    tx: Tx,
    accountId: string,
    actor: string,
    {
      ready,
      reason,
      doNotDisturb,
    }: { ready: boolean; reason?: string | undefined; doNotDisturb?: boolean | undefined },
  ): Promise<Presence> {
    const given = ready ? null : (reason ?? null);
    if (!ready && !reasons.some(({ id }) => id === given))
      throw new Problem('unknown-reason', 'Not ready needs one of the listed reasons.', {
        fields: [{ path: 'reason', message: `must be one of ${reasons.map(({ id }) => id).join(', ')}` }],
      });
    const [before] = await readPresences(tx.db, tx.now, policy, [accountId]);
    if (before === undefined) throw new Problem('not-found', `Nobody who takes calls has the id ${accountId}.`);
    const undisturbed = doNotDisturb ?? before.doNotDisturb;
    if (before.ready === ready && before.reason === given && before.doNotDisturb === undisturbed) return before;
    const presence = await notePresence(tx, policy, accountId, {
      ready: ready ? 1 : 0,
      reason: given,
      do_not_disturb: undisturbed ? 1 : 0,
      declared_at: tx.now.toISOString(),
      declared_by: actor,
    });
    await tx.record({
      actor,
      action: 'presence.declared',
      subject: `account:${accountId}`,
      data: { ready, reason: given, doNotDisturb: undisturbed },
    });
    return presence as Presence;
  }

  return {
    async list() {
      return { presences: await readPresences(store.db, clock.now(), policy), reasons };
    },

    async own(_input, { caller }) {
      const [presence] = await readPresences(store.db, clock.now(), policy, [caller.accountId]);
      if (presence === undefined) throw new Problem('not-found', 'This account takes no calls.');
      return { presence, reasons };
    },

    setOwn: {
      write: (tx, input, { caller }) => declare(tx, caller.accountId, caller.accountId, input),
    },

    set: {
      write: (tx, { accountId, ready, reason }, { caller }) =>
        declare(tx, accountId, caller.accountId, { ready, reason }),
    },

    extendWrapUp: {
      async write(tx, _input, { caller }) {
        const { accountId } = caller;
        const call = (await callsOfAgents(tx.db, [accountId])).get(accountId);
        const [presence] = await readPresences(tx.db, tx.now, policy, [accountId]);
        if (call?.state !== 'wrap-up' || presence?.wrapUp?.extendable !== true)
          throw new Problem('wrap-up-not-extendable', 'There is no wrap-up that could be extended.');
        const from = Math.max(tx.now.getTime(), Date.parse(call.wrapUpUntil ?? '') || 0);
        const until = new Date(from + policy.wrapUpExtensionSeconds * 1000);
        await extendWrapUp(tx, call.id, until);
        tx.afterCommit(() => wrapUpExtended(call.id, accountId, until));
        return (await notePresence(tx, policy, accountId, { extended_call: call.id })) as Presence;
      },
    },
  };
}
