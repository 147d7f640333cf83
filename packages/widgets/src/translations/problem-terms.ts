import type { CallweaveErrorCode, PhoneErrorCode } from '@callweave/sdk';
import type { TermsSection } from './section.ts';

/** What went wrong and what to do next, one sentence or two per code. */
export interface ProblemTerms {
  readonly desk: Readonly<Record<CallweaveErrorCode, string>>;
  readonly phone: Readonly<Record<PhoneErrorCode, string>>;
  readonly waitSeconds: (seconds: number) => string;
}

export const problemTerms: TermsSection<'problems'> = {
  name: 'problems',
  en: () => import('./en/problems.ts'),
  fa: () => import('./fa/problems.ts'),
  cs: () => import('./cs/problems.ts'),
};
