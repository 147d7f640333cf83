import type { PauseReason } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import type { TrackRole } from './assemble.ts';

/** A track at the exchange: what one side says, from `offsetMs` after the recording began. */
export interface Track {
  /** The name under which the exchange keeps it. */
  readonly name: string;
  readonly role: TrackRole;
  readonly offsetMs: number;
}

/** A time in which nothing was recorded, and why: `pin-entry`, `exchange-lost`, `track-missing`. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: string;
}

/** Notes that a call is being recorded from now. Offsets of tracks, gaps and instructions count from `startedAt`. */
export async function startRecording(
  tx: Tx,
  options: { readonly callId: string; readonly startedAt: Date },
): Promise<string> {
  const id = newId('recording', tx.now);
  const startedAt = options.startedAt.toISOString();
  await tx.db
    .insertInto('recordings')
    .values({
      id,
      call_id: options.callId,
      state: 'recording',
      started_at: startedAt,
      duration_ms: 0,
      sha256: null,
      gaps: '[]',
      tracks: '[]',
      pause_reason: null,
      paused_at: null,
      file: null,
      waiting: null,
    })
    .execute();
  await tx.record({
    actor: 'system',
    action: 'recording.started',
    subject: `recording:${id}`,
    data: { callId: options.callId, startedAt },
  });
  return id;
}

/** Adds a track; adding the same name again changes nothing. */
export async function addTrack(tx: Tx, recordingId: string, track: Track): Promise<void> {
  const row = await unfinished(tx, recordingId);
  const tracks = JSON.parse(row.tracks) as Track[];
  if (tracks.some(({ name }) => name === track.name)) return;
  tracks.push({ name: track.name, role: track.role, offsetMs: Math.round(track.offsetMs) });
  await tx.db
    .updateTable('recordings')
    .set({ tracks: JSON.stringify(tracks) })
    .where('id', '=', recordingId)
    .execute();
}

export async function addGap(tx: Tx, recordingId: string, gap: Gap): Promise<void> {
  const row = await unfinished(tx, recordingId);
  const noted: Gap = { fromMs: Math.round(gap.fromMs), toMs: Math.round(gap.toMs), reason: gap.reason };
  const gaps = [...(JSON.parse(row.gaps) as Gap[]), noted];
  await tx.db
    .updateTable('recordings')
    .set({ gaps: JSON.stringify(gaps) })
    .where('id', '=', recordingId)
    .execute();
  await tx.record({
    actor: 'system',
    action: 'recording.gap',
    subject: `recording:${recordingId}`,
    data: { ...noted },
  });
}

/** The call has ended, or recording stopped: what there is waits to be assembled by `storeRecording`. */
export async function finishRecording(tx: Tx, recordingId: string): Promise<void> {
  await unfinished(tx, recordingId);
  await tx.db.updateTable('recordings').set({ state: 'storing' }).where('id', '=', recordingId).execute();
}

async function unfinished(tx: Tx, recordingId: string) {
  const row = await tx.db.selectFrom('recordings').selectAll().where('id', '=', recordingId).executeTakeFirst();
  if (!row) throw new Problem('not-found', `There is no recording ${recordingId}.`);
  if (row.state === 'stored')
    throw new Problem('conflict', `The recording ${recordingId} is stored and cannot change any more.`);
  return row;
}

/** `paused` while nothing may be kept (PIN entry); `failed` when a side is not being recorded: orders are refused then. */
export async function setRecordingState(
  tx: Tx,
  recordingId: string,
  state: 'recording' | 'paused' | 'failed',
  pause?: { readonly since: Date; readonly reason: PauseReason },
): Promise<void> {
  const row = await unfinished(tx, recordingId);
  if (row.state === state) return;
  await tx.db
    .updateTable('recordings')
    .set({ state, pause_reason: pause?.reason ?? null, paused_at: pause?.since.toISOString() ?? null })
    .where('id', '=', recordingId)
    .execute();
  await tx.record({
    actor: 'system',
    action: `recording.${state === 'recording' ? 'continued' : state}`,
    subject: `recording:${recordingId}`,
    data: { callId: row.call_id, ...(pause && { reason: pause.reason }) },
  });
}

export interface UnfinishedRecording {
  readonly id: string;
  readonly callId: string;
  readonly startedAt: Date;
  readonly state: string;
  readonly tracks: readonly Track[];
  /** While nothing is kept. */
  readonly pause: { readonly since: Date; readonly reason: PauseReason } | undefined;
}

/** Recordings whose tracks were not assembled yet: of running calls, and of calls that ended while the adapter did. */
export async function unfinishedRecordings(db: Tx['db']): Promise<UnfinishedRecording[]> {
  const rows = await db
    .selectFrom('recordings')
    .selectAll()
    .where('state', 'in', ['recording', 'paused', 'storing'])
    .orderBy('started_at')
    .execute();
  return rows.map(toUnfinished);
}

export async function findUnfinished(db: Tx['db'], recordingId: string): Promise<UnfinishedRecording | undefined> {
  const row = await db
    .selectFrom('recordings')
    .selectAll()
    .where('id', '=', recordingId)
    .where('state', '!=', 'stored')
    .executeTakeFirst();
  return row === undefined ? undefined : toUnfinished(row);
}

/** Names under which the exchange may still keep copies of what is stored. */
export async function storedTracks(db: Tx['db'], callIds: readonly string[]): Promise<string[]> {
  if (callIds.length === 0) return [];
  const rows = await db
    .selectFrom('recordings')
    .select('tracks')
    .where('call_id', 'in', callIds)
    .where('state', '=', 'stored')
    .execute();
  return rows.flatMap(({ tracks }) => (JSON.parse(tracks) as Track[]).map(({ name }) => name));
}

function toUnfinished(row: {
  id: string;
  call_id: string;
  started_at: string;
  state: string;
  tracks: string;
  pause_reason: string | null;
  paused_at: string | null;
}): UnfinishedRecording {
  return {
    id: row.id,
    callId: row.call_id,
    startedAt: new Date(row.started_at),
    state: row.state,
    tracks: JSON.parse(row.tracks) as Track[],
    pause:
      row.state === 'paused'
        ? { since: new Date(row.paused_at ?? row.started_at), reason: (row.pause_reason ?? 'pin') as PauseReason }
        : undefined,
  };
}
