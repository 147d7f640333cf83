import type { AnnouncementCategory, BuyerProfile, LocalTexts } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import type { MessageSender } from '../messages/index.ts';
import type { Store, Tx } from '../store/store.ts';
import {
  type AnnouncementRow,
  audienceOf,
  changeAnnouncement,
  findAnnouncement,
  messageKey,
  type NotificationRow,
  toNotification,
} from './announcement-rows.ts';
import { audiencePortion, type BuyersAndDevices } from './audience.ts';
import { allowedChannels, type LegalSms } from './consents.ts';

export interface HandingOutParts {
  readonly store: Store;
  readonly source: BuyersAndDevices;
  readonly messages: MessageSender;
  readonly legalSms: LegalSms;
  /** When a message may go out that is ready now. */
  readonly messageTime: (now: Date) => Date;
  /** How many buyers are looked at in one write. */
  readonly portion: number;
}

/**
 * Hands announcements out, a portion in each write: what was done and how far it got become durable together, so that a
 * killed process leaves nothing half done and the next one goes on behind the last buyer.
 */
export function createHandingOut({ store, source, messages, legalSms, messageTime, portion }: HandingOutParts) {
  /** Publishes what was scheduled and is due. */
  async function publishDue(): Promise<void> {
    await store.write(async (tx) => {
      const due = await tx.db
        .selectFrom('announcements')
        .selectAll()
        .where('state', '=', 'scheduled')
        .where('publish_at', '<=', tx.now.toISOString())
        .execute();
      for (const row of due) await markPublished(tx, row, 'system');
    });
  }

  /** @returns whether there is more to do */
  async function handOutPortion(): Promise<boolean> {
    return store.write(async (tx) => {
      const row = await tx.db
        .selectFrom('announcements')
        .selectAll()
        .where('state', '=', 'published')
        .where('fanned_out_at', 'is', null)
        .orderBy('published_at')
        .limit(1)
        .executeTakeFirst();
      if (row === undefined) return false;
      const { recipients, last } = await audiencePortion(tx.db, source, audienceOf(row), row.fan_out_after, portion);
      const channelsOf = await allowedChannels(
        tx.db,
        recipients.map(({ customerId }) => customerId),
        row.category as AnnouncementCategory,
        legalSms,
      );
      for (const { customerId } of recipients) await give(tx, row, customerId, channelsOf(customerId).length > 0);
      const now = tx.now.toISOString();
      await changeAnnouncement(tx, row, last === undefined ? { fanned_out_at: now } : { fan_out_after: last });
      return true;
    });
  }

  async function give(tx: Tx, row: AnnouncementRow, customerId: string, mayMessage: boolean): Promise<void> {
    const notification: NotificationRow = {
      id: newId('notification', tx.now),
      announcement_id: row.id,
      customer_id: customerId,
      category: row.category,
      withdrawn: 0,
      created_at: tx.now.toISOString(),
      read_at: null,
      acknowledged_at: null,
      message_due_at: mayMessage ? messageTime(tx.now).toISOString() : null,
      message_id: null,
      no_message: mayMessage ? null : 'no-consent',
    };
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('notifications')
      .values(notification)
      .onConflict((conflict) => conflict.columns(['announcement_id', 'customer_id']).doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n)
      await tx.publish({ type: 'notification', data: toNotification(notification, row) }, [`customer:${customerId}`]);
  }

  /** Queues messages that are due. Consents count as they are now, not as they were in the evening. */
  async function sendPortion(): Promise<boolean> {
    return store.write(async (tx) => {
      const due = await tx.db
        .selectFrom('notifications')
        .selectAll()
        .where('message_due_at', '<=', tx.now.toISOString())
        .orderBy('message_due_at')
        .limit(portion)
        .execute();
      if (due.length === 0) return false;
      const buyers = await source.findBuyers(
        tx.db,
        due.map(({ customer_id }) => customer_id),
      );
      for (const announcementId of new Set(due.map(({ announcement_id }) => announcement_id))) {
        const row = await findAnnouncement(tx.db, announcementId);
        if (row === undefined) continue;
        const theirs = due.filter(({ announcement_id }) => announcement_id === announcementId);
        const channelsOf = await allowedChannels(
          tx.db,
          theirs.map(({ customer_id }) => customer_id),
          row.category as AnnouncementCategory,
          legalSms,
        );
        for (const notification of theirs) {
          const set = await send(tx, row, notification, buyers.get(notification.customer_id), channelsOf);
          await tx.db
            .updateTable('notifications')
            .set({ message_due_at: null, ...set })
            .where('id', '=', notification.id)
            .execute();
        }
        await changeAnnouncement(tx, row, {});
      }
      return true;
    });
  }

  async function send(
    tx: Tx,
    row: AnnouncementRow,
    { customer_id, withdrawn }: NotificationRow,
    buyer: BuyerProfile | undefined,
    channelsOf: Awaited<ReturnType<typeof allowedChannels>>,
  ): Promise<Pick<NotificationRow, 'no_message'> | Pick<NotificationRow, 'message_id'>> {
    const channels = channelsOf(customer_id);
    if (withdrawn === 1 || row.state !== 'published') return { no_message: 'withdrawn' };
    if (buyer === undefined || channels.length === 0) return { no_message: 'no-consent' };
    const { id } = await messages.send(tx, {
      to: buyer.telephone,
      template: row.category === 'legal' ? 'announcement-legal' : 'announcement',
      values: { title: (JSON.parse(row.title) as LocalTexts)[buyer.locale] },
      locale: buyer.locale,
      purpose: 'announcement',
      dedupeKey: messageKey(row.id, customer_id),
      channels,
    });
    return { message_id: id };
  }

  return {
    /** All that is due now. */
    async run(signal?: AbortSignal): Promise<void> {
      await publishDue();
      while (signal?.aborted !== true && (await handOutPortion()));
      while (signal?.aborted !== true && (await sendPortion()));
    },
  };
}

export async function markPublished(tx: Tx, row: AnnouncementRow, actor: string) {
  await tx.record({
    actor,
    action: 'announcement.published',
    subject: `announcement:${row.id}`,
    data: { category: row.category },
  });
  return changeAnnouncement(tx, row, { state: 'published', published_at: tx.now.toISOString() });
}
