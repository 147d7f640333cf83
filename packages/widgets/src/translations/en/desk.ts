import type { DeskTerms } from '../desk-terms.ts';

export const desk: DeskTerms = {
  verificationState: {
    none: 'Not verified',
    asking: 'Being verified',
    passed: 'Verified',
    failed: 'Not passed',
    locked: 'Locked',
    expired: 'Expired',
  },
  recordingState: {
    none: 'Not recorded',
    recording: 'Recording',
    paused: 'Recording paused',
    storing: 'Storing',
    stored: 'Stored',
    failed: 'Recording failed',
  },
};
