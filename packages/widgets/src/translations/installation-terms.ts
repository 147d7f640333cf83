import type { TermsSection } from './section.ts';

/** Installations of devices: the buyer's form, its preparation, the checklists. */
export interface InstallationTerms {
  readonly heading: string;
  readonly loading: string;
  readonly empty: string;
  readonly waiting: string;
  readonly confirmed: string;
  readonly serial: string;
  readonly installedOn: string;
  readonly preparedBy: (name: string, day: string) => string;
  readonly notes: string;
  readonly items: string;
  readonly allDone: string;
  readonly review: string;
  readonly exactText: string;
  readonly confirm: string;
  readonly backToForm: string;
  readonly incomplete: string;
  readonly changed: string;
  readonly sealed: (name: string, at: string) => string;
  readonly started: string;
  readonly certificate: string;
  readonly preparation: {
    readonly heading: string;
    readonly day: string;
    readonly notes: string;
    readonly prepare: string;
    readonly prepareAnew: string;
    readonly prepared: string;
    readonly waits: string;
    readonly withdraw: string;
    readonly withdrawSure: string;
    readonly withdrawn: string;
  };
  readonly checklists: {
    readonly heading: string;
    readonly type: string;
    readonly general: string;
    readonly published: (version: string, day: string) => string;
    readonly neverPublished: string;
    readonly draft: (version: string) => string;
    readonly item: (number: string) => string;
    readonly languages: Readonly<Record<'en' | 'fa' | 'cs', string>>;
    readonly add: string;
    readonly up: (number: string) => string;
    readonly down: (number: string) => string;
    readonly remove: (number: string) => string;
    readonly save: string;
    readonly saved: string;
    readonly publish: string;
    readonly publishSure: string;
    readonly publishNow: string;
    readonly donePublishing: (version: string) => string;
    readonly blank: string;
    readonly empty: string;
  };
}

export const installationTerms: TermsSection<'installations'> = {
  name: 'installations',
  en: () => import('./en/installations.ts'),
  fa: () => import('./fa/installations.ts'),
  cs: () => import('./cs/installations.ts'),
};
