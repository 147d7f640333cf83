import { Problem } from '../../problem.ts';
import type { Tx } from '../../store/store.ts';
import type { TicketPolicy } from '../policy.ts';
import type { EntryRow } from '../rows.ts';

/** Gives files that somebody has uploaded to the entry that they have written: only their own, and each to one entry. */
export async function attach(
  tx: Tx,
  entry: EntryRow | undefined,
  attachmentIds: readonly string[],
  accountId: string,
  { maxFiles }: TicketPolicy,
): Promise<void> {
  const ids = [...new Set(attachmentIds)];
  if (entry === undefined || ids.length === 0) return;
  if (ids.length > maxFiles)
    throw new Problem('invalid-input', `A message has at most ${maxFiles} files.`, {
      fields: [{ path: 'attachmentIds', message: `must have at most ${maxFiles}` }],
    });
  const { numUpdatedRows } = await tx.db
    .updateTable('ticket_attachments')
    .set({ entry_id: entry.id, ticket_id: entry.ticket_id })
    .where('id', 'in', ids)
    .where('account_id', '=', accountId)
    .where('entry_id', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== BigInt(ids.length))
    throw new Problem('attachment-unknown', 'One of the files is not there any more, or was sent already.');
}
