import type { NotificationTerms } from '../notification-terms.ts';

const number = new Intl.NumberFormat('en');
const count = (value: number) => number.format(value);

export const notifications: NotificationTerms = {
  title: 'Notifications',
  open: (n) => `Notifications, ${count(n)} unread`,
  announceUnread: (n) => `${count(n)} unread notifications`,
  empty: 'No news yet. Updates, changed terms and official notices appear here by themselves.',
  category: { 'software-update': 'Software update', 'service-terms': 'Terms of service', legal: 'Legal notice' },
  state: { unread: 'unread', read: 'read', acknowledged: 'acknowledged' },
  mustAcknowledge: 'Please read this and confirm that you have taken note of it.',
  acknowledge: 'I have taken note',
  acknowledgedOn: (w) => `Acknowledged ${w}`,
  consents: 'Messages to your telephone',
  consentsHint: 'Choose by which channel we may also send you each kind of news.',
  fixed: 'always: the house owes you these',
  channel: { sms: 'SMS', whatsapp: 'WhatsApp' },
  manage: {
    title: 'Announcements',
    empty: 'Nothing has been announced yet. Write the first draft.',
    write: 'New announcement',
    edit: 'Edit',
    categoryLabel: 'Category',
    titleIn: { en: 'Title in English', fa: 'Title in Persian', cs: 'Title in Czech' },
    contentIn: { en: 'Text in English', fa: 'Text in Persian', cs: 'Text in Czech' },
    models: 'Only for these models',
    modelsHint: 'Separate several with commas. Empty: all.',
    serviceStates: 'Only for devices whose service is',
    serviceState: {
      'not-activated': 'not activated',
      active: 'active',
      renewed: 'renewed',
      'per-case': 'per case',
      declined: 'declined',
      expired: 'expired',
    },
    save: 'Save draft',
    remove: 'Delete draft',
    publish: 'Publish…',
    publishNow: 'Publish now',
    schedule: 'Schedule',
    at: 'Not before',
    reach: (a, b, c, d) =>
      `${count(a)} buyers: ${count(b)} by SMS, ${count(c)} by WhatsApp, ${count(d)} without a message.`,
    withdraw: 'Withdraw…',
    withdrawReason: 'Why it is withdrawn',
    confirmWithdraw: 'Withdraw',
    state: { draft: 'draft', scheduled: 'scheduled', published: 'published', withdrawn: 'withdrawn' },
    figures: (a, b, c) => `${count(a)} recipients · ${count(b)} have read · ${count(c)} acknowledged`,
    deliveries: (a, b, c, d) =>
      `Messages: ${count(a)} delivered, ${count(b)} on their way, ${count(c)} failed, ${count(d)} without consent`,
  },
};
