import type { BuyerAccountState } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Fields of a buyer, of their account, and of devices, as the audit names them. */
export type AuditedField =
  | 'name'
  | 'nationalCode'
  | 'telephone'
  | 'operator'
  | 'address'
  | 'locale'
  | 'active'
  | 'locked'
  | 'invitedUntil';

/** Buyers: their profile, what managers do with them, and the audit. */
export interface BuyerTerms {
  readonly profile: {
    readonly title: string;
    readonly correction: string;
    readonly notEntered: string;
  };
  readonly field: Readonly<
    Record<
      'name' | 'nationalCode' | 'operator' | 'telephone' | 'address' | 'city' | 'street' | 'building' | 'locale',
      string
    >
  >;
  readonly language: Readonly<Record<'en' | 'fa' | 'cs', string>>;
  readonly admin: {
    readonly title: string;
    readonly search: string;
    readonly searchHint: string;
    readonly none: string;
    readonly noMatch: string;
    readonly more: string;
    readonly shown: (count: number) => string;
    readonly back: string;
    readonly create: string;
    readonly createTitle: string;
    readonly editTitle: string;
    readonly save: string;
    readonly saved: string;
    readonly edit: string;
    readonly reason: string;
    readonly reasonHint: string;
    readonly required: string;
    readonly invalid: string;
    readonly keptByHost: string;
    readonly customerId: string;
    readonly customerIdHint: string;
    readonly account: string;
    readonly noAccount: string;
    readonly hostSignsIn: string;
    readonly state: Readonly<Record<BuyerAccountState | 'none', string>>;
    readonly until: (time: string) => string;
    readonly username: string;
    readonly usernameHint: string;
    readonly byText: string;
    readonly invite: string;
    readonly reset: string;
    readonly resetAsk: string;
    readonly secret: string;
    readonly secretOnce: (until: string) => string;
    readonly secretSeen: string;
    readonly switchOff: string;
    readonly switchOffAsk: string;
    readonly switchOn: string;
    readonly unlock: string;
    readonly importTitle: string;
    readonly importAbout: string;
  };
  readonly audit: {
    readonly title: string;
    readonly empty: string;
    readonly more: string;
    readonly by: (name: string) => string;
    readonly system: string;
    readonly from: string;
    readonly to: string;
    readonly nothing: string;
    readonly yes: string;
    readonly no: string;
    readonly altered: string;
    readonly field: Readonly<Record<AuditedField, string>>;
  };
}

export const buyerTerms: TermsSection<'buyers'> = {
  name: 'buyers',
  en: () => import('./en/buyers.ts'),
  fa: () => import('./fa/buyers.ts'),
  cs: () => import('./cs/buyers.ts'),
};
