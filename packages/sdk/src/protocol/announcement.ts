import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { MessageChannel, MessageState } from './message.ts';
import { Empty, Id, Instant, LocalTexts, line, paragraph } from './primitives.ts';
import { SERVICE_STATES } from './service-state.ts';

/** D10: a new version of the software; changed terms of service; a legal or official notice. */
export const AnnouncementCategory = z.enum(['software-update', 'service-terms', 'legal']);
export type AnnouncementCategory = z.infer<typeof AnnouncementCategory>;

/**
 * `draft`: being written. `scheduled`: published by itself at `publishAt`. `published`: buyers have it, or are getting it.
 * `withdrawn`: no buyer sees it any more, and no further message goes out.
 */
export const AnnouncementState = z.enum(['draft', 'scheduled', 'published', 'withdrawn']);
export type AnnouncementState = z.infer<typeof AnnouncementState>;

/** Buyers with a device that fits all three; an empty list narrows nothing. All three empty: every buyer. */
export const AnnouncementAudience = z.object({
  typeIds: z.array(Id).check(z.maxLength(100)),
  models: z.array(line(80)).check(z.maxLength(100)),
  serviceStates: z.array(z.enum(SERVICE_STATES)).check(z.maxLength(SERVICE_STATES.length)),
});
export type AnnouncementAudience = z.infer<typeof AnnouncementAudience>;

/** What has become of it. A buyer who has read or acknowledged is no longer unread. */
export const AnnouncementFigures = z.object({
  recipients: z.int(),
  unread: z.int(),
  read: z.int(),
  acknowledged: z.int(),
  /** Messages that wait for the morning. */
  waiting: z.int(),
  /** Buyers who get none: they have not agreed to any channel. */
  withoutMessage: z.int(),
  messages: z.record(MessageState, z.int()),
});
export type AnnouncementFigures = z.infer<typeof AnnouncementFigures>;

export const Announcement = z.object({
  id: Id,
  category: AnnouncementCategory,
  title: LocalTexts,
  /** Plain text; addresses that begin with `https://` are shown as links. */
  content: LocalTexts,
  audience: AnnouncementAudience,
  state: AnnouncementState,
  publishAt: z.nullable(Instant),
  publishedAt: z.nullable(Instant),
  /** Every recipient has it; null while it is being handed out. */
  handedOutAt: z.nullable(Instant),
  withdrawnAt: z.nullable(Instant),
  withdrawnReason: z.nullable(z.string()),
  createdAt: Instant,
  figures: AnnouncementFigures,
});
export type Announcement = z.infer<typeof Announcement>;

/** `acknowledged` is more than read: the buyer said so, and it stands in the chain. */
export const NotificationState = z.enum(['unread', 'read', 'acknowledged']);
export type NotificationState = z.infer<typeof NotificationState>;

/** An announcement as one buyer has it. */
export const Notification = z.object({
  id: Id,
  category: AnnouncementCategory,
  title: LocalTexts,
  content: LocalTexts,
  state: NotificationState,
  /** It stays at the top until it is acknowledged. */
  mustAcknowledge: z.boolean(),
  publishedAt: Instant,
  readAt: z.nullable(Instant),
  acknowledgedAt: z.nullable(Instant),
});
export type Notification = z.infer<typeof Notification>;

/** Whether messages of a category may come by a channel. It is the one thing of theirs that buyers set themselves. */
export const Consent = z.object({
  category: AnnouncementCategory,
  channel: MessageChannel,
  granted: z.boolean(),
  /** Legal notices come by SMS without consent, unless the house has decided otherwise. */
  fixed: z.boolean(),
  /** When it was given or taken back, and where: `portal`. Null: nobody has said anything. */
  at: z.nullable(Instant),
  source: z.nullable(z.string()),
});
export type Consent = z.infer<typeof Consent>;

export const AnnouncementRecipient = z.object({
  customerId: Id,
  name: z.string(),
  state: NotificationState,
  readAt: z.nullable(Instant),
  acknowledgedAt: z.nullable(Instant),
  message: z.nullable(z.object({ channel: MessageChannel, state: MessageState, reason: z.nullable(z.string()) })),
  /** When the message is to go, while it waits for the end of the quiet hours. */
  messageDueAt: z.nullable(Instant),
  /** Why there is none: `no-consent`, `withdrawn`. */
  noMessage: z.nullable(z.string()),
});
export type AnnouncementRecipient = z.infer<typeof AnnouncementRecipient>;

