import { createHash } from 'node:crypto';
import type { contract, Notification } from '@callweave/sdk/protocol';
import { canonicalJson } from '../canonical-json.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { type AnnouncementRow, findAnnouncement, type NotificationRow, toNotification } from './announcement-rows.ts';
import { consentsOf, keepConsent, type LegalSms } from './consents.ts';

/** The contract's `notifications`: what buyers see and say. Not theirs answers as not there. */
export function createBuyerOperations(store: Store, legalSms: LegalSms): Implementation<typeof contract.notifications> {
  async function mine(tx: Tx, id: string, caller: Caller): Promise<[NotificationRow, AnnouncementRow]> {
    const row = await tx.db
      .selectFrom('notifications')
      .selectAll()
      .where('id', '=', id)
      .where('customer_id', '=', customerOf(caller))
      .where('withdrawn', '=', 0)
      .executeTakeFirst();
    const announcement = row && (await findAnnouncement(tx.db, row.announcement_id));
    if (row === undefined || announcement === undefined)
      throw new Problem('not-found', `There is no notification ${id}.`);
    return [row, announcement];
  }

  async function change(
    tx: Tx,
    [row, announcement]: readonly [NotificationRow, AnnouncementRow],
    set: Partial<NotificationRow>,
  ): Promise<Notification> {
    const changed = { ...row, ...set };
    await tx.db.updateTable('notifications').set(set).where('id', '=', row.id).execute();
    const notification = toNotification(changed, announcement);
    await tx.publish({ type: 'notification', data: notification }, [`customer:${row.customer_id}`]);
    return notification;
  }

  return {
    async list({ limit }, { caller }) {
      const rows = await store.db
        .selectFrom('notifications')
        .selectAll()
        .where('customer_id', '=', customerOf(caller))
        .where('withdrawn', '=', 0)
        // What has to be acknowledged is never pushed out by newer ones.
        .orderBy((eb) =>
          eb
            .case()
            .when(eb.and([eb('category', '=', 'legal'), eb('acknowledged_at', 'is', null)]))
            .then(0)
            .else(1)
            .end(),
        )
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      const ids = [...new Set(rows.map(({ announcement_id }) => announcement_id))];
      const announcements =
        ids.length === 0 ? [] : await store.db.selectFrom('announcements').selectAll().where('id', 'in', ids).execute();
      const byId = new Map(announcements.map((one) => [one.id, one]));
      return {
        notifications: rows.flatMap((row) => {
          const announcement = byId.get(row.announcement_id);
          return announcement === undefined ? [] : [toNotification(row, announcement)];
        }),
      };
    },

    read: {
      async write(tx, { notificationId }, { caller }) {
        const both = await mine(tx, notificationId, caller);
        if (both[0].read_at !== null) return toNotification(...both);
        return change(tx, both, { read_at: tx.now.toISOString() });
      },
    },

    acknowledge: {
      async write(tx, { notificationId }, { caller }) {
        const both = await mine(tx, notificationId, caller);
        const [row, { id, title, content }] = both;
        if (row.acknowledged_at !== null) return toNotification(...both);
        const now = tx.now.toISOString();
        const text = canonicalJson({ title: JSON.parse(title), content: JSON.parse(content) });
        await tx.record({
          actor: caller.accountId,
          action: 'notification.acknowledged',
          subject: `announcement:${id}`,
          data: {
            notificationId,
            customerId: row.customer_id,
            textSha256: createHash('sha256').update(text).digest('hex'),
          },
        });
        return change(tx, both, { acknowledged_at: now, read_at: row.read_at ?? now });
      },
    },

    consents: async (_input, { caller }) => ({ consents: await consentsOf(store.db, customerOf(caller), legalSms) }),

    setConsent: {
      async write(tx, input, { caller }) {
        const customerId = customerOf(caller);
        await keepConsent(tx, customerId, input, { actor: caller.accountId, source: 'portal' });
        return { consents: await consentsOf(tx.db, customerId, legalSms) };
      },
    },
  };
}

function customerOf({ customerId }: Caller): string {
  if (customerId === undefined) throw new Problem('not-found', 'This account stands for no customer.');
  return customerId;
}
