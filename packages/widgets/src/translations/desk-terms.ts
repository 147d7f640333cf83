import type { RecordingState, VerificationState } from '@callweave/sdk/protocol';

/** Call bar, verification, customer form, sign-in, availability. */
export interface DeskTerms {
  readonly verificationState: Readonly<Record<VerificationState, string>>;
  readonly recordingState: Readonly<Record<RecordingState, string>>;
}
