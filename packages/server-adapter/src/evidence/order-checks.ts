import type { LedgerEntry } from '@callweave/sdk/protocol';
import type { OrderRecord } from '../orders/index.ts';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

type Instruction = OrderRecord['instructions'][number];

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** The line by which an instruction was submitted; everything that seals it must stand before this line. */
export function submissionOf(instruction: Instruction, lines: readonly LedgerEntry[]): LedgerEntry | undefined {
  const action = instruction.kind === 'withdraw' ? 'order.withdrawn' : 'order.submitted';
  return lines.find(
    (line) =>
      line.action === action &&
      line.subject === `order:${instruction.order_id}` &&
      line.data['instructionId'] === instruction.id,
  );
}

/** The customer was verified in that call, and still was when the instruction was submitted. */
export function checkVerification(
  order: OrderRecord['order'],
  instruction: Instruction,
  submission: LedgerEntry,
  lines: readonly LedgerEntry[],
): Check {
  const name = 'verification';
  const steps = ['verification.passed', 'verification.failed', 'verification.locked', 'verification.expired'];
  const last = lines
    .filter(
      (line) =>
        line.subject === `call:${instruction.call_id}` && line.seq < submission.seq && steps.includes(line.action),
    )
    .at(-1);
  if (!last)
    return {
      name,
      ok: false,
      detail: `no verification is on record for call ${instruction.call_id} before entry ${submission.seq}`,
    };
  if (last.action !== 'verification.passed')
    return {
      name,
      ok: false,
      detail: `entry ${last.seq} says ${last.action} before the submission in entry ${submission.seq}`,
    };
  if (last.data['customerId'] !== order.customer_id)
    return { name, ok: false, detail: `entry ${last.seq} verified another customer` };
  const expiresAt = text(last.data['expiresAt']);
  if (expiresAt !== undefined && expiresAt <= submission.at)
    return { name, ok: false, detail: `the verification of entry ${last.seq} had expired at ${expiresAt}` };
  return { name, ok: true, detail: `passed in entry ${last.seq}, before the submission in entry ${submission.seq}` };
}

/** The instruction was read back after its last change, at the moment in the recording that it names. */
export function checkReadBack(instruction: Instruction, submission: LedgerEntry, lines: readonly LedgerEntry[]): Check {
  const name = 'read-back';
  const about = lines.filter((line) => line.subject === `order:${instruction.order_id}` && line.seq < submission.seq);
  const reading = about
    .filter((line) => line.action === 'order.read-back' && line.data['instructionId'] === instruction.id)
    .at(-1);
  if (!reading)
    return {
      name,
      ok: false,
      detail: `no read-back of instruction ${instruction.id} is on record before entry ${submission.seq}`,
    };
  const edit = about.filter((line) => line.action === 'order.edited' && line.seq > reading.seq).at(-1);
  if (edit)
    return {
      name,
      ok: false,
      detail: `entry ${edit.seq} changed the terms after the read-back in entry ${reading.seq}`,
    };
  const same =
    reading.data['recordingId'] === instruction.recording_id &&
    reading.data['recordingOffsetMs'] === instruction.recording_offset_ms &&
    reading.data['callId'] === instruction.call_id;
  if (!same)
    return {
      name,
      ok: false,
      detail: `instruction ${instruction.id} names another moment than its read-back in entry ${reading.seq}`,
    };
  return {
    name,
    ok: true,
    detail: `read back in entry ${reading.seq}, ${instruction.recording_offset_ms} ms into recording ${instruction.recording_id}`,
  };
}
