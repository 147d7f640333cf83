import type { Call, callControl } from '@callweave/sdk/protocol';
import type { DirectoryCustomer } from '../customers/index.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { ownCall, ownLiveCall } from './access.ts';
import { updateCall } from './book.ts';
import type { CallExtras } from './control.ts';

export type ClaimMissedCall = (
  tx: Tx,
  missedCallId: string,
  caller: Caller,
) => Promise<{ readonly calledNumber: string }>;

export interface ControlOperationsOptions {
  readonly store: Store;
  readonly control: CallExtras;
  readonly findCustomer: (id: string) => Promise<DirectoryCustomer | undefined>;
  /** Makes a missed call this person's to answer. @returns the number of ours that was called */
  readonly claimMissedCall: ClaimMissedCall;
  /** The state that a command led to. */
  readonly answer: (tx: Tx, callId: string, caller: Caller) => Promise<Call>;
}

/** The part of `calls` that changes who is in a call and what is kept of it. Commands run before the write, as the others do. */
export function createControlOperations(options: ControlOperationsOptions): Implementation<typeof callControl> {
  const { store, control, answer } = options;

  /** A command to the agent's own running call. */
  const command = <Input extends { callId: string }>(run: (input: Input) => Promise<void>) => ({
    async prepare(input: Input, { caller }: { caller: Caller }) {
      await ownLiveCall(store.db, input.callId, caller);
      await run(input);
    },
    write: (tx: Tx, { callId }: Input, { caller }: { caller: Caller }) => answer(tx, callId, caller),
  });

  return {
    targets: ({ search }, { caller }) => control.targets(caller.accountId, search),

    dial: {
      async prepare({ to, callerId, customerId, missedCallId }, { caller }) {
        const customer = customerId === undefined ? undefined : await options.findCustomer(customerId);
        if (customerId !== undefined && customer === undefined)
          throw new Problem('not-found', `There is no customer ${customerId}.`);
        // First the claim: two who answer the same missed call must not both ring that person.
        const missed =
          missedCallId === undefined
            ? undefined
            : await store.write((tx) => options.claimMissedCall(tx, missedCallId, caller));
        return control.dial(caller.accountId, { to, callerId, usual: missed?.calledNumber, customer });
      },
      async write(tx, { missedCallId }, { caller }, callId: string) {
        await tx.record({
          actor: caller.accountId,
          action: 'call.dialled',
          subject: `call:${callId}`,
          data: missedCallId === undefined ? {} : { missedCallId },
        });
        return answer(tx, callId, caller);
      },
    },

    transfer: command(({ callId, mode, target }) => control.transfer(callId, mode, target)),
    completeTransfer: command(({ callId }) => control.completeTransfer(callId)),
    cancelTransfer: command(({ callId }) => control.cancelTransfer(callId)),
    conference: command(({ callId, target }) => control.conference(callId, target)),
    removeParty: command(({ callId, partyId }) => control.removeParty(callId, partyId)),
    pauseRecording: command(({ callId, reason }) => control.pauseRecording(callId, reason)),
    resumeRecording: command(({ callId }) => control.resumeRecording(callId)),

    tag: {
      async write(tx, { callId, tags }, { caller }) {
        const row = await ownCall(tx.db, callId, caller);
        const kept = JSON.stringify([...new Set(tags)]);
        if (row.tags !== kept) {
          await updateCall(tx, row, { tags: kept });
          await tx.record({
            actor: caller.accountId,
            action: 'call.tagged',
            subject: `call:${callId}`,
            data: { tags },
          });
        }
        return answer(tx, callId, caller);
      },
    },
  };
}
