import { newUuid } from '../new-id.ts';
import type { Store } from '../ports/store.ts';
import type { CallState, OrphanedCall } from '../state.ts';

const INSTANCE_KEY = 'callweave.phone.instance';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The same for this browser over reloads, so that the registrar replaces its old contact. */
export function instanceId(store: Store): string {
  const known = store.get(INSTANCE_KEY);
  if (known && UUID.test(known)) return known;
  const made = newUuid();
  store.set(INSTANCE_KEY, made);
  return made;
}

const callKey = (address: string): string => `callweave.phone.call:${address}`;

/** An active call that dies with its page is found by the next one. */
export function rememberCall(store: Store, address: string, call: CallState): void {
  const { id, interactionId, remote, answeredAt } = call;
  store.set(callKey(address), JSON.stringify({ callId: id, interactionId, remote, answeredAt }));
}

export function forgetCall(store: Store, address: string): void {
  store.delete(callKey(address));
}

export function readOrphan(store: Store, address: string): OrphanedCall | null {
  const text = store.get(callKey(address));
  if (!text) return null;
  try {
    const value = JSON.parse(text) as OrphanedCall;
    return typeof value.callId === 'string' && typeof value.remote?.number === 'string' ? Object.freeze(value) : null;
  } catch {
    return null;
  }
}
