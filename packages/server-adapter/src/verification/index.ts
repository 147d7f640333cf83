export { requireVerified, voidVerification } from './expiry.ts';
export { createVerification } from './operations.ts';
export type { PinControl, VerificationOptions, VerifiedCalls } from './options.ts';
export { createPinDesk, type PinDesk } from './pin-desk.ts';
export { findVerification, verificationsOf } from './record.ts';
