import type { Locale } from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import { newId } from '../../../id.ts';
import type { Database } from '../../../store/schema.ts';
import type { Tx } from '../../../store/store.ts';

/**
 * A caller who hung up and kept their place. `waiting`: in line, or until `nextAt`. `calling`: an agent is being rung, or
 * the customer. `done`: they talked. `failed`: they could not be reached as often as the queue tries.
 */
export interface Callback {
  readonly id: string;
  readonly callId: string;
  readonly queueId: string;
  readonly number: string;
  readonly calledNumber: string;
  readonly customerId: string | null;
  readonly locale: Locale;
  readonly since: number;
  readonly attempts: number;
  readonly nextAt: number | undefined;
  readonly callbackCallId: string | null;
}

export type CallbackState = 'waiting' | 'calling' | 'done' | 'failed';

/** Keeps the place of a caller. Asking twice in one call is one wish. */
export async function keepPlace(
  tx: Tx,
  wish: Pick<Callback, 'callId' | 'queueId' | 'number' | 'calledNumber' | 'customerId' | 'locale' | 'since'>,
): Promise<Callback> {
  const row = {
    id: newId('callback', tx.now),
    call_id: wish.callId,
    queue_id: wish.queueId,
    number: wish.number,
    called_number: wish.calledNumber,
    customer_id: wish.customerId,
    locale: wish.locale,
    since: new Date(wish.since).toISOString(),
    state: 'waiting' satisfies CallbackState,
    attempts: 0,
    next_at: null,
    callback_call_id: null,
    created_at: tx.now.toISOString(),
    ended_at: null,
  };
  await tx.db
    .insertInto('queue_callbacks')
    .values(row)
    .onConflict((conflict) => conflict.column('call_id').doNothing())
    .execute();
  await tx.record({
    actor: 'system',
    action: 'queue.place-kept',
    subject: `call:${wish.callId}`,
    data: { queue: wish.queueId, callback: row.id },
  });
  return toCallback(row);
}

/** Those who are not called back yet, in the order of their places. */
export async function openCallbacks(db: Kysely<Database>): Promise<(Callback & { readonly state: CallbackState })[]> {
  const rows = await db
    .selectFrom('queue_callbacks')
    .selectAll()
    .where('state', 'in', ['waiting', 'calling'])
    .orderBy('since')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...toCallback(row), state: row.state as CallbackState }));
}

/** Where a caller who kept their place wanted to be called, and how often they were. */
export async function keptPlaceOf(
  db: Kysely<Database>,
  callId: string,
): Promise<Pick<Callback, 'number' | 'attempts'> | undefined> {
  const row = await db
    .selectFrom('queue_callbacks')
    .select(['number', 'attempts'])
    .where('call_id', '=', callId)
    .executeTakeFirst();
  return row === undefined ? undefined : { number: row.number, attempts: Number(row.attempts) };
}

export async function moveCallback(
  tx: Tx,
  callback: Pick<Callback, 'id' | 'callId'>,
  state: CallbackState,
  columns: { readonly attempts?: number; readonly next_at?: string | null; readonly callback_call_id?: string } = {},
  /** How it ended, for the ledger. */
  action = state === 'done' ? 'queue.called-back' : 'queue.callback-failed',
): Promise<void> {
  const over = state === 'done' || state === 'failed';
  await tx.db
    .updateTable('queue_callbacks')
    .set({ ...columns, state, ended_at: over ? tx.now.toISOString() : null })
    .where('id', '=', callback.id)
    .execute();
  if (over)
    await tx.record({
      actor: 'system',
      action,
      subject: `call:${callback.callId}`,
      data: { callback: callback.id },
    });
}

function toCallback(row: Selectable<Database['queue_callbacks']>): Callback {
  return {
    id: row.id,
    callId: row.call_id,
    queueId: row.queue_id,
    number: row.number,
    calledNumber: row.called_number,
    customerId: row.customer_id,
    locale: row.locale as Locale,
    since: Date.parse(row.since),
    attempts: Number(row.attempts),
    nextAt: row.next_at === null ? undefined : Date.parse(row.next_at),
    callbackCallId: row.callback_call_id,
  };
}

/** Where callers who kept their place go on waiting. */
export interface CallbackLine {
  add(callback: Callback): void;
}
