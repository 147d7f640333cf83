import type { Store } from '../ports/store.ts';
import type { PhonePolicy } from '../state.ts';

type Kept = Partial<Record<keyof PhonePolicy, unknown>> | null;

const keyOf = (address: string): string => `callweave.phone.policy:${address}`;

export function readPolicy(store: Store, address: string): PhonePolicy {
  let kept: Kept = {};
  try {
    kept = JSON.parse(store.get(keyOf(address)) ?? '{}') as Kept;
  } catch {
    // Written by something else: as if nothing were kept.
  }
  return Object.freeze({ doNotDisturb: kept?.doNotDisturb === true, callWaiting: kept?.callWaiting === true });
}

export function writePolicy(store: Store, address: string, policy: PhonePolicy): void {
  store.set(keyOf(address), JSON.stringify(policy));
}
