import type { Device, ServicePlanChoice } from '@callweave/sdk/protocol';
import type { CrmConnector } from '../connectors/crm/crm-connector.ts';
import { DeliveryError } from '../connectors/delivery-error.ts';
import type { OutboxHandler, OutboxMessage } from '../connectors/outbox-worker.ts';
import type { Store } from '../store/store.ts';
import { changeRecord, findRecord } from './crm-records.ts';

type Db = Store['db'];

export interface TellCrmOptions {
  readonly store: Store;
  readonly connector: CrmConnector;
  readonly findChoice: (db: Db, choiceId: string) => Promise<ServicePlanChoice | undefined>;
  readonly findDevice: (db: Db, deviceId: string) => Promise<Device | undefined>;
  readonly contact: (
    db: Db,
    customerId: string,
  ) => Promise<{ readonly name: string; readonly telephone: string | null } | undefined>;
}

/** So many attempts may pass before somebody should look. */
const PATIENCE = 4;

const choiceIdIn = ({ payload }: OutboxMessage) => (JSON.parse(payload) as { choiceId: string }).choiceId;

/** Hands a choice over to the CRM, and keeps beside it how that went. */
export function tellCrm({ store, connector, findChoice, findDevice, contact }: TellCrmOptions): OutboxHandler {
  async function handOver(message: OutboxMessage, signal: AbortSignal): Promise<string | null> {
    // As it stands now, not as it stood then: whatever was delayed, the CRM never goes back to an older state.
    const choice = await findChoice(store.db, choiceIdIn(message));
    if (choice === undefined) return null;
    const device = await findDevice(store.db, choice.deviceId);
    const person = await contact(store.db, choice.customerId);
    const { remoteId } = await connector.record(
      {
        id: message.id,
        reference: choice.id,
        remoteId: (await findRecord(store.db, choice.id))?.remote_id ?? null,
        choice,
        device: {
          id: choice.deviceId,
          brand: device?.brand ?? '',
          model: device?.model ?? '',
          serial: device?.serial ?? null,
        },
        customer: {
          id: choice.customerId,
          name: person?.name ?? choice.customerId,
          telephone: person?.telephone ?? null,
        },
      },
      signal,
    );
    return remoteId;
  }

  return {
    async deliver(message, signal) {
      const id = choiceIdIn(message);
      try {
        const remoteId = await handOver(message, signal);
        // Before the message counts as delivered: if that fails, the next attempt changes this one and makes none.
        if (remoteId !== null) await store.write((tx) => changeRecord(tx, id, { remote_id: remoteId }));
      } catch (error) {
        if (signal.aborted) throw error;
        const lasting = (error instanceof DeliveryError && !error.retryable) || message.attempts >= PATIENCE;
        const problem = (error instanceof DeliveryError ? error.message : 'The CRM could not be told.').slice(0, 300);
        await store.write((tx) =>
          changeRecord(tx, id, { state: lasting ? 'failed' : 'waiting', problem, attempts: message.attempts }),
        );
        throw error;
      }
    },
    async delivered(tx, message) {
      const id = choiceIdIn(message);
      const record = await findRecord(tx.db, id);
      // More has happened to it meanwhile: that message comes next.
      if (record?.message_id !== message.id) return;
      await changeRecord(tx, id, {
        state: 'synced',
        problem: null,
        attempts: message.attempts,
        synced_at: tx.now.toISOString(),
      });
    },
  };
}
