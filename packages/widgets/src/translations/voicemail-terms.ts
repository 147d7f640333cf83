import type { TermsSection } from './section.ts';

/** The voicemail boxes. */
export interface VoicemailTerms {
  readonly title: string;
  readonly unheard: (count: number) => string;
  readonly box: string;
  readonly allBoxes: string;
  readonly ownBox: string;
  /** A box in the chooser, with how much is new in it. */
  readonly boxNamed: (name: string, unheard: number) => string;
  readonly filter: string;
  readonly filters: Readonly<Record<'all' | 'unheard' | 'bin', string>>;
  readonly columns: Readonly<Record<'from' | 'box' | 'when' | 'length' | 'state' | 'actions', string>>;
  readonly withheld: string;
  readonly candidates: (count: number) => string;
  readonly state: Readonly<Record<'new' | 'heard' | 'storing' | 'failed' | 'binned', string>>;
  readonly heardBy: (name: string, when: string) => string;
  readonly called: (number: string) => string;
  readonly open: string;
  readonly openNamed: (from: string) => string;
  readonly close: string;
  readonly empty: string;
  readonly emptyUnheard: string;
  readonly emptyBin: string;
  readonly older: string;
  readonly player: Readonly<
    Record<'label' | 'play' | 'pause' | 'back' | 'forward' | 'seek' | 'speed' | 'failed' | 'logged', string>
  >;
  readonly storing: string;
  readonly failed: string;
  readonly callBack: string;
  readonly callingBack: string;
  readonly noCallBack: string;
  readonly note: { readonly label: string; readonly save: string; readonly saved: string };
  readonly markUnheard: string;
  readonly delete: string;
  readonly deleted: (until: string) => string;
  readonly undo: string;
  readonly restore: string;
  readonly restored: string;
  readonly goneOn: (until: string) => string;
  readonly greeting: {
    readonly title: string;
    readonly which: string;
    readonly default: string;
    readonly own: (name: string, when: string) => string;
    readonly beingRecorded: string;
    readonly record: string;
    readonly how: string;
    readonly reset: string;
    readonly resetSure: string;
    readonly keep: string;
    readonly onlySupervisors: string;
  };
}

export const voicemailTerms: TermsSection<'voicemail'> = {
  name: 'voicemail',
  en: () => import('./en/voicemail.ts'),
  fa: () => import('./fa/voicemail.ts'),
  cs: () => import('./cs/voicemail.ts'),
};
