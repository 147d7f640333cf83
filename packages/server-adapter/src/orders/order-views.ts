import type { Fill, Instruction, Order, OrderTerms } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { customerSummaries } from '../customers/index.ts';
import { instrumentsByCode } from '../instruments/index.ts';
import type { Database } from '../store/schema.ts';
import type { FillRow, InstructionRow, OrderRecord } from './order-records.ts';
import type { OrdersOptions } from './orders-context.ts';

export const termsOf = (record: OrderRecord): OrderTerms => JSON.parse(record.order.terms) as OrderTerms;

const toInstruction = (row: InstructionRow): Instruction => ({
  id: row.id,
  kind: row.kind as Instruction['kind'],
  callId: row.call_id,
  agentId: row.agent_id,
  state: row.state as Instruction['state'],
  readBackAt: row.read_back_at,
  submittedAt: row.submitted_at,
  recordingId: row.recording_id,
  recordingOffsetMs: row.recording_offset_ms,
});

const toFill = (row: FillRow): Fill => ({
  quantity: row.quantity,
  rial: row.rial,
  at: row.at,
  dealerId: row.dealer_id,
});

/** Orders as the contract shows them. */
export async function showOrders(
  options: Pick<OrdersOptions, 'accountNames'>,
  db: Kysely<Database>,
  records: readonly OrderRecord[],
): Promise<Order[]> {
  const rows = records.map(({ order }) => order);
  const customers = await customerSummaries(
    db,
    rows.map(({ customer_id }) => customer_id),
  );
  const instruments = await instrumentsByCode(
    db,
    rows.map(({ instrument_code }) => instrument_code),
  );
  const dealers = await options.accountNames(
    db,
    rows.flatMap(({ claimed_by }) => claimed_by ?? []),
  );
  return records.map((record) => {
    const { order } = record;
    const instrument = instruments.get(order.instrument_code);
    return {
      id: order.id,
      number: order.number,
      customer: customers.get(order.customer_id) ?? {
        id: order.customer_id,
        name: order.customer_id,
        username: '',
        kind: 'both',
      },
      section: order.section as Order['section'],
      instrument: {
        code: order.instrument_code,
        symbol: instrument?.symbol ?? order.instrument_code,
        name: instrument?.name ?? order.instrument_code,
        kind: instrument?.kind ?? (order.section === 'commodity' ? 'commodity' : 'share'),
      },
      terms: termsOf(record),
      state: order.state as Order['state'],
      branch: order.branch,
      filledQuantity: order.filled_quantity,
      fills: record.fills.map(toFill),
      claimedBy:
        order.claimed_by === null
          ? null
          : { id: order.claimed_by, name: dealers.get(order.claimed_by) ?? order.claimed_by },
      reason: order.reason,
      replaces: order.replaces,
      replacedBy: order.replaced_by,
      instructions: record.instructions.map(toInstruction),
      createdAt: order.created_at,
      submittedAt: order.submitted_at,
      updatedAt: order.updated_at,
    };
  });
}
