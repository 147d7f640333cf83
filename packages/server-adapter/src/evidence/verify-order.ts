import type { EvidenceReport } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { RecordingStore } from '../connectors/recordings/recording-store.ts';
import { findOrder, orderHash } from '../orders/index.ts';
import { storedRecordings } from '../recordings/index.ts';
import type { Database } from '../store/schema.ts';
import { checkHeads, type TrustedHeads } from './heads.ts';
import { linesAbout, walkChain } from './ledger-lines.ts';
import {
  type Check,
  checkFills,
  checkReadBack,
  checkSubmission,
  checkTerms,
  checkVerification,
  submissionOf,
} from './order-checks.ts';
import { checkRecording } from './recording-check.ts';

export interface Evidence {
  readonly db: Kysely<Database>;
  readonly files: RecordingStore;
  /** Signed heads that were exported elsewhere: with them a chain that was cut short is found. */
  readonly heads?: TrustedHeads;
}

/**
 * Looks at everything that proves an order (G1): the chain, the order itself, and for each thing that the customer said
 * the verification, the read-back and the recording. The first check that is not `ok` names the first break.
 */
export async function verifyOrder(evidence: Evidence, orderId: string): Promise<EvidenceReport> {
  const { db, files, heads } = evidence;
  const checks: Check[] = [];

  const hashes = new Map<number, string>();
  const wanted = new Set(heads?.heads.map(({ seq }) => seq));
  const { head, broken } = await walkChain(db, (row) => wanted.has(row.seq) && hashes.set(row.seq, row.hash));
  checks.push({ name: 'chain', ok: !broken, detail: broken ? broken.detail : `${head.seq} entries, unbroken` });
  if (heads) checks.push(checkHeads(heads, head, (seq) => hashes.get(seq)));

  const record = await findOrder(db, orderId);
  const instructions = record?.instructions ?? [];
  const recordingIds = instructions.flatMap(({ recording_id }) => recording_id ?? []);
  const lines = await linesAbout(db, [
    `order:${orderId}`,
    ...new Set([
      ...instructions.map(({ call_id }) => `call:${call_id}`),
      ...recordingIds.map((id) => `recording:${id}`),
    ]),
  ]);
  const entries = lines;

  const lastLine = lines.filter(({ subject }) => subject === `order:${orderId}`).at(-1);
  if (!record) {
    const detail = !lastLine
      ? 'no such order, and no entry about one'
      : lastLine.action === 'order.discarded'
        ? `was a draft, dropped in entry ${lastLine.seq}`
        : `the order is gone, and entry ${lastLine.seq} (${lastLine.action}) still tells of it`;
    checks.push({ name: 'order', ok: false, detail });
    return { orderId, proven: false, checks, entries };
  }
  const hash = orderHash(record);
  const intact = lastLine?.data['orderHash'] === hash;
  checks.push({
    name: 'order',
    ok: intact,
    detail: intact
      ? `as sealed in entry ${lastLine.seq} (${record.order.state})`
      : lastLine
        ? `order, instructions or fills differ from what entry ${lastLine.seq} (${lastLine.action}) sealed`
        : 'no entry tells of this order',
  });

  checks.push(checkTerms(orderId, lines), checkFills(record, lines));

  const submitted = instructions.filter(({ state }) => state === 'submitted');
  if (submitted.length === 0)
    checks.push({
      name: 'submission',
      ok: false,
      detail: `the order is ${record.order.state}: it was never submitted`,
    });
  const recordings = await storedRecordings(db, recordingIds);
  for (const instruction of submitted) {
    const submission = submissionOf(instruction, lines);
    checks.push(checkSubmission(record.order, instruction, submission));
    if (!submission) continue;
    checks.push(checkVerification(record.order, instruction, submission, lines));
    checks.push(checkReadBack(instruction, submission, lines));
    const moment = {
      callId: instruction.call_id,
      recordingId: instruction.recording_id,
      offsetMs: instruction.recording_offset_ms,
    };
    checks.push(...(await checkRecording(moment, recordings.get(instruction.recording_id ?? ''), files, lines)));
  }
  return { orderId, proven: checks.every(({ ok }) => ok), checks, entries };
}
