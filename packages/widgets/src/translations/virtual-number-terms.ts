import type { ImportRowProblem, PairingState, ProjectNumbering, RefusedAttempt } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** What managers keep of virtual numbers. */
export interface VirtualNumberTerms {
  readonly title: string;
  readonly tabs: Readonly<Record<'projects' | 'numbers' | 'callers' | 'pairings' | 'attempts', string>>;
  readonly search: string;
  readonly noMatch: string;
  readonly shown: (count: string) => string;
  readonly save: string;
  readonly edit: string;
  readonly editNamed: (name: string) => string;
  readonly keep: string;
  readonly lastDay: string;
  readonly noLastDay: string;
  readonly optional: string;
  readonly actions: string;
  readonly project: string;
  readonly fictitious: string;
  readonly caller: string;
  readonly projects: {
    readonly empty: string;
    readonly create: string;
    readonly name: string;
    readonly nameHint: string;
    readonly info: string;
    readonly infoHint: string;
    readonly toCall: string;
    readonly toCallHint: string;
    readonly toCallWrong: (line: string) => string;
    readonly onlyThese: string;
    readonly countries: string;
    readonly countriesHint: string;
    readonly numbering: string;
    readonly plans: Readonly<Record<ProjectNumbering | 'house', string>>;
    readonly saved: (name: string) => string;
    readonly end: string;
    readonly sure: string;
    readonly ended: (name: string) => string;
  };
  readonly numbers: {
    readonly empty: string;
    readonly add: string;
    readonly number: string;
    readonly stock: string;
    readonly paired: (count: number) => string;
    readonly projectOf: (number: string) => string;
    readonly remove: string;
    readonly sure: string;
    readonly added: (number: string) => string;
    readonly moved: (number: string) => string;
    readonly removed: (number: string) => string;
  };
  readonly callers: {
    readonly empty: string;
    readonly add: string;
    readonly name: string;
    readonly number: string;
    readonly numberHint: string;
    readonly account: string;
    readonly noAccount: string;
    readonly locale: string;
    readonly locales: Readonly<Record<'fa' | 'cs' | 'en', string>>;
    readonly active: string;
    readonly inactive: string;
    readonly switchOff: string;
    readonly switchOn: string;
    readonly sure: string;
    readonly saved: (name: string) => string;
  };
  readonly pairings: {
    readonly empty: string;
    readonly create: string;
    readonly spokenId: string;
    readonly state: string;
    readonly states: Readonly<Record<PairingState, string>>;
    readonly prolong: string;
    readonly end: string;
    readonly sure: string;
    readonly paired: (number: string, caller: string) => string;
    readonly prolonged: string;
    readonly ended: string;
    readonly import: string;
    readonly export: string;
    readonly nothingToPair: string;
    readonly choose: string;
  };
  readonly attempts: {
    readonly empty: string;
    readonly at: string;
    readonly called: string;
    readonly from: string;
    readonly reason: string;
    readonly withheld: string;
    readonly reasons: Readonly<Record<RefusedAttempt['reason'], string>>;
    readonly reload: string;
  };
  readonly import: {
    readonly title: string;
    readonly about: string;
    readonly template: string;
    readonly file: string;
    readonly paste: string;
    readonly check: string;
    readonly checking: string;
    readonly unreadable: string;
    readonly tooLarge: string;
    readonly nothing: string;
    readonly wrong: (rows: string) => string;
    readonly line: string;
    readonly column: string;
    readonly what: string;
    readonly fix: string;
    readonly wholeLine: string;
    readonly problems: Readonly<Record<ImportRowProblem['code'], { readonly what: string; readonly fix: string }>>;
    readonly saveReport: string;
    readonly would: (created: string, changed: string, unchanged: string) => string;
    readonly wouldAdd: (callers: string, numbers: string) => string;
    readonly apply: (rows: string) => string;
    readonly applying: (rows: string) => string;
    readonly done: (created: string, changed: string, unchanged: string) => string;
    readonly again: string;
  };
}

export const virtualNumberTerms: TermsSection<'virtualNumbers'> = {
  name: 'virtualNumbers',
  en: () => import('./en/virtual-numbers.ts'),
  fa: () => import('./fa/virtual-numbers.ts'),
  cs: () => import('./cs/virtual-numbers.ts'),
};
