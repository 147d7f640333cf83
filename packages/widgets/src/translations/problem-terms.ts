import type { CallweaveErrorCode, PhoneErrorCode } from '@callweave/sdk';

/** What went wrong and what to do next, one sentence or two per code. */
export interface ProblemTerms {
  readonly desk: Readonly<Record<CallweaveErrorCode, string>>;
  readonly phone: Readonly<Record<PhoneErrorCode, string>>;
  readonly waitSeconds: (seconds: number) => string;
}
