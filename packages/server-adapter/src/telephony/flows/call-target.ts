import {
  type CallTarget,
  type CallTargets,
  type DialPolicy,
  OPEN_DIAL_POLICY,
  readDialled,
} from '@callweave/sdk/protocol';
import { Problem } from '../../problem.ts';
import type { Device } from '../exchange.ts';
import type { FlowServices } from './call-session.ts';
import { type Responder, refusalOf } from './responders.ts';

/** Calls that the house makes. */
export interface OutboundOptions {
  /** Numbers of ours that may be shown to whoever is called, the usual one first (E.164). @default the public numbers */
  readonly callerIds?: readonly string[];
  /** What agents may dial. @default OPEN_DIAL_POLICY: no premium numbers, never rescue services */
  readonly policy?: DialPolicy;
  /** How long a number outside rings. @default 45 */
  readonly ringSeconds?: number;
}

export const OUTSIDE_RING_SECONDS = 45;

/** Somebody who can be rung: one of us, or a number outside. */
export interface Candidate {
  readonly responder: Responder | undefined;
  readonly name: string;
  /** Set where `responder` is not. */
  readonly number: string | null;
  readonly device: Device;
}

/** Numbers of ours that may be shown outside. Without any nobody outside is rung: a call without a number is nobody's. */
export function callerIdsOf({ outbound, policy }: FlowServices): readonly string[] {
  return outbound.callerIds ?? policy.publicNumbers;
}

/** The number in E.164, or a problem that says why it is not dialled. */
export function dialable({ outbound, policy }: FlowServices, typed: string): string {
  const dialled = readDialled(outbound.policy ?? OPEN_DIAL_POLICY, typed, policy.numbering);
  if (dialled.check !== 'allowed') throw new Problem(`dial-${dialled.check}`, 'This number is not dialled.');
  return dialled.number;
}

/** Whom a target names, as far as they can be rung now. */
export async function resolveTarget(
  services: FlowServices,
  target: CallTarget,
  asking: { readonly accountId: string; readonly callId: string },
): Promise<Candidate[]> {
  if (target.kind === 'number') {
    const number = dialable(services, target.number);
    return [{ responder: undefined, name: '', number, device: { kind: 'number', number } }];
  }
  const people =
    target.kind === 'agent' ? await services.responders.byIds([target.accountId]) : await groupOf(services);
  const free: Candidate[] = [];
  for (const responder of people) {
    if (responder.id === asking.accountId || refusalOf(responder) !== undefined) continue;
    const holder = services.busy.callOf(responder.id);
    if (holder !== undefined && holder !== asking.callId) continue;
    if (await unreachable(services, responder.device)) continue;
    free.push({ responder, name: responder.name, number: null, device: responder.device });
  }
  if (free.length === 0)
    throw new Problem(
      'target-unavailable',
      target.kind === 'agent' ? 'This person cannot be rung now.' : 'Nobody of the group can be rung now.',
    );
  return free;
}

/** Whoever takes what is for everybody: the members of the first queue, where there is one. */
async function groupOf({ queues, responders }: FlowServices): Promise<readonly Responder[]> {
  return queues?.first === undefined ? responders.group() : queues.membersOf(queues.first);
}

/** Known at once for a browser phone that is not there; an exchange that cannot tell is asked by ringing. */
async function unreachable({ exchange }: FlowServices, device: Device): Promise<boolean> {
  if (device.kind !== 'browser') return false;
  return exchange.deviceState(device).then(
    (state) => state === 'unreachable',
    () => false,
  );
}

const MOST_TARGETS = 50;

/** Whom an agent may choose from. */
export async function listTargets(services: FlowServices, accountId: string, search: string): Promise<CallTargets> {
  const { responders, busy, queues } = services;
  const refusal = (responder: Responder) =>
    refusalOf(responder) ?? (busy.callOf(responder.id) === undefined ? null : ('busy' as const));
  const wanted = search.trim().toLocaleLowerCase();
  const agents = (await responders.all())
    .filter(({ id, active, name }) => active && id !== accountId && name.toLocaleLowerCase().includes(wanted))
    .slice(0, MOST_TARGETS)
    .map((responder) => ({ accountId: responder.id, name: responder.name, refusal: refusal(responder) }));
  const group = (await groupOf(services)).filter((member) => member.id !== accountId && refusal(member) === null);
  const first = queues?.first;
  return {
    agents,
    groupFree: group.length,
    ...(first !== undefined && queues?.keeps(first) && { groupWaiting: queues.callersIn(first.id) }),
    callerIds: [...callerIdsOf(services)],
  };
}
