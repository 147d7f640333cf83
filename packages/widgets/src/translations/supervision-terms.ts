import type { ListeningKind, SupervisionMode } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Live calls, an agent's request for help, and the listening log. */
export interface SupervisionTerms {
  readonly title: string;
  readonly empty: string;
  readonly going: (count: number) => string;
  readonly columns: Readonly<
    Record<'agent' | 'customer' | 'duration' | 'state' | 'verified' | 'recorded' | 'supervisors' | 'actions', string>
  >;
  readonly talking: string;
  readonly held: (duration: string) => string;
  readonly verified: string;
  readonly notVerified: string;
  readonly recorded: string;
  readonly recordingPaused: string;
  readonly notRecorded: string;
  readonly yourCall: string;
  /** On the button. */
  readonly mode: Readonly<Record<SupervisionMode, string>>;
  /** What somebody does at a call. */
  readonly does: Readonly<Record<SupervisionMode, (name: string) => string>>;
  /** What I do. */
  readonly iDo: Readonly<Record<SupervisionMode, string>>;
  readonly ringingYou: string;
  readonly ringsAt: (name: string) => string;
  readonly unseen: string;
  readonly takeOver: string;
  readonly takeOverWarning: (agent: string) => string;
  readonly leave: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly begin: Readonly<Record<SupervisionMode | 'takeOver', string>>;
  readonly escalations: {
    readonly title: string;
    readonly asks: (agent: string) => string;
    readonly unanswered: string;
    readonly join: string;
    readonly whisper: string;
    readonly taken: (supervisor: string) => string;
    readonly announce: (agent: string) => string;
  };
  readonly help: {
    readonly call: string;
    readonly note: string;
    readonly noteHint: string;
    readonly send: string;
    readonly waiting: string;
    readonly unanswered: string;
    readonly comes: (supervisor: string) => string;
    readonly there: (supervisor: string) => string;
    readonly listens: (supervisor: string) => string;
    readonly cancel: string;
  };
  readonly log: {
    readonly title: string;
    readonly empty: string;
    readonly columns: Readonly<Record<'when' | 'who' | 'what' | 'agent' | 'length' | 'reason', string>>;
    readonly kind: Readonly<Record<ListeningKind, string>>;
    readonly filter: Readonly<Record<'listener' | 'agent' | 'kind' | 'from' | 'to' | 'any' | 'apply', string>>;
    readonly goesOn: string;
    readonly noReason: string;
    readonly more: string;
    readonly shown: (count: number) => string;
  };
}

export const supervisionTerms: TermsSection<'supervision'> = {
  name: 'supervision',
  en: () => import('./en/supervision.ts'),
  fa: () => import('./fa/supervision.ts'),
  cs: () => import('./cs/supervision.ts'),
};
