import type { CourseOrder, Currency, Locale, PartnerScope } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Courses with a licence: as buyers see them, and as managers keep them. */
export interface CourseTerms {
  readonly title: string;
  readonly own: string;
  readonly noneOwn: string;
  readonly catalogue: string;
  readonly noneSold: string;
  readonly offeredBy: (partner: string) => string;
  readonly devices: (count: number) => string;
  readonly buy: string;
  readonly buying: string;
  readonly pay: string;
  readonly owned: string;
  readonly leaving: string;
  readonly bought: (day: string) => string;
  readonly state: Readonly<Record<CourseOrder['state'], string>>;
  /** What it means for its buyer, and what to do. */
  readonly explain: Readonly<Record<CourseOrder['state'], string>>;
  readonly licence: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyByHand: string;
  readonly open: string;
  readonly admin: {
    readonly title: string;
    readonly attention: string;
    readonly attentionHint: string;
    readonly noAttention: string;
    readonly reason: (reason: string) => string;
    readonly orderId: string;
    readonly licenceId: string;
    readonly licenceIdHint: string;
    readonly setLicence: string;
    readonly makeAgain: string;
    readonly makeAgainAsk: string;
    readonly courses: string;
    readonly noCourses: string;
    readonly add: string;
    readonly edit: string;
    readonly save: string;
    readonly publish: string;
    readonly withdraw: string;
    readonly state: Readonly<Record<'offered' | 'published' | 'withdrawn', string>>;
    readonly titleIn: Readonly<Record<Locale, string>>;
    readonly descriptionIn: Readonly<Record<Locale, string>>;
    readonly price: Readonly<Record<Currency, string>>;
    readonly currency: string;
    readonly notAPrice: string;
    readonly playerCourses: string;
    readonly playerCoursesHint: string;
    readonly deviceLimit: string;
    readonly houseRule: string;
    readonly offlineDays: string;
    readonly partners: string;
    readonly noPartners: string;
    readonly addPartner: string;
    readonly name: string;
    readonly webhookUrl: string;
    readonly webhookHint: string;
    readonly webhookWaiting: (count: number) => string;
    readonly active: string;
    readonly off: string;
    readonly switchOff: string;
    readonly switchOn: string;
    readonly keys: string;
    readonly noKeys: string;
    readonly scopes: string;
    readonly scope: Readonly<Record<PartnerScope, string>>;
    readonly issueKey: string;
    readonly issueKeyHint: string;
    readonly revoke: string;
    readonly keyEnds: (when: string) => string;
    readonly keyEnded: string;
    readonly issueSecret: string;
    readonly newKey: string;
    readonly newSecret: string;
    readonly once: string;
    readonly seen: string;
    readonly revenue: string;
    readonly noRevenue: string;
    readonly columns: Readonly<Record<'month' | 'sold' | 'refunded' | 'paid' | 'givenBack' | 'revenue', string>>;
  };
}

export const courseTerms: TermsSection<'courses'> = {
  name: 'courses',
  en: () => import('./en/courses.ts'),
  fa: () => import('./fa/courses.ts'),
  cs: () => import('./cs/courses.ts'),
};
