import type { Call, Instruction, Order } from '@callweave/sdk/protocol';

/** One line of the sheet: an order with the instruction that the customer gave in this call. */
export interface RequestRow {
  readonly order: Order;
  readonly instruction: Instruction;
}

/** What the customer asked for in this call, in the order of asking. */
export function rowsOf(orders: readonly Order[], callId: string): readonly RequestRow[] {
  return orders
    .flatMap((order) =>
      order.instructions
        .filter((instruction) => instruction.callId === callId)
        .map((instruction) => ({ order, instruction })),
    )
    .sort((a, b) => (a.instruction.id < b.instruction.id ? -1 : 1));
}

/** Why nothing can be read back or submitted now: a key of `OrderTerms.sheet`; undefined when it can. */
export function obstacle(
  call: Call,
): 'needsLiveCall' | 'needsRecording' | 'needsVerification' | 'needsPinChange' | undefined {
  if (call.state !== 'answered') return 'needsLiveCall';
  if (call.recording.state !== 'recording') return 'needsRecording';
  if (call.verification.state !== 'passed') return 'needsVerification';
  if (call.verification.pin === 'change-required' || call.verification.pin === 'changing') return 'needsPinChange';
  return undefined;
}
