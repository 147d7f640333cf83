import type { Recording } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import type { Database } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

/** What orders know of a recording: where each instruction stands in it, and who dealt with them. */
export interface LinkedInstruction {
  readonly orderId: string;
  readonly instructionId: string;
  readonly label: string;
  readonly offsetMs: number;
  readonly agentId: string;
  /** Dealers who had the order. */
  readonly dealerIds: readonly string[];
}

/** What recordings ask of other domains; the adapter ties it. */
export interface RecordingLinks {
  instructionsOf(db: Kysely<Database>, recordingId: string): Promise<readonly LinkedInstruction[]>;
  /** Everyone who spoke for the house in this call. */
  agentsOf(db: Kysely<Database>, callId: string): Promise<readonly string[]>;
}

/** The finished recordings: rows in the store, sound in the recording store, links to calls and orders. */
export interface RecordingArchive {
  readonly store: Store;
  readonly files: RecordingStore;
  readonly links: RecordingLinks;
}

export type RecordingRow = Database['recordings'];

export function toRecording(row: RecordingRow, linked: readonly LinkedInstruction[]): Recording {
  return {
    id: row.id,
    callId: row.call_id,
    state: row.state as Recording['state'],
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    sha256: row.sha256,
    waiting: row.waiting as Recording['waiting'],
    gaps: JSON.parse(row.gaps) as Recording['gaps'],
    markers: linked.map(({ orderId, instructionId, label, offsetMs }) => ({ orderId, instructionId, label, offsetMs })),
  };
}

/** The accounts that a recording concerns; supervisors and managers come on top. */
export async function concernedAccounts(
  archive: RecordingArchive,
  db: Kysely<Database>,
  row: RecordingRow,
  linked: readonly LinkedInstruction[],
): Promise<Set<string>> {
  const agents = await archive.links.agentsOf(db, row.call_id);
  return new Set([...agents, ...linked.flatMap(({ agentId, dealerIds }) => [agentId, ...dealerIds])]);
}
