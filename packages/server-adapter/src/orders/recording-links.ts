import type { Kysely } from 'kysely';
import { instrumentsByCode } from '../instruments/index.ts';
import type { LinkedInstruction } from '../recordings/index.ts';
import type { Database } from '../store/schema.ts';
import { recordsOf } from './order-records.ts';

/** The instructions whose read-back stands in this recording, in the order in which they were read. */
export async function instructionsInRecording(db: Kysely<Database>, recordingId: string): Promise<LinkedInstruction[]> {
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where('id', 'in', db.selectFrom('instructions').select('order_id').where('recording_id', '=', recordingId))
    .execute();
  const records = await recordsOf(db, rows);
  const instruments = await instrumentsByCode(
    db,
    rows.map(({ instrument_code }) => instrument_code),
  );
  return records
    .flatMap(({ order, instructions, fills }) =>
      instructions
        .filter(({ recording_id }) => recording_id === recordingId)
        .map((instruction) => ({
          orderId: order.id,
          instructionId: instruction.id,
          label: [order.number || undefined, instruments.get(order.instrument_code)?.symbol ?? order.instrument_code]
            .filter(Boolean)
            .join(' · '),
          offsetMs: instruction.recording_offset_ms ?? 0,
          agentId: instruction.agent_id,
          dealerIds: [
            ...new Set([
              ...(order.claimed_by === null ? [] : [order.claimed_by]),
              ...fills.map(({ dealer_id }) => dealer_id),
            ]),
          ],
        })),
    )
    .sort((a, b) => a.offsetMs - b.offsetMs);
}
