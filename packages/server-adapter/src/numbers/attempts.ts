import type { contract, RefusedAttempt } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import type { Store, Tx } from '../store/store.ts';

const KEEP_DAYS = 90;

/** Logs who reached the exchange and could not be connected. The chained audit line holds no number. */
export async function noteAttempt(
  tx: Tx,
  attempt: { readonly called: string; readonly caller: string; readonly reason: RefusedAttempt['reason'] },
): Promise<void> {
  const id = newId('attempt', tx.now);
  await tx.db
    .insertInto('refused_attempts')
    .values({ id, at: tx.now.toISOString(), ...attempt })
    .execute();
  await tx.record({
    actor: 'system',
    action: 'virtual-call.refused',
    subject: `attempt:${id}`,
    data: { reason: attempt.reason },
  });
}

/** Numbers of strangers are not kept for ever. */
export async function forgetAttempts(tx: Tx): Promise<void> {
  const before = new Date(tx.now.getTime() - KEEP_DAYS * 86_400_000).toISOString();
  await tx.db.deleteFrom('refused_attempts').where('at', '<', before).execute();
}

/** The contract's `refusedAttempts`. */
export function createRefusedAttempts(store: Store): Implementation<typeof contract.refusedAttempts> {
  return {
    async list({ limit }) {
      const rows = await store.db
        .selectFrom('refused_attempts')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return { attempts: rows.map((row) => ({ ...row, reason: row.reason as RefusedAttempt['reason'] })) };
    },
  };
}
