import type { LegalHold, RecordingPurpose, Retention } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import type { RecordingArchive, RecordingRow } from './archive.ts';
import type { RetentionClock } from './retention-clock.ts';
import { endOfRetention, newestThatMayEnd, type RetentionPolicy } from './retention-policy.ts';
import { publishRecording } from './store-recording.ts';

const PAGE = 200;

export interface RetentionOptions {
  readonly archive: RecordingArchive;
  readonly policy: RetentionPolicy;
  /** As of when it is decided what is over. */
  readonly asOf: RetentionClock;
  /** Of which kind a call was; undefined when it is not known any more. */
  readonly kindOfCall: (db: Tx['db'], callId: string) => Promise<string | undefined>;
  readonly onError: (error: unknown) => void;
}

/** How long recordings are kept, what holds them beyond it, and what ends them. */
export function createRetention({ archive, policy, asOf, kindOfCall, onError }: RetentionOptions) {
  async function purposeOf(db: Tx['db'], row: RecordingRow): Promise<RecordingPurpose> {
    if ((await archive.links.instructionsOf(db, row.id)).length > 0) return 'order';
    return (await kindOfCall(db, row.call_id)) === 'virtual' ? 'virtual' : 'call';
  }

  const endOf = (row: RecordingRow, purpose: RecordingPurpose) =>
    endOfRetention(new Date(Date.parse(row.started_at) + row.duration_ms), policy[purpose]);

  async function holdsOn(db: Tx['db'], recordingId: string): Promise<LegalHold[]> {
    const rows = await db
      .selectFrom('recording_holds')
      .selectAll()
      .where('recording_id', '=', recordingId)
      .orderBy('placed_at')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      reason: row.reason,
      placedBy: row.placed_by,
      placedAt: row.placed_at,
      releasedBy: row.released_by,
      releasedAt: row.released_at,
      releaseReason: row.release_reason,
    }));
  }

  async function show(db: Tx['db'], row: RecordingRow): Promise<Retention> {
    const purpose = await purposeOf(db, row);
    return {
      recordingId: row.id,
      purpose,
      keepUntil: endOf(row, purpose)?.toISOString() ?? null,
      holds: await holdsOn(db, row.id),
    };
  }

  /** Decides in one write, with the holds of that moment: from here on a hold comes too late, and is told so. */
  async function decide(recordingId: string, now: Date): Promise<boolean> {
    return archive.store.write(async (tx) => {
      const row = await tx.db
        .selectFrom('recordings')
        .selectAll()
        .where('id', '=', recordingId)
        .where('state', '=', 'stored')
        .executeTakeFirst();
      if (row === undefined) return false;
      const purpose = await purposeOf(tx.db, row);
      const end = endOf(row, purpose);
      if (end === undefined || end > now) return false;
      if ((await holdsOn(tx.db, row.id)).some(({ releasedAt }) => releasedAt === null)) return false;
      await tx.db.updateTable('recordings').set({ state: 'expired' }).where('id', '=', row.id).execute();
      await tx.record({
        actor: 'system',
        action: 'recording.expired',
        subject: `recording:${row.id}`,
        data: { callId: row.call_id, purpose, keptUntil: end.toISOString(), sha256: row.sha256 },
      });
      await publishRecording(archive, tx, row.id);
      return true;
    });
  }

  /** Also what an earlier run decided and did not get to. */
  async function deleteDecided(stopped: () => boolean): Promise<void> {
    for (let after = ''; !stopped(); ) {
      const rows = await archive.store.db
        .selectFrom('recordings')
        .select(['id', 'file'])
        .where('state', '=', 'expired')
        .where('file', 'is not', null)
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE)
        .execute();
      if (rows.length === 0) return;
      for (const { id, file } of rows) {
        after = id;
        try {
          await archive.files.delete(file ?? '');
          await archive.store.write((tx) =>
            tx.db.updateTable('recordings').set({ file: null }).where('id', '=', id).execute(),
          );
        } catch (error) {
          onError(error);
        }
      }
    }
  }

  return {
    show,

    async hold(tx: Tx, row: RecordingRow, reason: string, by: string): Promise<Retention> {
      if (row.state === 'expired')
        throw new Problem('recording-expired', 'This recording was deleted at the end of its retention.');
      const id = newId('hold', tx.now);
      await tx.db
        .insertInto('recording_holds')
        .values({
          id,
          recording_id: row.id,
          reason,
          placed_by: by,
          placed_at: tx.now.toISOString(),
          released_by: null,
          released_at: null,
          release_reason: null,
        })
        .execute();
      // The reason may name people; the chain keeps ids and facts, and the row keeps the reason.
      await tx.record({
        actor: by,
        action: 'recording.held',
        subject: `recording:${row.id}`,
        data: { holdId: id },
      });
      return show(tx.db, row);
    },

    async release(tx: Tx, row: RecordingRow, holdId: string, reason: string, by: string): Promise<Retention> {
      const hold = (await holdsOn(tx.db, row.id)).find(({ id }) => id === holdId);
      if (hold === undefined) throw new Problem('not-found', `There is no hold ${holdId} on this recording.`);
      if (hold.releasedAt !== null) throw new Problem('conflict', 'This hold is released already.');
      await tx.db
        .updateTable('recording_holds')
        .set({ released_by: by, released_at: tx.now.toISOString(), release_reason: reason })
        .where('id', '=', holdId)
        .execute();
      await tx.record({ actor: by, action: 'recording.released', subject: `recording:${row.id}`, data: { holdId } });
      return show(tx.db, row);
    },

    /** Ends what may end: the row and its lines stay, the file goes. @returns how many */
    async expire(stopped: () => boolean = () => false): Promise<number> {
      let ended = 0;
      const now = await asOf();
      const newest = newestThatMayEnd(now, policy);
      let after = { startedAt: '', id: '' };
      while (newest !== undefined && !stopped()) {
        const { startedAt, id } = after;
        const rows = await archive.store.db
          .selectFrom('recordings')
          .select(['id', 'started_at'])
          .where('state', '=', 'stored')
          .where('started_at', '<=', newest.toISOString())
          .where((eb) =>
            eb.or([eb('started_at', '>', startedAt), eb.and([eb('started_at', '=', startedAt), eb('id', '>', id)])]),
          )
          .orderBy('started_at')
          .orderBy('id')
          .limit(PAGE)
          .execute();
        const last = rows.at(-1);
        if (last === undefined) break;
        after = { startedAt: last.started_at, id: last.id };
        for (const row of rows) if (!stopped() && (await decide(row.id, now))) ended += 1;
      }
      await deleteDecided(stopped);
      return ended;
    },
  };
}

export type RecordingRetention = ReturnType<typeof createRetention>;
