import type { FieldCallKind, FieldCallOutcome } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Where a call that was dialled here is. */
export type DialStage = 'own-phone' | 'own-telephone' | 'dialling' | 'answered' | 'incoming';

/** The dial pad of agents and of field callers. */
export interface DialPadTerms {
  readonly title: string;
  /** Choice of the fictitious number. */
  readonly through: string;
  readonly throughId: (id: string) => string;
  readonly until: (day: string) => string;
  /** Choice of the number that an agent shows. */
  readonly shown: string;
  readonly noCallerId: string;
  readonly phone: string;
  readonly phones: Readonly<Record<'browser' | 'telephone', string>>;
  readonly info: string;
  readonly numbersToCall: string;
  readonly callNamed: (name: string) => string;
  readonly number: string;
  readonly numberHint: string;
  readonly keypad: string;
  /** How `+` is keyed. */
  readonly keypadHint: string;
  readonly deleteLast: string;
  readonly call: string;
  readonly calling: string;
  readonly redial: (number: string) => string;
  readonly recent: string;
  readonly noRecent: string;
  readonly again: string;
  readonly kinds: Readonly<Record<FieldCallKind, string>>;
  readonly missed: {
    readonly title: string;
    readonly ordinal: (ordinal: string) => string;
    readonly times: (count: number) => string;
    readonly last: (when: string) => string;
    readonly openUntil: (when: string) => string;
    readonly callBack: string;
    readonly callBackNamed: (ordinal: string, project: string) => string;
    readonly announce: (ordinal: string, project: string) => string;
  };
  readonly stages: Readonly<Record<DialStage, string>>;
  readonly outcomes: Readonly<Record<FieldCallOutcome | 'missed' | 'callback', string>>;
  readonly ended: string;
  readonly answer: string;
  readonly hangUp: string;
  readonly dismiss: string;
  readonly tones: string;
  readonly tonesHint: string;
  readonly sentTones: string;
  readonly noPairing: string;
  readonly expired: (number: string) => string;
  readonly offline: string;
  readonly byTelephone: (number: string) => string;
  readonly returnByTelephone: (number: string) => string;
}

export const dialPadTerms: TermsSection<'dialPad'> = {
  name: 'dialPad',
  en: () => import('./en/dial-pad.ts'),
  fa: () => import('./fa/dial-pad.ts'),
  cs: () => import('./cs/dial-pad.ts'),
};
