import type { Amount, Currency } from '@callweave/sdk/protocol';

export interface GatewayRequest {
  /** Ours, of this attempt: a gateway that takes an order number gets it. */
  readonly attemptId: string;
  readonly amount: Amount;
  readonly description: string;
  readonly callbackUrl: string;
}

/** What the gateway says of an attempt when it is asked to confirm it. */
export type Verdict =
  /** The money is ours, now or by an earlier request. `amount` only where the gateway says it. */
  | {
      readonly state: 'verified';
      readonly reference: string | null;
      /** Masked, or null. */
      readonly card: string | null;
      readonly amount: Amount | null;
    }
  /** Not confirmed: another amount than ours is in the gateway's books. The buyer's bank gets it back. */
  | { readonly state: 'mismatch'; readonly reason: string }
  /** Not paid. `final`: nor will it ever be. */
  | { readonly state: 'not-paid'; readonly reason: string; readonly final: boolean }
  /** Given back. */
  | { readonly state: 'reversed' };

/** Towards one payment gateway: the browser is sent there, comes back, and we ask the gateway whether it was paid. */
export interface PaymentGateway {
  /** `zarinpal`; also names its reasons. */
  readonly name: string;
  readonly currencies: readonly Currency[];
  /** In the smallest unit. */
  readonly limits: { readonly min: number; readonly max: number };
  /** Rejects with a {@link GatewayError}. Settles within the driver's timeout, as all of these do. */
  request(
    request: GatewayRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly authority: string; readonly redirectTo: string }>;
  /** The authority that the browser brought back; undefined when the address is not one of the gateway's. */
  readCallback(fields: Readonly<Record<string, string>>): { readonly authority: string } | undefined;
  /** May be asked any number of times: a verified attempt stays verified. The amount is from our own record. */
  verify(attempt: { readonly authority: string; readonly amount: Amount }, signal?: AbortSignal): Promise<Verdict>;
  /** Whether money has gone back already; never taken as a confirmation. */
  isReversed(attempt: { readonly authority: string }, signal?: AbortSignal): Promise<boolean>;
  /** Authorities that were paid and not confirmed, where the gateway can list them. */
  unverified?(signal?: AbortSignal): Promise<readonly string[]>;
  /** Gives all of it back, where the gateway can; rejects with a {@link GatewayError} when it does not. */
  reverse?(attempt: { readonly authority: string }, signal?: AbortSignal): Promise<void>;
}

export interface GatewayErrorOptions extends ErrorOptions {
  /** A word, or the gateway's code: `zarinpal-11`. */
  readonly reason: string;
  /** `no`: the gateway has refused, and nothing happened. `unknown`: it may have been done all the same. */
  readonly done: 'no' | 'unknown';
}

/** A gateway did not do what it was asked, or nobody knows. Neither keys nor cards stand in it. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly reason: string;
  readonly done: 'no' | 'unknown';

  constructor(message: string, options: GatewayErrorOptions) {
    super(message, options);
    this.reason = options.reason;
    this.done = options.done;
  }
}
