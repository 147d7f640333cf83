import { isCommonPin } from '@callweave/sdk/protocol';
import type { PinDesk } from '../../verification/index.ts';
import type { DigitEntry } from './digit-entry.ts';
import { prompt } from './leg-sound.ts';

const PIN = /^\d{4,8}$/;
/** How often a caller may try to choose a new PIN before the agent takes over again. */
const ROUNDS = 3;

export type PinResult = 'done' | 'not-entered';

/** Lets the caller key the PIN and tells them, and nobody else, how it went. */
export async function askForPin(entry: DigitEntry, desk: PinDesk, callId: string): Promise<PinResult> {
  const digits = await entry.ask([prompt('enter-pin')]);
  // Too short to be a PIN: a slip, which is not worth an attempt.
  if (digits === undefined || !PIN.test(digits)) return 'not-entered';
  const result = await desk.check(callId, digits);
  await entry.say([prompt(result === 'right' ? 'pin-accepted' : result === 'wrong' ? 'pin-wrong' : 'pin-locked')]);
  return 'done';
}

/** Lets the caller choose a PIN of their own: keyed twice, and none that guessing tries first. */
export async function askForNewPin(entry: DigitEntry, desk: PinDesk, callId: string): Promise<PinResult> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const digits = await entry.ask([prompt('enter-new-pin')]);
    if (digits === undefined) return 'not-entered';
    if (!PIN.test(digits) || isCommonPin(digits)) {
      await entry.say([prompt('pin-too-simple')]);
      continue;
    }
    const repeated = await entry.ask([prompt('repeat-new-pin')]);
    if (repeated === undefined) return 'not-entered';
    if (repeated !== digits) {
      await entry.say([prompt('pin-mismatch')]);
      continue;
    }
    await desk.change(callId, digits);
    await entry.say([prompt('pin-accepted')]);
    return 'done';
  }
  return 'not-entered';
}
