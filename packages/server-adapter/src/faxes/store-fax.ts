import { createHash } from 'node:crypto';
import type { Fax, FaxFailure } from '@callweave/sdk/protocol';
import { FAX_MAX_BYTES } from '@callweave/sdk/protocol';
import { fileKey, type RecordingStore } from '../connectors/recordings/recording-store.ts';
import { type Directory, type DirectoryCustomer, mirrorCustomer } from '../customers/index.ts';
import type { Store, Tx } from '../store/store.ts';
import { FaxDocumentError } from './document/document-error.ts';
import { decodePage, readTiff } from './document/tiff.ts';
import { changeFax, findFax } from './fax-rows.ts';

export interface FaxShelf {
  readonly store: Store;
  readonly files: RecordingStore;
  readonly directory: Pick<Directory, 'findByNumber' | 'findById'>;
  readonly binDays: number;
  /** Something went wrong that no answer reports. */
  readonly onError: (message: string, error: unknown) => void;
}

export interface FaxDocument {
  readonly bytes: Uint8Array;
  readonly format: 'tiff' | 'pdf';
  /** 0 for a PDF: we do not open what others made. */
  readonly pages: number;
  readonly damagedLines: number;
}

/**
 * Looks at what came before it is kept: what is stored can be shown.
 *
 * @throws FaxDocumentError
 */
export async function examineDocument(bytes: Uint8Array): Promise<FaxDocument> {
  if (bytes.length > FAX_MAX_BYTES) throw new FaxDocumentError('too-large', 'The file is larger than is taken.');
  if (isPdf(bytes)) return { bytes, format: 'pdf', pages: 0, damagedLines: 0 };
  const pages = readTiff(bytes);
  let damagedLines = 0;
  for (const page of pages) {
    damagedLines += decodePage(page).damagedLines;
    // A page takes some hundredths of a second; calls must not wait for a thick fax.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { bytes, format: 'tiff', pages: pages.length, damagedLines };
}

function isPdf(bytes: Uint8Array): boolean {
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  return text(0, 5) === '%PDF-' && text(Math.max(0, bytes.length - 1024), bytes.length).includes('%%EOF');
}

/** How a fax came in, told by the line or the provider. */
export interface FaxOutcome {
  readonly stationId?: string;
  readonly failure?: FaxFailure;
  readonly failureDetail?: string;
}

/** Keeps the document, finds whose it is, and shows it. Doing it again changes nothing. */
export async function keepDocument(
  shelf: FaxShelf,
  faxId: string,
  document: FaxDocument,
  outcome: FaxOutcome,
): Promise<Fax | undefined> {
  const row = await findFax(shelf.store.db, faxId);
  if (row === undefined || row.state !== 'receiving') return undefined;
  const key = fileKey('fax', faxId, document.format);
  await shelf.files.put(key, document.bytes);
  const senders = await lookUp(shelf, row.caller_number);
  const sha256 = createHash('sha256').update(document.bytes).digest('hex');
  return shelf.store.write(async (tx) => {
    if ((await findFax(tx.db, faxId))?.state !== 'receiving') return undefined;
    const { format, pages, damagedLines } = document;
    const state = outcome.failure === undefined || outcome.failure === 'outcome-unknown' ? 'received' : 'failed';
    await tx.record({
      actor: 'system',
      action: `fax.${state}`,
      subject: `fax:${faxId}`,
      data: { source: row.source, sha256, pages, bytes: document.bytes.length, failure: outcome.failure ?? null },
    });
    return changeFax(
      tx,
      faxId,
      {
        state,
        finished_at: tx.now.toISOString(),
        format,
        file: key,
        pages,
        damaged_lines: damagedLines,
        sha256,
        ...outcomeColumns(outcome),
        ...(await senderColumns(tx, senders)),
      },
      shelf.binDays,
    );
  });
}

/** Nothing came that could be kept: that is shown too, with the reason. */
export async function keepFailure(shelf: FaxShelf, faxId: string, outcome: FaxOutcome): Promise<void> {
  const row = await findFax(shelf.store.db, faxId);
  if (row === undefined || row.state !== 'receiving') return;
  const senders = await lookUp(shelf, row.caller_number);
  await shelf.store.write(async (tx) => {
    if ((await findFax(tx.db, faxId))?.state !== 'receiving') return;
    await tx.record({
      actor: 'system',
      action: 'fax.failed',
      subject: `fax:${faxId}`,
      data: { source: row.source, failure: outcome.failure ?? null },
    });
    const ended = { state: 'failed', finished_at: tx.now.toISOString(), ...outcomeColumns(outcome) };
    await changeFax(tx, faxId, { ...ended, ...(await senderColumns(tx, senders)) }, shelf.binDays);
  });
}

function outcomeColumns({ stationId = '', failure, failureDetail = '' }: FaxOutcome) {
  return { station_id: stationId.slice(0, 60), failure: failure ?? null, failure_detail: failureDetail.slice(0, 200) };
}

/** By the caller id alone: the line vouches for it, while a station id is whatever somebody typed into a machine. */
async function lookUp(shelf: FaxShelf, number: string): Promise<readonly DirectoryCustomer[]> {
  if (number === '') return [];
  try {
    return await shelf.directory.findByNumber(number);
  } catch (error) {
    // Nobody who could be found is no reason to lose a fax: it can be assigned by hand.
    shelf.onError('The customer base could not be asked whose fax this is.', error);
    return [];
  }
}

async function senderColumns(tx: Tx, senders: readonly DirectoryCustomer[]) {
  for (const sender of senders) await mirrorCustomer(tx, sender);
  const [only] = senders;
  if (senders.length === 1 && only !== undefined) return { customer_id: only.id };
  return { candidates: JSON.stringify(senders.slice(0, 20).map(({ id }) => id)) };
}
