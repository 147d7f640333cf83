import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { announcementsRoutes } from '../http/routes/announcements.ts';
import type { Announcement } from '../protocol/announcement.ts';
import type { contract } from '../protocol/contract.ts';
import type { InputOf, OutputOf } from '../protocol/endpoint.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LiveList } from '../state/live-list.ts';
import type { Loadable, Readable } from '../state/readable.ts';

type Contract = typeof contract.announcements;
export type AnnouncementDraft = InputOf<Contract['create']>;
export type AnnouncementReach = OutputOf<Contract['reach']>;
export type AnnouncementRecipients = OutputOf<Contract['recipients']>;

/** Announcements as managers write and follow them (D10). */
export interface Announcements {
  /** The newest first, with what became of each. Loaded on the first {@link open}, then kept true by events. */
  readonly list: Readable<Loadable<readonly Announcement[]>>;
  /** Begins to follow them; returns the function that ends it. */
  open(): () => void;
  create(draft: AnnouncementDraft): Promise<Announcement>;
  update(announcementId: string, changes: Partial<AnnouncementDraft>): Promise<Announcement>;
  remove(announcementId: string): Promise<void>;
  /** How many buyers would get it now. */
  reach(announcementId: string): Promise<AnnouncementReach>;
  /** Now, or at an instant. */
  publish(announcementId: string, at?: string): Promise<Announcement>;
  withdraw(announcementId: string, reason: string): Promise<Announcement>;
  recipients(announcementId: string, after?: string): Promise<AnnouncementRecipients>;
}

export interface AnnouncementsManager extends Announcements {
  reload(): void;
  reset(): void;
  handleAnnouncement(announcement: Announcement): void;
  handleRemoved(announcementId: string): void;
}

const LIMIT = 200;

export function createAnnouncements(client: Pick<Client, 'announcements'>): AnnouncementsManager {
  const list = new LiveList<Announcement>({
    fetch: async () => (await client.announcements.list({ limit: LIMIT })).announcements,
    matches: () => true,
    compare: (a, b) => (a.id < b.id ? 1 : -1),
    limit: LIMIT,
  });
  const { event: handleAnnouncement, answer: kept } = createArrivals<Announcement>((announcement) =>
    list.put(announcement),
  );
  const handleRemoved = (announcementId: string) => list.remove(announcementId);
  return {
    list: list.state,
    open: () => list.open(),
    reload: () => list.reload(),
    reset: () => list.reset(),
    handleAnnouncement,
    handleRemoved,
    create: (draft) => kept(client.announcements.create(draft)),
    update: (announcementId, changes) => kept(client.announcements.update({ announcementId, ...changes })),
    async remove(announcementId) {
      await client.announcements.remove({ announcementId });
      handleRemoved(announcementId);
    },
    reach: (announcementId) => client.announcements.reach({ announcementId }),
    publish: (announcementId, at) =>
      kept(client.announcements.publish({ announcementId, ...(at === undefined ? {} : { at }) })),
    withdraw: (announcementId, reason) => kept(client.announcements.withdraw({ announcementId, reason })),
    recipients: (announcementId, after) =>
      client.announcements.recipients({ announcementId, ...(after === undefined ? {} : { after }) }),
  };
}

/** Announcements as managers write and follow them. */
export const announcements: Feature<Announcements> = {
  name: 'announcements',
  create({ clientFor, on, keep }) {
    const made = createAnnouncements(clientFor({ announcements: announcementsRoutes }));
    on('announcement', ({ data }) => made.handleAnnouncement(data));
    on('announcement-removed', ({ data }) => made.handleRemoved(data.id));
    keep(made);
    return made;
  },
};
