import type { contract, ServicePlanChoice } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { CrmConnector } from '../connectors/crm/crm-connector.ts';
import { createOutboxWorker } from '../connectors/outbox-worker.ts';
import type { Domain } from '../domain.ts';
import type { Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { CRM_OUTBOX, changeRecord, crmSubject, findRecord, queueChoice, toRecord } from './crm-records.ts';
import { type TellCrmOptions, tellCrm } from './tell-crm.ts';

/** The CRM of the house. */
export interface CrmOptions {
  /** `didarCrm`, `webhookCrm`, or one of your own. */
  readonly connector: CrmConnector;
  /** Waits before the second, third, … attempt, in milliseconds; the last one repeats. @default 1 s to 15 min */
  readonly backoffMs?: readonly number[];
}

export interface CreateCrmParts extends Omit<TellCrmOptions, 'connector'> {
  readonly clock: Clock;
  readonly options: CrmOptions | undefined;
  readonly onError: (error: unknown) => void;
}

export interface Crm extends Domain {
  readonly operations: { readonly crm: Implementation<typeof contract.crm> };
  /** Has the CRM told of a choice, in the write that makes or changes it. */
  record(tx: Tx, choice: ServicePlanChoice): Promise<void>;
  /** Tells all that is due now; for tests and for a clean shut-down. */
  drain(): Promise<void>;
}

/** A message that is due within a minute may be on its way just now: it is left alone, so that it does not go twice. */
const SOON_MS = 60_000;

/** What the CRM is told of choices of service, and how far it knows (D4). */
export function createCrm({ options, clock, onError, ...parts }: CreateCrmParts): Crm {
  const { store } = parts;
  const worker =
    options &&
    createOutboxWorker({
      store,
      clock,
      onError,
      ...(options.backoffMs === undefined ? {} : { backoffMs: options.backoffMs }),
      handlers: { [CRM_OUTBOX]: tellCrm({ ...parts, connector: options.connector }) },
    });

  return {
    operations: {
      crm: {
        async list({ customerId, limit }) {
          const rows = store.db.selectFrom('crm_records').selectAll().orderBy('changed_at', 'desc').limit(limit);
          const wanted =
            customerId === undefined
              ? rows.where('state', 'in', ['failed', 'waiting'])
              : rows.where('customer_id', '=', customerId);
          return { records: (await wanted.execute()).map(toRecord), crm: options?.connector.name ?? null };
        },
        retry: {
          async write(tx, { choiceId }, { caller }) {
            const before = await findRecord(tx.db, choiceId);
            if (before === undefined) throw new Problem('not-found', 'The CRM was told of no such choice.');
            if (before.state === 'synced') return toRecord(before);
            await tx.db
              .updateTable('outbox')
              .set({ next_at: tx.now.toISOString() })
              .where('subject', '=', crmSubject(choiceId))
              .where('delivered_at', 'is', null)
              .where('next_at', '>', new Date(tx.now.getTime() + SOON_MS).toISOString())
              .execute();
            await tx.record({ actor: caller.accountId, action: 'crm.retried', subject: `service-choice:${choiceId}` });
            tx.afterCommit(() => worker?.wake());
            return (await changeRecord(tx, choiceId, { state: 'waiting' })) ?? toRecord(before);
          },
        },
      },
    },
    async record(tx, choice) {
      if (worker === undefined) return;
      await queueChoice(tx, choice);
      tx.afterCommit(() => worker.wake());
    },
    start: () => worker?.start(),
    stop: async () => worker?.stop(),
    drain: async () => worker?.drain(),
  };
}
