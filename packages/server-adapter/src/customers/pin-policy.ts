import { randomInt } from 'node:crypto';
import { isCommonPin } from '@callweave/sdk/protocol';

/** How the initial PIN is issued (A4). The customer must change it in the first call. */
export type PinPolicy =
  /** Everyone starts with the same; what the brokerages we know do. */
  | { readonly kind: 'fixed'; readonly pin: string }
  /** Everyone gets their own; `deliver` sends it to the customer (SMS), for nobody at the desk may see it. */
  | {
      readonly kind: 'random';
      readonly length: number;
      readonly deliver: (to: { readonly customerId: string; readonly numbers: readonly string[] }, pin: string) => void;
    };

export const DEFAULT_PIN_POLICY: PinPolicy = { kind: 'fixed', pin: '1234' };

export function issuePin(policy: PinPolicy): string {
  if (policy.kind === 'fixed') return policy.pin;
  if (!Number.isInteger(policy.length) || policy.length < 4 || policy.length > 8)
    throw new RangeError('The length of a random PIN must be 4 to 8 digits.');
  for (;;) {
    const pin = String(randomInt(10 ** policy.length)).padStart(policy.length, '0');
    if (!isCommonPin(pin)) return pin;
  }
}
