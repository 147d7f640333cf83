import type {
  Announcement,
  AnnouncementAudience,
  AnnouncementCategory,
  AnnouncementState,
  LocalTexts,
  Notification,
} from '@callweave/sdk/protocol';
import type { Kysely, Selectable } from 'kysely';
import { countMessages } from '../messages/index.ts';
import type { Database } from '../store/schema.ts';
import type { Audience, Tx } from '../store/store.ts';

type Db = Kysely<Database>;
export type AnnouncementRow = Selectable<Database['announcements']>;
export type NotificationRow = Selectable<Database['notifications']>;

const MANAGERS: Audience = ['role:manager'];

/** Names the message of one recipient for ever: it goes out once. */
export const messageKey = (announcementId: string, customerId = ''): string =>
  `announcement:${announcementId}:${customerId}`;

export const findAnnouncement = (db: Db, id: string): Promise<AnnouncementRow | undefined> =>
  db.selectFrom('announcements').selectAll().where('id', '=', id).executeTakeFirst();

export const audienceOf = ({ audience }: AnnouncementRow) => JSON.parse(audience) as AnnouncementAudience;

export async function toAnnouncement(db: Db, row: AnnouncementRow): Promise<Announcement> {
  const { all, acknowledged, read, waiting, silent } = await db
    .selectFrom('notifications')
    .select((eb) => [
      eb.fn.countAll().as('all'),
      eb.fn.count('acknowledged_at').as('acknowledged'),
      eb.fn.count('read_at').as('read'),
      eb.fn.count('message_due_at').as('waiting'),
      eb.fn.count('no_message').as('silent'),
    ])
    .where('announcement_id', '=', row.id)
    .executeTakeFirstOrThrow();
  const recipients = Number(all);
  return {
    id: row.id,
    category: row.category as AnnouncementCategory,
    title: JSON.parse(row.title) as LocalTexts,
    content: JSON.parse(row.content) as LocalTexts,
    audience: audienceOf(row),
    state: row.state as AnnouncementState,
    publishAt: row.publish_at,
    publishedAt: row.published_at,
    handedOutAt: row.fanned_out_at,
    withdrawnAt: row.withdrawn_at,
    withdrawnReason: row.withdrawn_reason,
    createdAt: row.created_at,
    figures: {
      recipients,
      unread: recipients - Number(read),
      read: Number(read) - Number(acknowledged),
      acknowledged: Number(acknowledged),
      waiting: Number(waiting),
      withoutMessage: Number(silent),
      messages: await countMessages(db, messageKey(row.id)),
    },
  };
}

export function toNotification(row: NotificationRow, announcement: AnnouncementRow): Notification {
  return {
    id: row.id,
    category: row.category as AnnouncementCategory,
    title: JSON.parse(announcement.title) as LocalTexts,
    content: JSON.parse(announcement.content) as LocalTexts,
    state: stateOf(row),
    mustAcknowledge: row.category === 'legal' && row.acknowledged_at === null,
    publishedAt: announcement.published_at ?? row.created_at,
    readAt: row.read_at,
    acknowledgedAt: row.acknowledged_at,
  };
}

export const stateOf = ({ acknowledged_at, read_at }: Pick<NotificationRow, 'acknowledged_at' | 'read_at'>) =>
  acknowledged_at !== null ? 'acknowledged' : read_at !== null ? 'read' : 'unread';

/** Writes a change and tells managers' pages. */
export async function changeAnnouncement(
  tx: Tx,
  row: AnnouncementRow,
  set: Partial<AnnouncementRow>,
): Promise<Announcement> {
  const changed = { ...row, ...set, updated_at: tx.now.toISOString() };
  await tx.db.updateTable('announcements').set(changed).where('id', '=', row.id).execute();
  const announcement = await toAnnouncement(tx.db, changed);
  await tx.publish({ type: 'announcement', data: announcement }, MANAGERS);
  return announcement;
}

export const publishRemoved = (tx: Tx, id: string) =>
  tx.publish({ type: 'announcement-removed', data: { id } }, MANAGERS);
