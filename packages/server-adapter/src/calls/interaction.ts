import type { CallOutcome, CallState, ResponderOrder } from '@callweave/sdk/protocol';

/** What an interaction is, apart from its legs: the part of a call that has a state. */
export interface Interaction {
  readonly state: CallState;
  readonly outcome: CallOutcome | null;
  readonly agentId: string | null;
  readonly responderOrder: ResponderOrder | null;
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly heldSince: string | null;
  readonly holdTotalMs: number;
  readonly wrapUp: WrapUp | null;
}

export interface WrapUp {
  readonly until: string | null;
  readonly disposition: string | null;
  readonly note: string;
}

export type InteractionEvent =
  /** It rings at these people; one of them is named, a group is not. */
  | { readonly type: 'ringing'; readonly agentId: string | null; readonly order: ResponderOrder | null }
  /** It rings at nobody for the moment. */
  | { readonly type: 'waiting' }
  /** Nobody of the house: a number outside took over a call that was handed to it. */
  | { readonly type: 'answered'; readonly agentId: string | null; readonly order: ResponderOrder | null }
  /** Its agent has left it, and it looks for the next one. */
  | { readonly type: 'transferred' }
  /** Somebody who is in it already takes it over. */
  | { readonly type: 'handed-over'; readonly agentId: string | null }
  | { readonly type: 'held'; readonly held: boolean }
  | { readonly type: 'ended'; readonly outcome: CallOutcome; readonly wrapUpSeconds: number }
  | { readonly type: 'wrapped-up'; readonly disposition: string; readonly note: string }
  | { readonly type: 'wrap-up-over' };

export function newInteraction(startedAt: Date): Interaction {
  return {
    state: 'queued',
    outcome: null,
    agentId: null,
    responderOrder: null,
    startedAt: startedAt.toISOString(),
    answeredAt: null,
    endedAt: null,
    heldSince: null,
    holdTotalMs: 0,
    wrapUp: null,
  };
}

/**
 * The life of an interaction: queued ⇄ ringing → answered → wrap-up → ended, and from answered back to queued when it is
 * handed on. Pure. An event that does not fit the state
 * changes nothing (the same object comes back), because events of a telephone may be late or doubled.
 */
export function advance(call: Interaction, event: InteractionEvent, at: Date): Interaction {
  const now = at.toISOString();
  switch (event.type) {
    case 'ringing':
      if (call.state !== 'queued' && call.state !== 'ringing') return call;
      return { ...call, state: 'ringing', agentId: event.agentId, responderOrder: event.order };
    case 'waiting':
      if (call.state !== 'ringing') return call;
      return { ...call, state: 'queued', agentId: null, responderOrder: null };
    case 'answered':
      if (call.state !== 'queued' && call.state !== 'ringing') return call;
      return {
        ...call,
        state: 'answered',
        agentId: event.agentId,
        responderOrder: event.order,
        answeredAt: call.answeredAt ?? now,
      };
    case 'transferred':
      if (call.state !== 'answered') return call;
      return { ...released(call, at), state: 'queued', agentId: null, responderOrder: null };
    case 'handed-over':
      if (call.state !== 'answered' || call.agentId === event.agentId) return call;
      return { ...released(call, at), agentId: event.agentId, responderOrder: 'transfer' };
    case 'held':
      if (call.state !== 'answered' || event.held === (call.heldSince !== null)) return call;
      return event.held ? { ...call, heldSince: now } : released(call, at);
    case 'ended':
      return end(call, event, at);
    case 'wrapped-up':
      if (call.state !== 'wrap-up') return call;
      return { ...call, state: 'ended', wrapUp: { until: null, disposition: event.disposition, note: event.note } };
    case 'wrap-up-over':
      if (call.state !== 'wrap-up') return call;
      return { ...call, state: 'ended', wrapUp: { disposition: null, note: '', ...call.wrapUp, until: null } };
  }
}

function end(call: Interaction, event: Extract<InteractionEvent, { type: 'ended' }>, at: Date): Interaction {
  if (call.state === 'wrap-up' || call.state === 'ended') return call;
  const over = { ...released(call, at), outcome: event.outcome, endedAt: at.toISOString() };
  // Only a conversation leaves something to write down.
  if (event.outcome === 'answered' && event.wrapUpSeconds > 0) {
    const until = new Date(at.getTime() + event.wrapUpSeconds * 1000).toISOString();
    return { ...over, state: 'wrap-up', wrapUp: { until, disposition: null, note: '' } };
  }
  return { ...over, state: 'ended' };
}

function released(call: Interaction, at: Date): Interaction {
  if (call.heldSince === null) return call;
  const held = Math.max(0, at.getTime() - Date.parse(call.heldSince));
  return { ...call, heldSince: null, holdTotalMs: call.holdTotalMs + held };
}
