import { DeliveryError } from '../connectors/delivery-error.ts';
import type { OutboxHandler } from '../connectors/outbox-worker.ts';
import { type LicenceRequest, type MadeLicence, PlayerError } from '../connectors/spotplayer/course-player.ts';
import type { Tx } from '../store/store.ts';
import { changeOrder, contentOf, findOrder, type OrderRow } from './course-rows.ts';
import type { CoursesContext, CoursesOptions } from './courses-context.ts';

type End =
  | { readonly state: 'ready'; readonly licence: MadeLicence }
  | { readonly state: 'in-doubt' | 'failed'; readonly reason: string };

/** A request on its way is waited for when the adapter stops: to cut it off would leave a doubt that a person has to clear. */
const UNCUT = new AbortController().signal;

/**
 * Makes the licence of a paid order. The outbox delivers at least once; a licence is made once. So it is written down
 * before the player is asked, and where the end of that is not known, nothing is asked again: the order is in doubt until
 * the player tells, if it can, or until a manager has looked. No licence yet is better than two.
 */
export function makeLicences(context: CoursesContext, options: CoursesOptions): OutboxHandler {
  const { store } = context;
  const { player } = options;
  /** What came of it, until it is written together with the end of the outbox entry. */
  const ends = new Map<string, End>();

  async function attempt(row: OrderRow): Promise<End> {
    if (row.asked === 1) {
      if (player.find === undefined) return { state: 'in-doubt', reason: 'uncertain' };
      const licence = await player.find(row.id, UNCUT);
      if (licence !== undefined) return { state: 'ready', licence };
    }
    const request = await requestOf(context, options, row);
    if (request === undefined) return { state: 'failed', reason: 'no-buyer' };
    if (row.asked === 0 && !(await store.write((tx) => setAsked(tx, row.id, 1, null))))
      throw new DeliveryError('Another process makes this licence.', { retryable: true });
    try {
      return { state: 'ready', licence: await player.create(request, UNCUT) };
    } catch (error) {
      if (!(error instanceof PlayerError) || error.made === 'unknown')
        return { state: 'in-doubt', reason: error instanceof PlayerError ? error.reason : 'uncertain' };
      if (!error.retryable) return { state: 'failed', reason: error.reason };
      await store.write((tx) => setAsked(tx, row.id, 0, error.reason));
      throw new DeliveryError(error.message, { retryable: true, cause: error });
    }
  }

  const orderOf = (payload: string) => (JSON.parse(payload) as { orderId: string }).orderId;
  return {
    async deliver({ payload }) {
      const orderId = orderOf(payload);
      // It was made, and could not be written down the first time.
      if (ends.has(orderId)) return;
      const row = await findOrder(store.db, orderId);
      if (row?.state === 'making') ends.set(orderId, await attempt(row));
    },
    async delivered(tx, { payload }) {
      const orderId = orderOf(payload);
      const end = ends.get(orderId);
      if (end === undefined) return;
      await settle(tx, orderId, end);
      tx.afterCommit(() => ends.delete(orderId));
    },
  };
}

async function settle(tx: Tx, orderId: string, end: End): Promise<void> {
  const row = await findOrder(tx.db, orderId);
  if (row === undefined) return;
  const made =
    end.state === 'ready'
      ? { licence_id: end.licence.id, licence_key: end.licence.key, licence_url: end.licence.url, reason: null }
      : { reason: end.reason };
  // It was refunded while it was being made: which licence that was is kept, and nothing else changes.
  await changeOrder(tx, orderId, row.state === 'making' ? { ...made, state: end.state } : made);
  await tx.record({
    actor: 'system',
    action: `course-order.${end.state}`,
    subject: `course-order:${orderId}`,
    data: end.state === 'ready' ? { licence: end.licence.id } : { reason: end.reason },
  });
}

async function setAsked(tx: Tx, orderId: string, asked: 0 | 1, reason: string | null): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('course_orders')
    .set({ asked, reason })
    .where('id', '=', orderId)
    .where('state', '=', 'making')
    .where('asked', '=', asked === 1 ? 0 : 1)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function requestOf(
  { store, findBuyer }: CoursesContext,
  { watermark, devices, offlineDays }: CoursesOptions,
  row: OrderRow,
): Promise<LicenceRequest | undefined> {
  const buyer = await findBuyer(store.db, row.customer_id);
  if (buyer === undefined) return undefined;
  const content = contentOf(row);
  return {
    orderId: row.id,
    playerCourses: content.playerCourses,
    name: buyer.name,
    watermark: watermark?.(buyer) ?? [buyer.name, buyer.telephone],
    devices: content.devices ?? devices ?? DEFAULT_DEVICES,
    offlineDays: content.offlineDays ?? offlineDays ?? 30,
  };
}

export const DEFAULT_DEVICES = { all: 2 };
