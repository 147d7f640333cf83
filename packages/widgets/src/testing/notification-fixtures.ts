import type { Announcement, AnnouncementRecipient, Consent, Notification } from '@callweave/sdk/protocol';

let made = 0;

const TITLE = { en: 'Version 5 is out', fa: 'نسخهٔ ۵ منتشر شد', cs: 'Vyšla verze 5' };
const CONTENT = {
  en: 'Install it from https://vendor.example/v5. It is <b>safe</b>.',
  fa: 'آن را از https://vendor.example/v5 نصب کنید.',
  cs: 'Nainstalujte ji z https://vendor.example/v5.',
};

export function notification(changes: Partial<Notification> = {}): Notification {
  made += 1;
  return {
    id: `notification_${made}`,
    category: 'software-update',
    title: TITLE,
    content: CONTENT,
    state: 'unread',
    mustAcknowledge: false,
    publishedAt: '2026-11-22T10:00:00.000Z',
    readAt: null,
    acknowledgedAt: null,
    ...changes,
  };
}

export const legalNotice = (changes: Partial<Notification> = {}): Notification =>
  notification({ category: 'legal', mustAcknowledge: true, ...changes });

export function announcement(changes: Partial<Announcement> = {}): Announcement {
  made += 1;
  return {
    id: `announcement_${made}`,
    category: 'software-update',
    title: TITLE,
    content: CONTENT,
    audience: { typeIds: [], models: [], serviceStates: [] },
    state: 'draft',
    publishAt: null,
    publishedAt: null,
    handedOutAt: null,
    withdrawnAt: null,
    withdrawnReason: null,
    createdAt: '2026-11-22T09:00:00.000Z',
    figures: {
      recipients: 0,
      unread: 0,
      read: 0,
      acknowledged: 0,
      waiting: 0,
      withoutMessage: 0,
      messages: { queued: 0, sent: 0, delivered: 0, failed: 0, expired: 0 },
    },
    ...changes,
  };
}

export const published = (): Announcement =>
  announcement({
    state: 'published',
    category: 'legal',
    publishedAt: '2026-11-22T10:00:00.000Z',
    handedOutAt: '2026-11-22T10:00:09.000Z',
    figures: {
      recipients: 1200,
      unread: 700,
      read: 300,
      acknowledged: 200,
      waiting: 40,
      withoutMessage: 10,
      messages: { queued: 10, sent: 50, delivered: 1050, failed: 30, expired: 10 },
    },
  });

export function recipient(changes: Partial<AnnouncementRecipient> = {}): AnnouncementRecipient {
  made += 1;
  return {
    customerId: `customer_${made}`,
    name: 'دکتر نیما فرهادی',
    state: 'unread',
    readAt: null,
    acknowledgedAt: null,
    message: { channel: 'sms', state: 'delivered', reason: null },
    messageDueAt: null,
    noMessage: null,
    ...changes,
  };
}

/** One of each: read, acknowledged, not reached, waiting for the morning, without consent. */
export const recipients = (): AnnouncementRecipient[] => [
  recipient({ state: 'read', readAt: '2026-11-22T11:00:00.000Z' }),
  recipient({
    name: 'لیلا صادقی',
    state: 'acknowledged',
    readAt: '2026-11-22T11:00:00.000Z',
    acknowledgedAt: '2026-11-22T11:02:00.000Z',
    message: { channel: 'whatsapp', state: 'sent', reason: null },
  }),
  recipient({ name: 'Jan Novák', message: { channel: 'whatsapp', state: 'failed', reason: 'not-reachable' } }),
  recipient({ name: 'بهار نوری', message: null, messageDueAt: '2026-11-23T05:30:00.000Z' }),
  recipient({ name: 'امید کاظمی', message: null, noMessage: 'no-consent' }),
];

export const consents = (): Consent[] =>
  (['software-update', 'service-terms', 'legal'] as const).flatMap((category) =>
    (['sms', 'whatsapp'] as const).map((channel) => {
      const fixed = category === 'legal' && channel === 'sms';
      return { category, channel, granted: fixed, fixed, at: null, source: null };
    }),
  );
