import { type NumberingPlan, normalizeNumber, type ResponderDevice, type Role } from '@callweave/sdk/protocol';
import type { Clock } from './clock.ts';
import type { MessageSender } from './messages/index.ts';
import { createNumbers, type Numbers } from './numbers/index.ts';
import type { Store } from './store/store.ts';
import type { FlowServices } from './telephony/flows/call-session.ts';
import type { CallFlow } from './telephony/flows/switchboard.ts';
import { VirtualFlow, type VirtualNumbersOptions, virtualPolicy } from './telephony/flows/virtual/index.ts';

export interface VirtualNumbersParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly plan: NumberingPlan;
  /** Undefined: numbers can be managed, and nobody is called through them. */
  readonly options: VirtualNumbersOptions | undefined;
  /** Numbers of the house that lead elsewhere: to the desk, to a fax. */
  readonly otherNumbers: readonly string[];
  readonly dayOf: (at: Date) => string;
  readonly sendMessage: MessageSender['send'];
  readonly onError: (error: unknown) => void;
}

export interface VirtualNumbers {
  readonly numbers: Numbers;
  /** The flow of these calls, for the switchboard. */
  flows(services: FlowServices): readonly CallFlow[];
}

/** Virtual numbers as one part: what is managed, and the calls that are carried. */
export function createVirtualNumbers(parts: VirtualNumbersParts): VirtualNumbers {
  const { store, clock, plan, dayOf, sendMessage, onError } = parts;
  const others = parts.otherNumbers.map((number) => normalizeNumber(number, plan) ?? number);
  const policy = parts.options === undefined ? undefined : virtualPolicy(parts.options, plan);
  let flow: VirtualFlow | undefined;
  const running = (): VirtualFlow => {
    if (flow === undefined) throw new Error('The call centre was made without the flow of virtual numbers.');
    return flow;
  };
  return {
    numbers: createNumbers({
      store,
      clock,
      plan,
      dayOf,
      ownNumbers: [...others, ...(policy === undefined ? [] : [policy.accessNumber, policy.exchangeNumber])],
      accessNumber: policy?.accessNumber ?? null,
      exchangeNumber: policy?.exchangeNumber ?? null,
      hasRole: async (tx, accountId, role) => {
        const row = await tx.db
          .selectFrom('accounts')
          .select('roles')
          .where('id', '=', accountId)
          .where('active', '=', 1)
          .executeTakeFirst();
        return row !== undefined && (JSON.parse(row.roles) as Role[]).includes(role);
      },
      phoneOf: async (db, accountId) => {
        const row = await db
          .selectFrom('accounts')
          .select(['username', 'device'])
          .where('id', '=', accountId)
          .executeTakeFirst();
        return row && { kind: (JSON.parse(row.device) as ResponderDevice).kind, username: row.username };
      },
      control:
        policy === undefined
          ? undefined
          : {
              start: (call) => running().start(call),
              hangup: (callId) => running().hangup(callId),
            },
      onError,
    }),
    flows(services) {
      if (policy === undefined) return [];
      flow = new VirtualFlow({ ...services, virtual: policy, dayOf, sendMessage });
      return [flow];
    },
  };
}
