import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { notificationsRoutes } from '../http/routes/notifications.ts';
import type { AnnouncementCategory, Consent, Notification } from '../protocol/announcement.ts';
import type { MessageChannel } from '../protocol/message.ts';
import { LiveList } from '../state/live-list.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** What the house tells a buyer (D10). */
export interface Notifications {
  /** What has to be acknowledged first, then the newest. Loaded on the first {@link open}, then kept true by events. */
  readonly list: Readable<Loadable<readonly Notification[]>>;
  /** Begins to follow them; returns the function that ends it. */
  open(): () => void;
  read(notificationId: string): Promise<Notification>;
  /** The buyer has taken note of it. */
  acknowledge(notificationId: string): Promise<Notification>;
  consents(): Promise<readonly Consent[]>;
  setConsent(category: AnnouncementCategory, channel: MessageChannel, granted: boolean): Promise<readonly Consent[]>;
}

export interface NotificationsManager extends Notifications {
  reload(): void;
  reset(): void;
  handleNotification(notification: Notification): void;
}

const LIMIT = 200;

export function createNotifications(client: Pick<Client, 'notifications'>): NotificationsManager {
  const list = new LiveList<Notification>({
    fetch: async () => (await client.notifications.list({ limit: LIMIT })).notifications,
    matches: () => true,
    compare: (a, b) => (a.mustAcknowledge === b.mustAcknowledge ? (a.id < b.id ? 1 : -1) : a.mustAcknowledge ? -1 : 1),
    limit: LIMIT,
  });
  const kept = async (change: Promise<Notification>) => {
    const notification = await change;
    list.put(notification);
    return notification;
  };
  return {
    list: list.state,
    open: () => list.open(),
    reload: () => list.reload(),
    reset: () => list.reset(),
    handleNotification: (notification) => list.put(notification),
    read: (notificationId) => kept(client.notifications.read({ notificationId })),
    acknowledge: (notificationId) => kept(client.notifications.acknowledge({ notificationId })),
    consents: async () => (await client.notifications.consents({})).consents,
    setConsent: async (category, channel, granted) =>
      (await client.notifications.setConsent({ category, channel, granted })).consents,
  };
}

/** What the house tells a buyer. */
export const notifications: Feature<Notifications> = {
  name: 'notifications',
  create({ clientFor, on, keep }) {
    const made = createNotifications(clientFor({ notifications: notificationsRoutes }));
    on('notification', ({ data }) => made.handleNotification(data));
    on('notifications-changed', () => made.reload());
    keep(made);
    return made;
  },
};
