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

/** The instruction says of its submission what the ledger says: who, when, and under which number. */
export function checkSubmission(
  order: OrderRecord['order'],
  instruction: Instruction,
  submission: LedgerEntry | undefined,
): Check {
  const name = 'submission';
  const { id, kind } = instruction;
  if (!submission) return { name, ok: false, detail: `no entry tells of the submission of instruction ${id}` };
  const numbered =
    kind === 'withdraw' || (submission.data['number'] === order.number && submission.at === order.submitted_at);
  const same = submission.actor === instruction.agent_id && submission.at === instruction.submitted_at && numbered;
  if (!same)
    return {
      name,
      ok: false,
      detail: `instruction ${id} differs from its submission in entry ${submission.seq}: agent, time or number`,
    };
  return {
    name,
    ok: true,
    detail: `instruction ${id} (${kind}) submitted in entry ${submission.seq} by ${submission.actor}`,
  };
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
    reading.at === instruction.read_back_at &&
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

/** Actions by which the desk says anew what is ordered. */
const WORDED = ['order.drafted', 'order.change-drafted', 'order.edited'];

/** What was ordered never changed between two entries, except where the desk corrected the draft. */
export function checkTerms(orderId: string, lines: readonly LedgerEntry[]): Check {
  const name = 'terms';
  const about = lines.filter((line) => line.subject === `order:${orderId}` && line.data['termsHash'] !== undefined);
  for (const [index, line] of about.entries()) {
    const before = about[index - 1];
    if (before === undefined || WORDED.includes(line.action) || line.data['termsHash'] === before.data['termsHash'])
      continue;
    const detail = `between entry ${before.seq} (${before.action}) and entry ${line.seq} (${line.action}) the terms changed without a correction by the desk`;
    return { name, ok: false, detail };
  }
  const worded = about.filter((line) => WORDED.includes(line.action)).at(-1);
  if (!worded) return { name, ok: false, detail: 'no entry says how the order was worded' };
  return { name, ok: true, detail: `as worded in entry ${worded.seq}` };
}

/** Each fill is one that a dealer noted, and none that was noted is missing. */
export function checkFills({ order, fills }: OrderRecord, lines: readonly LedgerEntry[]): Check {
  const name = 'fills';
  const noted = lines.filter((line) => line.subject === `order:${order.id}` && line.data['fillId'] !== undefined);
  for (const fill of fills) {
    const line = noted.find(({ data }) => data['fillId'] === fill.id);
    if (!line) return { name, ok: false, detail: `no entry tells of fill ${fill.id}` };
    const same =
      line.data['quantity'] === fill.quantity && line.data['rial'] === fill.rial && line.actor === fill.dealer_id;
    if (!same) return { name, ok: false, detail: `fill ${fill.id} differs from what entry ${line.seq} noted` };
  }
  if (noted.length !== fills.length)
    return { name, ok: false, detail: `${noted.length} fills were noted, and ${fills.length} are there` };
  const sum = fills.reduce((total, { quantity }) => total + quantity, 0);
  if (sum !== order.filled_quantity)
    return { name, ok: false, detail: `the fills add up to ${sum}, and the order says ${order.filled_quantity}` };
  return { name, ok: true, detail: `${fills.length} fills, ${sum} in all` };
}
