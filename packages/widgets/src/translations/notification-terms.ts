import type {
  AnnouncementCategory,
  AnnouncementState,
  Locale,
  MessageChannel,
  NotificationState,
  ServiceStateName,
} from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** What the house tells buyers, and how managers write it. */
export interface NotificationTerms {
  readonly title: string;
  readonly open: (unread: number) => string;
  readonly announceUnread: (unread: number) => string;
  readonly empty: string;
  readonly category: Readonly<Record<AnnouncementCategory, string>>;
  readonly state: Readonly<Record<NotificationState, string>>;
  readonly mustAcknowledge: string;
  readonly acknowledge: string;
  readonly acknowledgedOn: (when: string) => string;
  readonly consents: string;
  readonly consentsHint: string;
  readonly fixed: string;
  readonly channel: Readonly<Record<MessageChannel, string>>;
  readonly manage: {
    readonly title: string;
    readonly empty: string;
    readonly write: string;
    readonly edit: string;
    readonly categoryLabel: string;
    readonly titleIn: Readonly<Record<Locale, string>>;
    readonly contentIn: Readonly<Record<Locale, string>>;
    readonly deviceTypes: string;
    readonly models: string;
    readonly modelsHint: string;
    readonly serviceStates: string;
    readonly serviceState: Readonly<Record<ServiceStateName, string>>;
    readonly save: string;
    readonly remove: string;
    readonly publish: string;
    readonly publishNow: string;
    readonly schedule: string;
    readonly at: string;
    readonly reach: (recipients: number, sms: number, whatsapp: number, none: number) => string;
    readonly withdraw: string;
    readonly withdrawReason: string;
    readonly confirmWithdraw: string;
    readonly state: Readonly<Record<AnnouncementState, string>>;
    readonly figures: (recipients: number, read: number, acknowledged: number) => string;
    readonly recipients: {
      readonly title: string;
      readonly none: string;
      readonly more: string;
      readonly columns: Readonly<Record<'name' | 'state' | 'message', string>>;
      readonly due: (when: string) => string;
      readonly underway: string;
      readonly noMessage: Readonly<Record<'no-consent' | 'withdrawn', string>>;
    };
    readonly deliveries: (delivered: number, underway: number, failed: number, none: number) => string;
  };
}

export const notificationTerms: TermsSection<'notifications'> = {
  name: 'notifications',
  en: () => import('./en/notifications.ts'),
  fa: () => import('./fa/notifications.ts'),
  cs: () => import('./cs/notifications.ts'),
};
