import type { Tx } from '../store/store.ts';
import type { Goals } from './goals.ts';
import { type Author, changeTicket, entryRows, lifeAfter, publishChange } from './history.ts';
import type { TicketParts } from './parts.ts';
import type { Db } from './rows.ts';

export interface CloseOfDevice {
  readonly deviceId: string;
  readonly note: string;
  readonly by: Author;
}

const ofDevice = (db: Db, deviceId: string) =>
  db.selectFrom('tickets').where('device_id', '=', deviceId).where('closed', '=', 0);

export async function countOpenOfDevice(db: Db, deviceId: string): Promise<number> {
  const { count } = await ofDevice(db, deviceId)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Closes what is open of a device, each with a note that its customer can read. */
export async function closeOfDevice(
  tx: Tx,
  { parts, goals }: { readonly parts: TicketParts; readonly goals: Goals },
  { deviceId, note, by }: CloseOfDevice,
): Promise<void> {
  for (const row of await ofDevice(tx.db, deviceId).selectAll().orderBy('id').execute()) {
    const entries = entryRows(tx, row, [{ kind: 'closed', by, text: note }]);
    const columns = {
      ...lifeAfter(row, 'close', 'staff'),
      ...goals.settled(row, tx.now, true),
      closed_at: tx.now.toISOString(),
      closed_by: by.id,
      closed_name: by.name,
    };
    const changed = await changeTicket(tx, row, columns, entries);
    await tx.record({ actor: by.id, action: 'ticket.closed', subject: `ticket:${row.id}`, data: { side: 'staff' } });
    await publishChange(tx, parts.calls, changed, entries, 'staff');
  }
}
