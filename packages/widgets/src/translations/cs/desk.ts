import type { DeskTerms } from '../desk-terms.ts';

export const desk: DeskTerms = {
  verificationState: {
    none: 'Neověřen',
    asking: 'Ověřuje se',
    passed: 'Ověřen',
    failed: 'Neprošel',
    locked: 'Zamčen',
    expired: 'Vypršelo',
  },
  recordingState: {
    none: 'Nenahrává se',
    recording: 'Nahrávání',
    paused: 'Nahrávání pozastaveno',
    storing: 'Ukládá se',
    stored: 'Uloženo',
    failed: 'Nahrávání selhalo',
  },
};
