import type { Via } from '@callweave/sdk';
import type { FieldCall, FieldCallOutcome, NumberingPlan } from '@callweave/sdk/protocol';
import type { DialPadTerms, DialStage } from '../../translations/dial-pad-terms.ts';

export type DialOutcome = keyof DialPadTerms['outcomes'] | FieldCallOutcome;

/** The call that the pad shows: one that goes on, or the last one until it is dismissed. */
export interface LiveCall {
  readonly id: string;
  readonly stage: DialStage | 'ended';
  /** As dialled; null where somebody else did. */
  readonly number: string | null;
  readonly project: string | null;
  readonly answeredAt: string | null;
  /** Why it ended. */
  readonly outcome: DialOutcome | null;
}

export interface RecentCall {
  readonly id: string;
  readonly at: string;
  readonly number: string | null;
  readonly kind: FieldCall['kind'];
  readonly project: string | null;
  readonly outcome: DialOutcome | null;
}

/** What an agent and a field caller do differently, each in its own way. */
export interface DialLine {
  readonly call: LiveCall | undefined;
  readonly recent: readonly RecentCall[];
  /** How numbers without a country code are read; undefined: only the server knows. */
  readonly plan: NumberingPlan | undefined;
  dial(to: string, via: Via): Promise<void>;
  hangup(callId: string): Promise<unknown>;
  /** The call that is over is no longer shown. */
  dismiss(): void;
}
