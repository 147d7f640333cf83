import type { Call } from '@callweave/sdk/protocol';
import type { Tx } from '../store/store.ts';

export const reversed = (number: string) => [...number.replace(/^\+/, '')].reverse().join('');

/** Keeps what a call is looked for by. */
export async function indexCall(tx: Tx, call: Call): Promise<void> {
  // A field caller's own number is theirs alone: of a virtual call only the customer's is found.
  const number =
    call.direction === 'outbound' || (call.kind === 'virtual' && call.presentedNumber !== null)
      ? call.calledNumber
      : call.callerNumber;
  const row = {
    started_at: call.startedAt,
    kind: call.kind,
    direction: call.direction,
    outcome: call.outcome ?? '',
    number,
    reversed_number: reversed(number),
    customer_id: call.customer?.id ?? '',
    agent_id: call.agent?.id ?? '',
  };
  const queue = call.waiting?.queueId;
  await tx.db
    .insertInto('call_history')
    .values({ call_id: call.id, ...row, queue_id: queue ?? '' })
    .onConflict((conflict) =>
      // Answered calls wait no more, and still came through their queue.
      conflict.column('call_id').doUpdateSet({ ...row, ...(queue === undefined ? {} : { queue_id: queue }) }),
    )
    .execute();

  const kept = await tx.db.selectFrom('call_history_tags').select('tag').where('call_id', '=', call.id).execute();
  const gone = kept.flatMap(({ tag }) => (call.tags.includes(tag) ? [] : tag));
  const added = call.tags.filter((tag) => !kept.some((each) => each.tag === tag));
  if (gone.length > 0)
    await tx.db.deleteFrom('call_history_tags').where('call_id', '=', call.id).where('tag', 'in', gone).execute();
  if (added.length > 0)
    await tx.db
      .insertInto('call_history_tags')
      .values(added.map((tag) => ({ tag, started_at: call.startedAt, call_id: call.id })))
      .execute();
}
