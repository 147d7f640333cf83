import { createHash } from 'node:crypto';
import { fileKey } from '../connectors/recordings/recording-store.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { concernedAccounts, type RecordingArchive, toRecording } from './archive.ts';
import { assembleTracks, type TrackSound } from './assemble.ts';
import type { Gap, Track } from './recorder.ts';

/**
 * Fetches the tracks, joins them, keeps the file and seals its hash in the ledger. Doing it again is harmless, so it can
 * be repeated after a crash. A track that cannot be had becomes a gap that everyone sees; only when no track at all can
 * be had does the recording fail.
 */
export async function storeRecording(
  archive: RecordingArchive,
  recordingId: string,
  fetchTrack: (name: string) => Promise<Uint8Array>,
): Promise<'stored' | 'failed'> {
  const { store, files } = archive;
  const row = await store.db.selectFrom('recordings').selectAll().where('id', '=', recordingId).executeTakeFirst();
  if (!row) throw new Problem('not-found', `There is no recording ${recordingId}.`);
  if (row.state === 'stored') return 'stored';

  const tracks = JSON.parse(row.tracks) as Track[];
  const sounds: TrackSound[] = [];
  const missing: string[] = [];
  for (const track of tracks) {
    try {
      const wav = await fetchTrack(track.name);
      // Read here, so that one broken track does not take the others with it.
      assembleTracks([{ ...track, wav }]);
      sounds.push({ role: track.role, offsetMs: track.offsetMs, wav });
    } catch {
      missing.push(track.role);
    }
  }
  if (sounds.length === 0) {
    await store.write(async (tx) => {
      await tx.db.updateTable('recordings').set({ state: 'failed' }).where('id', '=', recordingId).execute();
      await tx.record({
        actor: 'system',
        action: 'recording.failed',
        subject: `recording:${recordingId}`,
        data: { callId: row.call_id, tracks: tracks.length },
      });
      await publishRecording(archive, tx, recordingId);
    });
    return 'failed';
  }

  const { wav, durationMs } = assembleTracks(sounds);
  const sha256 = createHash('sha256').update(wav).digest('hex');
  const key = fileKey('recording', recordingId);
  await files.put(key, wav);
  await store.write(async (tx) => {
    const current = await tx.db
      .selectFrom('recordings')
      .selectAll()
      .where('id', '=', recordingId)
      .executeTakeFirstOrThrow();
    if (current.state === 'stored') return;
    const gaps: Gap[] = [
      ...(JSON.parse(current.gaps) as Gap[]),
      ...missing.map((role) => ({ fromMs: 0, toMs: durationMs, reason: `track-missing:${role}` })),
    ];
    await tx.db
      .updateTable('recordings')
      .set({ state: 'stored', duration_ms: durationMs, sha256, file: key, gaps: JSON.stringify(gaps), waiting: null })
      .where('id', '=', recordingId)
      .execute();
    await tx.record({
      actor: 'system',
      action: 'recording.stored',
      subject: `recording:${recordingId}`,
      data: { callId: row.call_id, startedAt: row.started_at, sha256, durationMs, bytes: wav.length, gaps },
    });
    await publishRecording(archive, tx, recordingId);
  });
  return 'stored';
}

/** Tells the pages of everyone whom the recording concerns of its present state. */
export async function publishRecording(archive: RecordingArchive, tx: Tx, recordingId: string): Promise<void> {
  const row = await tx.db.selectFrom('recordings').selectAll().where('id', '=', recordingId).executeTakeFirstOrThrow();
  const linked = await archive.links.instructionsOf(tx.db, recordingId);
  const accounts = await concernedAccounts(archive, tx.db, row, linked);
  await tx.publish({ type: 'recording', data: toRecording(row, linked) }, [
    'role:supervisor',
    'role:manager',
    ...Array.from(accounts, (id) => `account:${id}` as const),
  ]);
}
