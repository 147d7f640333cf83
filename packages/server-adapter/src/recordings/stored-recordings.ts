import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

/** What is kept of a recording, for whoever proves it. */
export interface StoredRecording {
  readonly id: string;
  readonly callId: string;
  readonly state: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly sha256: string | null;
  /** JSON, as it is stored. */
  readonly gaps: string;
  /** Key in the recording store. */
  readonly file: string | null;
}

export async function storedRecordings(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, StoredRecording>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('recordings').selectAll().where('id', 'in', ids).execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        callId: row.call_id,
        state: row.state,
        startedAt: row.started_at,
        durationMs: row.duration_ms,
        sha256: row.sha256,
        gaps: row.gaps,
        file: row.file,
      },
    ]),
  );
}
