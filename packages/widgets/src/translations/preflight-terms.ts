import type { PreflightCheck, PreflightReason, PreflightState, PreflightStatus } from '@callweave/sdk/phone';
import type { TermsSection } from './section.ts';

/** The test of the phone before the first call. */
export interface PreflightTerms {
  readonly heading: string;
  readonly intro: string;
  readonly start: string;
  readonly again: string;
  readonly stop: string;
  readonly stopped: string;
  readonly checks: Readonly<Record<PreflightCheck, string>>;
  /** What happens while a check runs, and what the person should do. */
  readonly during: Readonly<Record<PreflightCheck, string>>;
  readonly status: Readonly<Record<PreflightStatus, string>>;
  /** What is wrong, and what to do. */
  readonly reasons: Readonly<Record<PreflightReason, string>>;
  readonly verdict: Readonly<Record<NonNullable<PreflightState['verdict']>, string>>;
  readonly heardQuestion: string;
  readonly heardYes: string;
  readonly heardNo: string;
  readonly level: string;
  readonly lossIn: (percent: string) => string;
  readonly lossOut: (percent: string) => string;
  readonly roundTrip: (ms: string) => string;
  readonly jitter: (ms: string) => string;
  readonly score: (score: string) => string;
}

export const preflightTerms: TermsSection<'preflight'> = {
  name: 'preflight',
  en: () => import('./en/preflight.ts'),
  fa: () => import('./fa/preflight.ts'),
  cs: () => import('./cs/preflight.ts'),
};
