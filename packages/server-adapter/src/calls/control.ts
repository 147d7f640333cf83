import type { AgentPauseReason, CallTarget, CallTargets, TransferMode } from '@callweave/sdk/protocol';
import type { DirectoryCustomer } from '../customers/index.ts';

export interface DialRequest {
  readonly to: string;
  readonly callerId: string | undefined;
  /** Shown when nothing is chosen, if it may be: the number at which they had called. */
  readonly usual: string | undefined;
  /** Whom the agent means, where they said so. */
  readonly customer: DirectoryCustomer | undefined;
}

/** What happens in a call besides two people talking, and calls that go out. */
export interface CallExtras {
  targets(accountId: string, search: string): Promise<CallTargets>;
  /** @returns the id of the call, which rings at the agent's own phone by then */
  dial(accountId: string, request: DialRequest): Promise<string>;
  transfer(callId: string, mode: TransferMode, target: CallTarget): Promise<void>;
  completeTransfer(callId: string): Promise<void>;
  cancelTransfer(callId: string): Promise<void>;
  conference(callId: string, target: CallTarget | undefined): Promise<void>;
  removeParty(callId: string, partyId: string): Promise<void>;
  pauseRecording(callId: string, reason: AgentPauseReason): Promise<void>;
  resumeRecording(callId: string): Promise<void>;
}

/**
 * What the operations ask of the telephone flow. Each settles when it is done and written; each rejects with a `Problem`:
 * `call-not-live` when the flow no longer has the call, `exchange-unavailable` when the exchange does not answer.
 */
export interface CallControl extends CallExtras {
  decline(callId: string, accountId: string): Promise<void>;
  hold(callId: string, held: boolean): Promise<void>;
  hangup(callId: string): Promise<void>;
  /** Somebody who was brought in leaves. */
  leave(callId: string, accountId: string): Promise<void>;
  /** Rings the agent's phone back into their running call. */
  resume(callId: string): Promise<void>;
  /** The wrap-up is over: the agent may be rung again. */
  wrappedUp(callId: string, accountId: string): void;
}
