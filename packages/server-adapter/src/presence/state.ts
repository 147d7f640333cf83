import type { Presence, PresenceState } from '@callweave/sdk/protocol';
import type { AgentsCall } from '../calls/index.ts';

/** What is known of a person, from whom it comes. */
export interface KnownOfAgent {
  readonly accountId: string;
  readonly name: string;
  readonly onLeave: boolean;
  readonly ready: boolean;
  readonly reason: string | null;
  readonly doNotDisturb: boolean;
  readonly declaredAt: string | null;
  readonly declaredBy: string | null;
  readonly phone: Presence['phone'];
  readonly call: AgentsCall | undefined;
  readonly extendedCall: string | null;
}

/** What a person does now, but for since when. Pure. */
export function presenceOf(known: KnownOfAgent, wrapUpExtensionSeconds: number): Omit<Presence, 'since'> {
  const { accountId, name, ready, doNotDisturb, declaredAt, declaredBy, phone, call } = known;
  return {
    accountId,
    name,
    state: stateOf(known),
    reason: ready ? null : known.reason,
    ready,
    doNotDisturb,
    declaredAt,
    declaredBy,
    phone,
    callId: call?.id ?? null,
    wrapUp:
      call?.state === 'wrap-up'
        ? { until: call.wrapUpUntil, extendable: wrapUpExtensionSeconds > 0 && known.extendedCall !== call.id }
        : null,
  };
}

/** What somebody is in the middle of goes before what they said; what they said goes before what their phone does. */
function stateOf({ call, onLeave, doNotDisturb, ready, phone }: KnownOfAgent): PresenceState {
  if (call !== undefined) return call.state;
  if (onLeave) return 'on-leave';
  if (doNotDisturb) return 'do-not-disturb';
  if (!ready) return 'not-ready';
  return phone === 'unregistered' ? 'offline' : 'ready';
}
