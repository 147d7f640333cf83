/** What a call came to, when the integrator names no dispositions of their own. The value goes into the record. */
export const DISPOSITIONS = [
  'order-taken',
  'order-changed',
  'information',
  'complaint',
  'call-back',
  'wrong-number',
  'other',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];
