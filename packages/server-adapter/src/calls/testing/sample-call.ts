import { type Call, NO_VERIFICATION } from '@callweave/sdk/protocol';
import type { Store } from '../../store/store.ts';

const AT = '2026-11-22T09:00:00.000Z';

/** A call as events carry it: came in, rings, nobody has it yet. */
export function sampleCall(changes: Partial<Call> & { readonly id: string }): Call {
  return {
    kind: 'desk',
    direction: 'inbound',
    state: 'ringing',
    outcome: null,
    callerNumber: '+989121234567',
    calledNumber: '+982181021380',
    presentedNumber: null,
    numberDeclared: false,
    customer: null,
    candidates: [],
    agent: null,
    responderOrder: null,
    routing: [],
    startedAt: AT,
    answeredAt: null,
    endedAt: null,
    hold: { since: null, totalMs: 0, alertAfterMs: null },
    transfers: 0,
    tags: [],
    parties: [],
    waiting: null,
    verification: NO_VERIFICATION,
    recording: { id: null, state: 'none', startedAt: null, pauseReason: null },
    entitlement: null,
    portal: null,
    wrapUp: null,
    ...changes,
  };
}

export const agentNamed = (id: string) => ({ id, name: `Name of ${id}` });

/** Publishes calls as the flow does, each in its present state, all in one write. */
export async function publishCalls(store: Store, ...calls: readonly Call[]): Promise<void> {
  await store.write(async (tx) => {
    for (const call of calls) await tx.publish({ type: 'call', data: call }, ['role:supervisor', 'role:manager']);
  });
}
