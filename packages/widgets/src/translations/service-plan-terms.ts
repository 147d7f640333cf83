import type { CrmRecord } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** What a buyer chooses for the time after the paid service of a device. */
export interface ServicePlanTerms {
  readonly title: string;
  readonly empty: string;
  readonly until: string;
  readonly notActivated: string;
  /** Above the choices. */
  readonly question: string;
  readonly renew: (years: number, shown: string) => string;
  readonly priceHolds: string;
  readonly notSold: string;
  readonly notPayable: string;
  readonly perCase: string;
  readonly perCaseAbout: (from: string, to: string, minutes: string) => string;
  readonly decline: string;
  readonly declineAbout: string;
  readonly choose: string;
  readonly change: string;
  readonly cancel: string;
  readonly toGateway: string;
  readonly leaving: string;
  readonly confirm: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly reasonMissing: string;
  readonly really: (device: string) => string;
  readonly reallyDecline: string;
  readonly back: string;
  readonly waiting: (years: string, amount: string) => string;
  readonly waitingUntil: (when: string) => string;
  readonly pay: (amount: string) => string;
  readonly lapsed: string;
  readonly refunded: string;
  readonly renewed: (end: string) => string;
  readonly perCaseChosen: string;
  readonly perCaseLater: (end: string) => string;
  readonly declined: string;
  readonly declinedLater: (end: string) => string;
  readonly saidReason: (reason: string) => string;
  readonly done: string;
  readonly none: string;
  readonly sync: Readonly<Record<CrmRecord['state'], string>>;
  readonly syncTitle: string;
  readonly retry: string;
}

export const servicePlanTerms: TermsSection<'servicePlan'> = {
  name: 'servicePlan',
  en: () => import('./en/service-plan.ts'),
  fa: () => import('./fa/service-plan.ts'),
  cs: () => import('./cs/service-plan.ts'),
};
