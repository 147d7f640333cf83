import type { BridgeId, HangupCause, LegId, LegSnapshot, SupervisionId } from '../exchange.ts';
import type { AriChannel } from './ari-messages.ts';
import { timeOf } from './ari-messages.ts';

/** What the driver knows of one leg. Mutable; handed out only as a {@link LegSnapshot}. */
export interface Leg {
  readonly id: LegId;
  readonly origin: LegSnapshot['origin'];
  /** The browser phone at its far end, if it is one. */
  readonly account?: string;
  readonly from: string;
  readonly to: string;
  readonly since: Date;
  state: LegSnapshot['state'];
  /** It is in our application: commands reach it. */
  entered: boolean;
  rang: boolean;
  tag?: string | undefined;
  bridge?: BridgeId | undefined;
  /** It hears another leg's call. */
  supervises?: SupervisionId | undefined;
  /** The far end holds. */
  held: boolean;
  /** We hold. */
  onHold: boolean;
  /** Why we are ending it. */
  ending?: HangupCause;
}

/** Stored with a channel we made (CALLWEAVE_LEG), where the channel itself does not tell it later. */
interface RingMemory {
  readonly from: string;
  readonly to: string;
  readonly account?: string;
  /** A leg that came in and has left our application, for a fax. */
  readonly origin?: 'trunk';
}

export function trunkVariable({ from, to }: Leg): string {
  return JSON.stringify({ from, to, origin: 'trunk' } satisfies RingMemory);
}

export function ringVariable(memory: RingMemory): string {
  return JSON.stringify(memory);
}

function ringMemoryOf(text: string): RingMemory | undefined {
  try {
    const value = JSON.parse(text) as Partial<RingMemory>;
    if (typeof value.from !== 'string' || typeof value.to !== 'string') return undefined;
    return {
      from: value.from,
      to: value.to,
      ...(typeof value.account === 'string' ? { account: value.account } : {}),
      ...(value.origin === 'trunk' ? { origin: value.origin } : {}),
    };
  } catch {
    return undefined;
  }
}

const isAnonymous = (number: string) => number === '' || /^(anonymous|restricted|unavailable|unknown)$/i.test(number);

/** `agent1` out of `PJSIP/agent1-0000002a`: what Asterisk authenticated, unlike the From header. */
function accountOf(channel: AriChannel): string {
  return channel.name.replace(/^[^/]*\//, '').replace(/-[0-9a-f]+$/i, '');
}

/**
 * The leg behind a channel of ours, or undefined for somebody else's channel and for the exchange's inner ones (snoops,
 * announcers). Reads the arguments the dialplan passed, at StasisStart or, after a restart, from the channel itself.
 */
export function legOf(channel: AriChannel, application: string, args?: readonly string[]): Leg | undefined {
  const common = {
    id: channel.id,
    since: timeOf(channel.creationtime),
    state: channel.state === 'Up' ? ('up' as const) : ('ringing' as const),
    rang: channel.state === 'Ringing' || channel.state === 'Up',
    held: false,
    onHold: false,
    tag: tagOf(channel),
  };
  const memory = ringMemoryOf(channel.channelvars?.CALLWEAVE_LEG ?? '');
  const [name, ...passed] = (channel.dialplan?.app_data ?? '').split(',');
  const inside = channel.dialplan?.app_name === 'Stasis' && name === application;
  if (memory !== undefined) {
    return { ...common, origin: 'ring' as const, entered: inside || args !== undefined, ...memory };
  }
  const [kind, to = '', presentation = ''] = args ?? (inside ? passed : []);
  if (kind === 'agent')
    return { ...common, origin: 'device', entered: true, from: accountOf(channel), to, account: accountOf(channel) };
  if (kind !== 'in') return undefined;
  const withheld = isAnonymous(channel.caller.number) || presentation.startsWith('prohib');
  return { ...common, origin: 'trunk', entered: true, from: withheld ? '' : channel.caller.number, to };
}

function tagOf(channel: AriChannel): string | undefined {
  const tag = channel.channelvars?.CALLWEAVE_TAG;
  return tag === undefined || tag === '' ? undefined : tag;
}

export function snapshotOf(leg: Leg): LegSnapshot {
  return {
    leg: leg.id,
    origin: leg.origin,
    state: leg.state,
    from: leg.from,
    to: leg.to,
    since: leg.since,
    ...(leg.tag === undefined ? {} : { tag: leg.tag }),
    ...(leg.bridge === undefined ? {} : { bridge: leg.bridge }),
  };
}
