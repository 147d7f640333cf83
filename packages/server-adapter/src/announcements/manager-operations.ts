import type { contract } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { messageOutcomes } from '../messages/index.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import {
  type AnnouncementRow,
  audienceOf,
  changeAnnouncement,
  findAnnouncement,
  publishRemoved,
  stateOf,
  toAnnouncement,
} from './announcement-rows.ts';
import { audiencePortion, type BuyersAndDevices } from './audience.ts';
import { allowedChannels, type LegalSms } from './consents.ts';
import { markPublished } from './handing-out.ts';

export interface ManagerOperationsParts {
  readonly store: Store;
  readonly source: BuyersAndDevices;
  readonly legalSms: LegalSms;
  /** There is something to hand out. */
  readonly wake: () => void;
}

const PORTION = 500;

/** The contract's `announcements`: what managers do. */
export function createManagerOperations({
  store,
  source,
  legalSms,
  wake,
}: ManagerOperationsParts): Implementation<typeof contract.announcements> {
  async function known(db: Store['db'], id: string): Promise<AnnouncementRow> {
    const row = await findAnnouncement(db, id);
    if (row === undefined) throw new Problem('not-found', `There is no announcement ${id}.`);
    return row;
  }

  async function inState(tx: Tx, id: string, ...states: readonly string[]): Promise<AnnouncementRow> {
    const row = await known(tx.db, id);
    if (!states.includes(row.state)) throw new Problem('announcement-state', `The announcement is ${row.state}.`);
    return row;
  }

  const note = (tx: Tx, actor: string, id: string, action: string, data: Record<string, unknown> = {}) =>
    tx.record({ actor, action: `announcement.${action}`, subject: `announcement:${id}`, data });

  return {
    async list({ limit }) {
      const rows = await store.db.selectFrom('announcements').selectAll().orderBy('id', 'desc').limit(limit).execute();
      return { announcements: await Promise.all(rows.map((row) => toAnnouncement(store.db, row))) };
    },

    get: async ({ announcementId }) => toAnnouncement(store.db, await known(store.db, announcementId)),

    create: {
      async write(tx, { category, title, content, audience }, { caller }) {
        const now = tx.now.toISOString();
        const row: AnnouncementRow = {
          id: newId('announcement', tx.now),
          category,
          title: JSON.stringify(title),
          content: JSON.stringify(content),
          audience: JSON.stringify(audience),
          state: 'draft',
          publish_at: null,
          published_at: null,
          fanned_out_at: null,
          fan_out_after: '',
          withdrawn_at: null,
          withdrawn_reason: null,
          created_at: now,
          created_by: caller.accountId,
          updated_at: now,
        };
        await tx.db.insertInto('announcements').values(row).execute();
        await note(tx, caller.accountId, row.id, 'drafted', { category });
        return changeAnnouncement(tx, row, {});
      },
    },

    update: {
      async write(tx, { announcementId, category, title, content, audience }, { caller }) {
        const row = await inState(tx, announcementId, 'draft', 'scheduled');
        await note(tx, caller.accountId, row.id, 'changed');
        return changeAnnouncement(tx, row, {
          ...(category !== undefined && { category }),
          ...(title !== undefined && { title: JSON.stringify(title) }),
          ...(content !== undefined && { content: JSON.stringify(content) }),
          ...(audience !== undefined && { audience: JSON.stringify(audience) }),
          // What was to be published was another text: somebody has to say so again.
          state: 'draft',
          publish_at: null,
        });
      },
    },

    remove: {
      async write(tx, { announcementId }, { caller }) {
        const row = await inState(tx, announcementId, 'draft');
        await tx.db.deleteFrom('announcements').where('id', '=', row.id).execute();
        await note(tx, caller.accountId, row.id, 'dropped');
        await publishRemoved(tx, row.id);
        return {};
      },
    },

    async reach({ announcementId }) {
      const row = await known(store.db, announcementId);
      const reach = { recipients: 0, sms: 0, whatsapp: 0, withoutMessage: 0 };
      for (let after: string | undefined = ''; after !== undefined; ) {
        const portion = await audiencePortion(store.db, source, audienceOf(row), after, PORTION);
        const ids = portion.recipients.map(({ customerId }) => customerId);
        const channelsOf = await allowedChannels(store.db, ids, row.category as never, legalSms);
        for (const id of ids) {
          reach.recipients += 1;
          const [first] = channelsOf(id);
          reach[first ?? 'withoutMessage'] += 1;
        }
        after = portion.last;
      }
      return reach;
    },

    publish: {
      async write(tx, { announcementId, at }, { caller }) {
        const row = await inState(tx, announcementId, 'draft', 'scheduled');
        if (at !== undefined && Date.parse(at) > tx.now.getTime()) {
          await note(tx, caller.accountId, row.id, 'scheduled', { at });
          return changeAnnouncement(tx, row, { state: 'scheduled', publish_at: at });
        }
        tx.afterCommit(wake);
        return markPublished(tx, row, caller.accountId);
      },
    },

    withdraw: {
      async write(tx, { announcementId, reason }, { caller }) {
        const row = await inState(tx, announcementId, 'scheduled', 'published');
        const now = tx.now.toISOString();
        await tx.db.updateTable('notifications').set({ withdrawn: 1 }).where('announcement_id', '=', row.id).execute();
        await tx.db
          .updateTable('notifications')
          .set({ message_due_at: null, no_message: 'withdrawn' })
          .where('announcement_id', '=', row.id)
          .where('message_due_at', 'is not', null)
          .execute();
        await note(tx, caller.accountId, row.id, 'withdrawn');
        await tx.publish({ type: 'notifications-changed', data: {} }, ['role:buyer']);
        return changeAnnouncement(tx, row, { state: 'withdrawn', withdrawn_at: now, withdrawn_reason: reason });
      },
    },

    async recipients({ announcementId, after, limit }) {
      await known(store.db, announcementId);
      let query = store.db
        .selectFrom('notifications')
        .selectAll()
        .where('announcement_id', '=', announcementId)
        .orderBy('customer_id')
        .limit(limit + 1);
      if (after !== undefined) query = query.where('customer_id', '>', after);
      const rows = await query.execute();
      const shown = rows.slice(0, limit);
      const buyers = await source.findBuyers(
        store.db,
        shown.map(({ customer_id }) => customer_id),
      );
      const outcomes = await messageOutcomes(
        store.db,
        shown.flatMap(({ message_id }) => message_id ?? []),
      );
      return {
        recipients: shown.map((row) => ({
          customerId: row.customer_id,
          name: buyers.get(row.customer_id)?.name ?? '',
          state: stateOf(row),
          readAt: row.read_at,
          acknowledgedAt: row.acknowledged_at,
          message: (row.message_id !== null && outcomes.get(row.message_id)) || null,
          messageDueAt: row.message_due_at,
          noMessage: row.no_message,
        })),
        more: rows.length > limit,
      };
    },
  };
}
