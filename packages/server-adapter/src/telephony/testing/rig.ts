import type { Exchange } from '../exchange.ts';
import type { Hearing } from './tone-measure.ts';

/** One call as the person at the far end has it. */
export interface TestCall {
  readonly direction: 'outgoing' | 'incoming';
  /** Incoming: the caller's number as the telephone shows it. Outgoing: the number dialled. */
  readonly peer: string;
  /** Incoming: headers of the INVITE, by lower-case name (SIP telephones only; empty otherwise). */
  readonly headers: Readonly<Record<string, string>>;
  /** Settles when the far side starts ringing us back (180/183). */
  readonly ringing: Promise<void>;
  /** Settles when audio can flow; rejects when the call ends before. */
  readonly answered: Promise<void>;
  /** Settles when the call is over; `status` is the final SIP status where the call was never answered. */
  readonly ended: Promise<{ readonly status?: number }>;
  /** Incoming only. */
  answer(): Promise<void>;
  /** Incoming only: busy 486, rejected 603. */
  decline(why: 'busy' | 'rejected'): Promise<void>;
  /** Ends the call, or gives up an outgoing one that was not answered. */
  hangup(): Promise<void>;
  /** Keys digits as RFC 4733 events. */
  digits(digits: string): Promise<void>;
  /** Speaks a steady tone from now on; `null` for silence (packets still flow). */
  tone(hz: number | null): void;
  /** Listens for so long, and measures. */
  hear(ms: number): Promise<Hearing>;
  /** Puts the call on hold, or takes it back, by re-INVITE. */
  hold(held: boolean): Promise<void>;
  /** The far end vanishes: no BYE, no more audio. */
  vanish(): void;
}

export interface TestTelephone {
  /** Starts a call; resolves when the INVITE is out. */
  dial(number: string): Promise<TestCall>;
  /** The next call that rings here, or one that is ringing already and was not taken yet. Rejects after `timeoutMs` (default 10 s). */
  nextCall(timeoutMs?: number): Promise<TestCall>;
  /** Switches the telephone off: it is unreachable afterwards. */
  close(): Promise<void>;
}

/** What a driver's test file provides so that the contract suite can run on it. */
export interface ExchangeRig {
  /** Started. */
  readonly exchange: Exchange;
  /** A number of ours that outside telephones dial. */
  readonly publicNumber: string;
  /** A telephone in the outside world, reachable under `number` (E.164) and calling with it as caller id. */
  telephone(number: string): Promise<TestTelephone>;
  /** A browser phone that registered with `exchange.credentials(account)`. */
  agent(account: string): Promise<TestTelephone>;
  /** Accounts that may be used with {@link agent}; the suite needs three. */
  readonly accounts: readonly [string, string, string];
  /** Ends everything: telephones, exchange, processes, folders. */
  stop(): Promise<void>;
}
