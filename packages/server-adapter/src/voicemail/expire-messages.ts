import { endOfRetention, type KeepFor, newestThatMayEnd, type RetentionClock } from '../recordings/index.ts';
import { publishMessage } from './message-rows.ts';
import type { VoicemailShelf } from './shelf.ts';

const PAGE = 200;

export interface VoicemailRetention {
  readonly keep: KeepFor;
  /** As of when it is decided what is over. */
  readonly asOf: RetentionClock;
  /** What is stopped goes on at the next run. */
  readonly stopped?: () => boolean;
}

/**
 * Ends messages whose time is over: the sound goes, the row and a line of the ledger stay. Decided in one write each, deleted
 * after it, so that nothing shown leads to a missing file and nothing is forgotten when the disk cannot be written.
 *
 * @returns how many
 */
export async function expireMessages(shelf: VoicemailShelf, retention: VoicemailRetention): Promise<number> {
  const { keep, asOf, stopped = () => false } = retention;
  const { store } = shelf;
  const now = await asOf();
  const newest = newestThatMayEnd(now, { voicemail: keep });
  let ended = 0;
  for (let after = ''; newest !== undefined && !stopped(); ) {
    const rows = await store.db
      .selectFrom('voicemail_messages')
      .select(['id'])
      .where('state', 'in', ['stored', 'failed'])
      .where('file', 'is not', null)
      .where('started_at', '<=', newest.toISOString())
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
    for (const { id } of rows) if (!stopped() && (await decide(shelf, id, keep, now))) ended += 1;
  }
  await deleteDecided(shelf, stopped);
  return ended;
}

async function decide(shelf: VoicemailShelf, id: string, keep: KeepFor, now: Date): Promise<boolean> {
  return shelf.store.write(async (tx) => {
    const row = await tx.db
      .selectFrom('voicemail_messages')
      .selectAll()
      .where('id', '=', id)
      .where('state', 'in', ['stored', 'failed'])
      .executeTakeFirst();
    if (row === undefined) return false;
    const end = endOfRetention(new Date(Date.parse(row.started_at) + row.duration_ms), keep);
    if (end === undefined || end > now) return false;
    await tx.db.updateTable('voicemail_messages').set({ state: 'expired' }).where('id', '=', id).execute();
    await tx.record({
      actor: 'system',
      action: 'voicemail.expired',
      subject: `voicemail:${id}`,
      data: { keptUntil: end.toISOString(), sha256: row.sha256 },
    });
    await publishMessage(shelf, tx, id);
    return true;
  });
}

/** Also what an earlier run decided and did not get to. */
async function deleteDecided({ store, files, onError }: VoicemailShelf, stopped: () => boolean): Promise<void> {
  const rows = await store.db
    .selectFrom('voicemail_messages')
    .select(['id', 'file'])
    .where('state', '=', 'expired')
    .where('file', 'is not', null)
    .orderBy('id')
    .execute();
  for (const { id, file } of rows) {
    if (stopped()) return;
    try {
      await files.delete(file ?? '');
      await store.write((tx) =>
        tx.db.updateTable('voicemail_messages').set({ file: null }).where('id', '=', id).execute(),
      );
    } catch (error) {
      onError(`The sound of message ${id} was not deleted at the end of their time; it is tried again.`, error);
    }
  }
}
