import type { DeskTerms } from '../desk-terms.ts';

export const desk: DeskTerms = {
  verificationState: {
    none: 'احراز نشده',
    asking: 'در حال احراز',
    passed: 'احراز شده',
    failed: 'احراز نشد',
    locked: 'قفل شده',
    expired: 'منقضی',
  },
  recordingState: {
    none: 'ضبط نمی‌شود',
    recording: 'ضبط',
    paused: 'توقف ضبط',
    storing: 'در حال ذخیره',
    stored: 'ذخیره شد',
    failed: 'خطای ضبط',
  },
};
