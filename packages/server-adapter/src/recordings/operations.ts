import type { contract } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { logListening } from '../listening/index.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import {
  concernedAccounts,
  type LinkedInstruction,
  type RecordingArchive,
  type RecordingRow,
  toRecording,
} from './archive.ts';
import type { RecordingLinksSigner } from './links.ts';
import type { RecordingRetention } from './retention.ts';
import { assertStored, serveFile } from './serve-file.ts';

/** One line in the listening log covers the many range requests of a player within this time. */
const LISTENING_MS = 60_000;

export interface RecordingParts {
  readonly archive: RecordingArchive;
  readonly clock: Clock;
  readonly signer: RecordingLinksSigner;
  readonly retention: RecordingRetention;
  /** Whether this account may still give recordings out: active, supervisor or manager. */
  readonly isWarden: (db: Tx['db'], accountId: string) => Promise<boolean>;
}

/** The contract's `recordings`: see a recording, listen to it (and be seen listening, G8), give it out, keep it. */
export function createRecordings(parts: RecordingParts): Implementation<typeof contract.recordings> {
  const { archive, clock, signer, retention } = parts;
  const listened = new Map<string, number>();
  const unknown = (recordingId: string) => new Problem('not-found', `There is no recording ${recordingId}.`);

  async function find(db: Tx['db'], recordingId: string): Promise<RecordingRow> {
    const row = await db.selectFrom('recordings').selectAll().where('id', '=', recordingId).executeTakeFirst();
    if (row === undefined) throw unknown(recordingId);
    return row;
  }

  async function load(
    recordingId: string,
    caller: Caller,
  ): Promise<{ row: RecordingRow; linked: readonly LinkedInstruction[] }> {
    const { db } = archive.store;
    const row = await find(db, recordingId);
    const linked = await archive.links.instructionsOf(db, row.id);
    // The same answer for what is not there and what is not theirs: ids cannot be probed.
    if (!(await mayListen(caller, row, linked))) throw unknown(recordingId);
    return { row, linked };
  }

  async function mayListen(caller: Caller, row: RecordingRow, linked: readonly LinkedInstruction[]): Promise<boolean> {
    if (caller.roles.includes('supervisor') || caller.roles.includes('manager')) return true;
    return (await concernedAccounts(archive, archive.store.db, row, linked)).has(caller.accountId);
  }

  /** @param again what tells one playing from another: of the many requests of one, the first is noted */
  async function note(
    kind: 'recording' | 'download',
    actor: string,
    row: RecordingRow,
    { again, reason = '' }: { again: string | undefined; reason?: string | undefined },
  ): Promise<void> {
    const key = `${kind} ${actor} ${row.id} ${again}`;
    const now = Date.now();
    for (const [old, at] of listened) if (now - at > LISTENING_MS) listened.delete(old);
    if (again !== undefined && listened.has(key)) return;
    await archive.store.write(async (tx) => {
      const [agentId = null] = await archive.links.agentsOf(tx.db, row.call_id);
      await logListening(tx, { kind, accountId: actor, callId: row.call_id, recordingId: row.id, agentId, reason });
    });
    listened.set(key, now);
  }

  return {
    async get({ recordingId }, { caller }) {
      const { row, linked } = await load(recordingId, caller);
      return toRecording(row, linked);
    },

    async audio({ recordingId, reason }, { caller, request }) {
      const { row } = await load(recordingId, caller);
      return serveFile(archive, row, request, {
        disposition: 'inline',
        note: () => note('recording', caller.accountId, row, { again: '', reason }),
      });
    },

    link: {
      async write(tx, { recordingId, reason, minutes }, { caller }) {
        const row = await find(tx.db, recordingId);
        assertStored(row);
        const expiresAt = new Date(clock.now().getTime() + minutes * 60_000);
        const token = await signer.issue(tx.db, { recordingId, accountId: caller.accountId, expiresAt });
        await tx.record({
          actor: caller.accountId,
          action: 'recording.link-given',
          subject: `recording:${recordingId}`,
          data: { callId: row.call_id, expiresAt: expiresAt.toISOString(), reason },
        });
        return { path: `/recordings/${recordingId}/file?token=${token}`, expiresAt: expiresAt.toISOString() };
      },
    },

    async file({ recordingId, token }, { request }) {
      const { accountId } = await signer.open(recordingId, token);
      if (!(await parts.isWarden(archive.store.db, accountId)))
        throw new Problem('recording-link-over', 'Who gave this link out may not do so any more.');
      const row = await find(archive.store.db, recordingId);
      return serveFile(archive, row, request, {
        disposition: 'attachment',
        // Every download; the pieces of one that is fetched in parts, or taken up again, are one.
        note: (part) => note('download', accountId, row, { again: part === 'beginning' ? undefined : token }),
      });
    },

    revokeLinks: {
      async write(tx, { reason }, { caller }) {
        const epoch = await signer.revokeAll(tx);
        await tx.record({
          actor: caller.accountId,
          action: 'recording.links-revoked',
          subject: 'recordings',
          data: { epoch, reason },
        });
        return {};
      },
    },

    async retention({ recordingId }) {
      return retention.show(archive.store.db, await find(archive.store.db, recordingId));
    },

    hold: {
      write: async (tx, { recordingId, reason }, { caller }) =>
        retention.hold(tx, await find(tx.db, recordingId), reason, caller.accountId),
    },

    release: {
      write: async (tx, { recordingId, holdId, reason }, { caller }) =>
        retention.release(tx, await find(tx.db, recordingId), holdId, reason, caller.accountId),
    },
  };
}
