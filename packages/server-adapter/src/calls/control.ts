/**
 * What the operations ask of the telephone flow. Each settles when it is done and written; each rejects with a `Problem`:
 * `call-not-live` when the flow no longer has the call, `exchange-unavailable` when the exchange does not answer.
 */
export interface CallControl {
  decline(callId: string, accountId: string): Promise<void>;
  hold(callId: string, held: boolean): Promise<void>;
  hangup(callId: string): Promise<void>;
  /** Rings the agent's phone back into their running call. */
  resume(callId: string): Promise<void>;
  /** The wrap-up is over: the agent may be rung again. */
  wrappedUp(callId: string, accountId: string): void;
}
