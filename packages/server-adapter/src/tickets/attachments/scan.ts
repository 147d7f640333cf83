import type { Clock } from '../../clock.ts';
import { DeliveryError } from '../../connectors/delivery-error.ts';
import { createOutboxWorker, type OutboxWorker } from '../../connectors/outbox-worker.ts';
import type { RecordingStore } from '../../connectors/recordings/recording-store.ts';
import { type AttachmentScanner, ScannerError, type ScanVerdict } from '../../connectors/scanner/scanner.ts';
import { newId } from '../../id.ts';
import type { Store, Tx } from '../../store/store.ts';
import { publishChange } from '../history.ts';
import { type AttachmentRow, findTicket } from '../rows.ts';
import type { TicketCalls } from '../standing.ts';

const SCAN_OUTBOX = 'ticket-scan';

/** Puts a file before the scanner, in the write that takes it in. */
export async function queueScan(tx: Tx, attachmentId: string): Promise<void> {
  await tx.db
    .insertInto('outbox')
    .values({
      id: newId('scan', tx.now),
      kind: SCAN_OUTBOX,
      subject: `attachment:${attachmentId}`,
      payload: JSON.stringify({ attachmentId }),
      attempts: 0,
      next_at: tx.now.toISOString(),
      delivered_at: null,
      last_error: null,
      created_at: tx.now.toISOString(),
    })
    .execute();
}

export interface ScanWorkerOptions {
  readonly store: Store;
  readonly files: RecordingStore;
  readonly scanner: AttachmentScanner;
  readonly calls: TicketCalls;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  /** For tests: the pauses after failures. */
  readonly backoffMs?: readonly number[];
}

/** Has each file looked at, for as long as that takes: until then nobody can open it. */
export function createScanWorker(options: ScanWorkerOptions): OutboxWorker {
  const { store, files, scanner, calls, clock, onError, backoffMs } = options;
  const find = (db: Tx['db'], attachmentId: string) =>
    db.selectFrom('ticket_attachments').selectAll().where('id', '=', attachmentId).executeTakeFirst();
  const idIn = (payload: string) => (JSON.parse(payload) as { attachmentId: string }).attachmentId;
  /** By attachment, between the scan and the write that keeps what came of it. */
  const verdicts = new Map<string, ScanVerdict>();

  return createOutboxWorker({
    store,
    clock,
    onError,
    ...(backoffMs === undefined ? {} : { backoffMs }),
    handlers: {
      [SCAN_OUTBOX]: {
        async deliver({ payload }, signal) {
          const row = await find(store.db, idIn(payload));
          // Removed by whoever uploaded it, or seen to already.
          if (row?.state !== 'scanning' || row.file === null) return;
          const verdict = await look(scanner, files, row.file, row.bytes, signal);
          if (verdict.result === 'infected') await files.delete(row.file);
          verdicts.set(row.id, verdict);
        },
        async delivered(tx, { payload }) {
          const id = idIn(payload);
          const verdict = verdicts.get(id);
          verdicts.delete(id);
          const row = await find(tx.db, id);
          if (verdict !== undefined && row?.state === 'scanning') await settle(tx, calls, row, verdict);
        },
      },
    },
  });
}

async function look(
  scanner: AttachmentScanner,
  files: RecordingStore,
  file: string,
  size: number,
  signal: AbortSignal,
): Promise<ScanVerdict> {
  const content = {
    size,
    async *open() {
      yield* await files.read(file);
    },
  };
  try {
    return await scanner.scan(content, signal);
  } catch (error) {
    if (!(error instanceof ScannerError)) throw error;
    const retryable = error.fault === 'unreachable' || error.fault === 'timeout';
    throw new DeliveryError(error.message, { retryable, cause: error });
  }
}

/** Keeps what the scanner said, and tells whoever sees the message that the file belongs to. */
async function settle(tx: Tx, calls: TicketCalls, row: AttachmentRow, verdict: ScanVerdict): Promise<void> {
  const infected = verdict.result === 'infected';
  const set = infected
    ? { state: 'infected', scanned: 1 as const, file: null, finding: verdict.finding }
    : { state: 'ready', scanned: verdict.result === 'clean' ? (1 as const) : (0 as const) };
  await tx.db.updateTable('ticket_attachments').set(set).where('id', '=', row.id).execute();
  if (infected)
    await tx.record({
      actor: 'system',
      action: 'attachment.infected',
      subject: `attachment:${row.id}`,
      data: { sha256: row.sha256, finding: verdict.finding },
    });
  if (row.ticket_id === null || row.entry_id === null) return;
  const ticket = await findTicket(tx.db, row.ticket_id);
  const entry = await tx.db.selectFrom('ticket_entries').selectAll().where('id', '=', row.entry_id).executeTakeFirst();
  if (ticket !== undefined && entry !== undefined) await publishChange(tx, calls, ticket, [entry], 'staff');
}
