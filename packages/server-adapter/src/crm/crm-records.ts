import type { CrmRecord, ServicePlanChoice } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import type { Database } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';

export const CRM_OUTBOX = 'crm';

type CrmRow = Database['crm_records'];

export const crmSubject = (choiceId: string): string => `crm:${choiceId}`;

export function toRecord(row: CrmRow): CrmRecord {
  return {
    id: row.id,
    deviceId: row.device_id,
    customerId: row.customer_id,
    state: row.state as CrmRecord['state'],
    problem: row.problem,
    attempts: row.attempts,
    remoteId: row.remote_id,
    changedAt: row.changed_at,
    syncedAt: row.synced_at,
  };
}

export const findRecord = (db: Store['db'], choiceId: string): Promise<CrmRow | undefined> =>
  db.selectFrom('crm_records').selectAll().where('id', '=', choiceId).executeTakeFirst();

/** In the write of the choice itself: what was chosen and the message that says so are there both, or neither is. */
export async function queueChoice(tx: Tx, choice: ServicePlanChoice): Promise<void> {
  const messageId = newId('crm', tx.now);
  const now = tx.now.toISOString();
  await tx.db
    .insertInto('outbox')
    .values({
      id: messageId,
      kind: CRM_OUTBOX,
      subject: crmSubject(choice.id),
      payload: JSON.stringify({ choiceId: choice.id }),
      attempts: 0,
      next_at: now,
      delivered_at: null,
      last_error: null,
      created_at: now,
    })
    .execute();
  const set = { state: 'waiting', message_id: messageId, problem: null, attempts: 0, changed_at: now };
  const before = await findRecord(tx.db, choice.id);
  if (before === undefined)
    await tx.db
      .insertInto('crm_records')
      .values({
        id: choice.id,
        device_id: choice.deviceId,
        customer_id: choice.customerId,
        ...set,
        remote_id: null,
        synced_at: null,
      })
      .execute();
  await changeRecord(tx, choice.id, set);
}

/** Writes how far the CRM knows, and tells the staff: a buyer has nothing to do with it. */
export async function changeRecord(tx: Tx, choiceId: string, set: Partial<CrmRow>): Promise<CrmRecord | undefined> {
  const row = await tx.db
    .updateTable('crm_records')
    .set(set)
    .where('id', '=', choiceId)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const record = toRecord(row);
  await tx.publish({ type: 'crm-record', data: record }, [
    'role:manager',
    'role:supervisor',
    'role:agent',
    'role:technician',
  ]);
  return record;
}
