import type { AgentPauseReason, CallParty, RoutingReason, TransferMode } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Handing a call on, talking with three, pausing the recording. */
export interface CallControlTerms {
  readonly title: string;
  readonly how: string;
  /** On the choices of what to do with whoever is picked. */
  readonly mode: Readonly<Record<TransferMode | 'conference', string>>;
  readonly modeHint: Readonly<Record<TransferMode | 'conference', string>>;
  readonly search: string;
  readonly searchHint: string;
  readonly group: (free: number) => string;
  /** Nobody is free: the customer would wait behind so many. */
  readonly groupQueue: (waiting: number) => string;
  readonly nobodyFound: string;
  readonly refusal: Readonly<Record<RoutingReason, string>>;
  readonly partyState: Readonly<Record<CallParty['state'], string>>;
  /** Who was rung in vain, and why. */
  readonly failed: (who: string, why: string) => string;
  readonly handOver: string;
  readonly letIn: string;
  readonly backToCustomer: string;
  readonly remove: string;
  readonly pauseRecording: string;
  readonly pauseReason: Readonly<Record<AgentPauseReason, string>>;
  readonly paused: (why: string) => string;
  readonly resume: string;
}

export const callControlTerms: TermsSection<'callControl'> = {
  name: 'callControl',
  en: () => import('./en/call-control.ts'),
  fa: () => import('./fa/call-control.ts'),
  cs: () => import('./cs/call-control.ts'),
};
