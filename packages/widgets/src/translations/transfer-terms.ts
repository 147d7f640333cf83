import type { TransferState } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Devices that change hands: the present owner, the new one, and the house that decides. */
export interface TransferTerms {
  readonly heading: string;
  readonly loading: string;
  readonly states: Readonly<Record<TransferState, string>>;
  readonly device: string;
  readonly newOwner: string;
  readonly name: string;
  readonly nationalCode: string;
  readonly nationalCodeWrong: string;
  readonly telephone: string;
  readonly exactText: string;
  readonly sendCode: string;
  readonly sendAgain: string;
  readonly sentTo: (telephone: string) => string;
  readonly code: string;
  readonly codeHint: string;
  readonly until: (day: string) => string;
  readonly sure: string;
  readonly keep: string;
  readonly give: {
    readonly begin: string;
    readonly choose: string;
    readonly telephoneHint: string;
    readonly next: string;
    readonly noDevices: string;
    readonly none: string;
    readonly confirm: string;
    readonly withdraw: string;
    readonly confirmed: string;
    readonly withdrawn: string;
    readonly reason: (reason: string) => string;
  };
  readonly take: {
    readonly heading: string;
    readonly intro: string;
    readonly accept: string;
    readonly decline: string;
    readonly ends: Readonly<Record<Exclude<TransferState, 'offered' | 'confirmed'>, string>>;
  };
  readonly review: {
    readonly heading: string;
    readonly transfers: string;
    readonly noTransfers: string;
    readonly from: string;
    readonly consentOfOwner: (at: string, address: string) => string;
    readonly consentOfNewOwner: (at: string, address: string) => string;
    readonly debt: (money: string) => string;
    readonly debtBlocks: string;
    readonly tickets: (count: number, text: string) => string;
    readonly knownSame: (name: string) => string;
    readonly knownOther: (name: string) => string;
    readonly unknown: string;
    readonly operator: string;
    readonly city: string;
    readonly street: string;
    readonly building: string;
    readonly approve: string;
    readonly reject: string;
    readonly reason: string;
    readonly approved: string;
    readonly rejected: string;
    readonly overrides: string;
    readonly noOverrides: string;
    readonly askedBy: (name: string, at: string) => string;
    readonly days: string;
    readonly grant: string;
    readonly decline: string;
    readonly granted: string;
    readonly declined: string;
    readonly onlyManagers: string;
  };
}

export const transferTerms: TermsSection<'transfers'> = {
  name: 'transfers',
  en: () => import('./en/transfers.ts'),
  fa: () => import('./fa/transfers.ts'),
  cs: () => import('./cs/transfers.ts'),
};
