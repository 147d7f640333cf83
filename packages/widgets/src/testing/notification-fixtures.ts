import type { Announcement, Consent, Notification } from '@callweave/sdk/protocol';

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

export const consents = (): Consent[] =>
  (['software-update', 'service-terms', 'legal'] as const).flatMap((category) =>
    (['sms', 'whatsapp'] as const).map((channel) => {
      const fixed = category === 'legal' && channel === 'sms';
      return { category, channel, granted: fixed, fixed, at: null, source: null };
    }),
  );
