import type { Person } from './people.ts';
import type { SiteTexts } from './texts.ts';

type Job = Person['job'];

export interface SitePage {
  readonly path: string;
  readonly title: keyof SiteTexts;
  readonly jobs: readonly Job[];
  /** What stands on it, one below the other: names of elements, with their attributes. */
  readonly widgets: readonly string[];
  /** What the site itself adds below: a template. */
  readonly after?: string;
  /** Not in the menu: a page that one is led to. */
  readonly unlisted?: true;
}

/** Every page of the site: whose it is, and which widgets stand on it. */
export const PAGES: readonly SitePage[] = [
  { path: '/', title: 'home', jobs: ['buyer'], widgets: ['cw-device-list'] },
  {
    path: '/service',
    title: 'service',
    jobs: ['buyer'],
    widgets: ['cw-service-plan return-to="/payment"', 'cw-invoices return-to="/payment"'],
  },
  { path: '/support', title: 'tickets', jobs: ['buyer'], widgets: ['cw-ticket-panel'] },
  {
    path: '/handover',
    title: 'handover',
    jobs: ['buyer'],
    widgets: ['cw-installation-form', 'cw-ownership-transfer'],
  },
  { path: '/learn', title: 'learn', jobs: ['buyer'], widgets: ['cw-knowledge-base', 'cw-course-shop'] },
  { path: '/profile', title: 'profile', jobs: ['buyer'], widgets: ['cw-buyer-profile'] },
  {
    path: '/payment',
    title: 'paymentResult',
    jobs: ['buyer'],
    widgets: ['cw-payment-result continue-to="/service"'],
    unlisted: true,
  },

  {
    path: '/bench',
    title: 'bench',
    jobs: ['technician', 'manager'],
    widgets: ['cw-ticket-desk'],
    after: 'lookup.eta',
  },
  { path: '/articles', title: 'articles', jobs: ['technician', 'manager'], widgets: ['cw-article-editor'] },
  { path: '/buyers', title: 'buyers', jobs: ['manager'], widgets: ['cw-buyer-admin'], after: 'logins.eta' },
  { path: '/devices', title: 'devices', jobs: ['manager'], widgets: ['cw-device-admin', 'cw-checklist-admin'] },
  { path: '/reviews', title: 'reviews', jobs: ['manager', 'supervisor'], widgets: ['cw-review-queue'] },
  { path: '/prices', title: 'prices', jobs: ['manager'], widgets: ['cw-price-list', 'cw-payments'] },
  { path: '/announcements', title: 'announcements', jobs: ['manager'], widgets: ['cw-announcements'] },
  { path: '/courses', title: 'courses', jobs: ['manager'], widgets: ['cw-course-admin'] },
  { path: '/calls', title: 'calls', jobs: ['agent', 'supervisor'], widgets: ['cw-request-sheet', 'cw-call-history'] },
];

export const homeOf = (job: Job): string => PAGES.find(({ jobs }) => jobs.includes(job))?.path ?? '/sign-in';

/** Whose calls reach them in the browser. */
export const HAS_PHONE: readonly Job[] = ['agent', 'supervisor'];
