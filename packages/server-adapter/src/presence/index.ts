import type { contract } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { Domain } from '../domain.ts';
import { createProjection } from '../events/projection.ts';
import type { Implementation } from '../http/operation.ts';
import type { Store } from '../store/store.ts';
import type { Exchange } from '../telephony/exchange.ts';
import type { Timers } from '../telephony/flows/timers.ts';
import { createPresenceOperations } from './operations.ts';
import { PhoneWatch } from './phones.ts';
import { DEFAULT_PRESENCE_POLICY, type PresencePolicy } from './policy.ts';
import { refreshPresences } from './refresh.ts';

export { DEFAULT_PRESENCE_POLICY, type PresencePolicy } from './policy.ts';
export { READY, type Readiness, readinessOf } from './readiness.ts';
export { readPresences } from './refresh.ts';

export interface PresenceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly exchange: Pick<Exchange, 'subscribe' | 'deviceState'>;
  /** What is left out keeps its default. @default {@link DEFAULT_PRESENCE_POLICY} */
  readonly policy?: Partial<PresencePolicy> | undefined;
  readonly wrapUpExtended: (callId: string, accountId: string, until: Date) => void;
  readonly timers?: Timers;
  readonly onError: (error: unknown) => void;
}

export interface PresenceDomain extends Domain {
  readonly operations: { readonly presence: Implementation<typeof contract.presence> };
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Settles when all that has happened so far is shown. */
  caughtUp(): Promise<void>;
}

/**
 * What every agent does: derived from what they said, from their calls by the event log, and from their phones by the
 * exchange, so that it is right again after whatever failed.
 */
export function createPresence(options: PresenceOptions): PresenceDomain {
  const { store, onError } = options;
  const policy = { ...DEFAULT_PRESENCE_POLICY, ...options.policy };
  const phones = new PhoneWatch({ ...options, policy });
  const projection = createProjection({
    store,
    name: 'presence',
    types: ['call', 'account', 'supervision'],
    async apply(tx, event) {
      if (event.type === 'account') return void (await refreshPresences(tx, policy, [event.data.id]));
      if (event.type === 'supervision') return void (await refreshPresences(tx, policy, [event.data.supervisor.id]));
      const shownWith = await tx.db
        .selectFrom('presences')
        .select('account_id')
        .where('call_id', '=', event.data.id)
        .execute();
      const concerned = new Set(shownWith.map(({ account_id }) => account_id));
      if (event.data.agent !== null) concerned.add(event.data.agent.id);
      for (const { accountId } of event.data.parties) if (accountId !== null) concerned.add(accountId);
      await refreshPresences(tx, policy, [...concerned]);
    },
    onError,
  });
  return {
    operations: { presence: createPresenceOperations({ ...options, policy }) },
    async start() {
      await projection.start();
      phones.start();
    },
    async stop() {
      await phones.stop();
      await projection.stop();
    },
    async caughtUp() {
      await phones.drained();
      await projection.caughtUp();
    },
  };
}
