import type { PriceList, RenewalYears } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Versions of the prices, for managers. */
export interface PriceListTerms {
  readonly title: string;
  readonly empty: string;
  readonly version: (number: string) => string;
  readonly draft: string;
  readonly state: Readonly<Record<'current' | 'planned' | 'past', string>>;
  readonly from: (when: string) => string;
  readonly published: (when: string) => string;
  readonly newDraft: string;
  readonly edit: string;
  readonly work: string;
  /** The unit is said in words: toman, koruna. */
  readonly perUnit: (unit: string) => string;
  readonly unitMinutes: string;
  readonly minutes: (count: number) => string;
  readonly renewals: string;
  readonly renewalsHint: string;
  readonly noTypes: string;
  readonly years: Readonly<Record<RenewalYears, string>>;
  readonly notSold: string;
  readonly notAPrice: string;
  readonly save: string;
  readonly saved: string;
  readonly discard: string;
  readonly confirmDiscard: string;
  readonly publish: string;
  readonly publishAbout: string;
  readonly validFrom: string;
  readonly now: string;
  readonly later: string;
  readonly confirmPublish: string;
  readonly publishedNow: string;
  readonly unit: Readonly<Record<PriceList['currency'], string>>;
}

export const priceListTerms: TermsSection<'priceLists'> = {
  name: 'priceLists',
  en: () => import('./en/price-lists.ts'),
  fa: () => import('./fa/price-lists.ts'),
  cs: () => import('./cs/price-lists.ts'),
};