const manages = ['manager'] as const;
const buyer = ['buyer'] as const;

const titles = z.object({ en: line(120), fa: line(120), cs: line(120) });
const text = paragraph(5000).check(z.minLength(1));
const contents = z.object({ en: text, fa: text, cs: text });
const one = { announcementId: Id };
const mine = z.object({ notificationId: Id });
const consents = z.object({ consents: z.array(Consent) });

export const announcements = {
  list: endpoint({
    method: 'GET',
    path: '/announcements',
    summary: 'Announcements with what became of them, the newest first',
    access: manages,
    input: z.object({ limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50) }),
    output: z.object({ announcements: z.array(Announcement) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/announcements/{announcementId}',
    summary: 'One announcement',
    access: manages,
    input: z.object(one),
    output: Announcement,
  }),
  create: endpoint({
    method: 'POST',
    path: '/announcements',
    summary: 'Write a draft, in all three languages',
    access: manages,
    input: z.object({
      category: AnnouncementCategory,
      title: titles,
      content: contents,
      audience: z._default(AnnouncementAudience, { typeIds: [], models: [], serviceStates: [] }),
    }),
    output: Announcement,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/announcements/{announcementId}',
    summary: 'Change a draft; a scheduled one becomes a draft again',
    access: manages,
    input: z.object({
      ...one,
      category: z.optional(AnnouncementCategory),
      title: z.optional(titles),
      content: z.optional(contents),
      audience: z.optional(AnnouncementAudience),
    }),
    output: Announcement,
    problems: ['announcement-state'],
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/announcements/{announcementId}',
    summary: 'Drop a draft',
    access: manages,
    input: z.object(one),
    output: Empty,
    problems: ['announcement-state'],
  }),
  reach: endpoint({
    method: 'GET',
    path: '/announcements/{announcementId}/reach',
    summary: 'How many buyers would get it now, and by which channel',
    access: manages,
    input: z.object(one),
    output: z.object({ recipients: z.int(), sms: z.int(), whatsapp: z.int(), withoutMessage: z.int() }),
  }),
  publish: endpoint({
    method: 'POST',
    path: '/announcements/{announcementId}/publish',
    summary: 'Publish a draft, now or at an instant',
    access: manages,
    input: z.object({ ...one, at: z.optional(Instant) }),
    output: Announcement,
    problems: ['announcement-state'],
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/announcements/{announcementId}/withdraw',
    summary: 'Take it back, with a reason: buyers no longer see it',
    access: manages,
    input: z.object({ ...one, reason: line(300) }),
    output: Announcement,
    problems: ['announcement-state'],
  }),
  recipients: endpoint({
    method: 'GET',
    path: '/announcements/{announcementId}/recipients',
    summary: 'Who has got it, has read and acknowledged it, and what became of the message',
    access: manages,
    input: z.object({
      ...one,
      after: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 100),
    }),
    output: z.object({ recipients: z.array(AnnouncementRecipient), more: z.boolean() }),
  }),
} as const;

export const notifications = {
  list: endpoint({
    method: 'GET',
    path: '/notifications',
    summary: "The buyer's notifications: what has to be acknowledged first, then the newest",
    access: buyer,
    input: z.object({ limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 100) }),
    output: z.object({ notifications: z.array(Notification) }),
  }),
  read: endpoint({
    method: 'POST',
    path: '/notifications/{notificationId}/read',
    summary: 'The buyer has opened it',
    access: buyer,
    input: mine,
    output: Notification,
  }),
  acknowledge: endpoint({
    method: 'POST',
    path: '/notifications/{notificationId}/acknowledge',
    summary: 'The buyer has taken note of it; written to the chain with the digest of the text',
    access: buyer,
    input: mine,
    output: Notification,
  }),
  consents: endpoint({
    method: 'GET',
    path: '/consents',
    summary: 'What the buyer has agreed to',
    access: buyer,
    input: Empty,
    output: consents,
  }),
  setConsent: endpoint({
    method: 'PUT',
    path: '/consents',
    summary: 'Agree, or no longer: the one thing that buyers set themselves',
    access: buyer,
    input: z.object({ category: AnnouncementCategory, channel: MessageChannel, granted: z.boolean() }),
    output: consents,
  }),
} as const;
