import type { Locale } from '@callweave/sdk/protocol';
import { DeliveryError, type DeliveryErrorOptions } from '../delivery-error.ts';

/** One text message, ready to go. */
export interface SmsMessage {
  /** Ours. The same for every attempt: a service that has a key against doubles gets it from this. */
  readonly id: string;
  /** E.164. */
  readonly to: string;
  /** The sender that the receiver sees, in the service's own form; without one the service takes its own. */
  readonly from?: string | undefined;
  readonly text: string;
  /** Which template the text was made from, and with what, for a service that keeps the texts itself. */
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
  /** In which language the text is. */
  readonly locale?: Locale | undefined;
  /** The receiver has written to us on this channel within its window, so that free words may be sent. */
  readonly conversationOpen?: boolean | undefined;
  /** When the last attempt began; undefined when there was none. */
  readonly attemptedAt?: Date | undefined;
  /** Where the service can tell what became of it; without it we ask. */
  readonly reportUrl?: string | undefined;
  /** When it was first to be sent. */
  readonly createdAt: Date;
}

/** What became of a message, as its service says. `sent`: taken, and on its way. */
export type SmsState = 'sent' | 'delivered' | 'failed' | 'expired';

export interface SmsReport {
  /** The service's own id of the message. */
  readonly providerId: string;
  readonly state: SmsState;
  /** Why it failed: a word of ours, or the service's code, `twilio-30003`. */
  readonly reason?: string | undefined;
}

/** A request of the service that tells what became of a message. */
export interface SmsCallback {
  /** The last part of the path of the address that we gave: our message's id, or a secret. */
  readonly key: string;
  /** The address as the service knows it. */
  readonly url: string;
  readonly header: (name: string) => string | null;
  /** Fields of the form, or of the query. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Towards one service that sends text messages. */
export interface SmsDriver {
  /** `kavenegar`; also names its reasons. */
  readonly name: string;
  /**
   * Hands a message over. Rejects with an {@link SmsError}, which says whether the service may have taken it all the same.
   * Settles within 20 seconds.
   */
  send(message: SmsMessage, signal: AbortSignal): Promise<SmsReport>;
  /**
   * Asked before a message is sent again of which nobody knows whether it was taken: what the service knows of it;
   * undefined when it never had it; `cannot-tell` when it cannot be asked, so that sending again could send twice.
   */
  find(message: SmsMessage, signal: AbortSignal): Promise<SmsReport | undefined | 'cannot-tell'>;
  /** What became of these, by the service's ids; those of which it knows nothing new are left out. */
  status?(providerIds: readonly string[], signal: AbortSignal): Promise<readonly SmsReport[]>;
  /** Path segment that makes a report's address hard to guess, for a service that does not sign. Without it: the message's id. */
  readonly reportKey?: string;
  /** Reads a report; undefined when it is not the service's own. */
  readReport?(callback: SmsCallback): readonly SmsReport[] | undefined;
}

export interface SmsErrorOptions extends DeliveryErrorOptions {
  /** A word or code that says why, without anything of the message. */
  readonly reason: string;
  /** Whether the service may have taken the message in spite of the error. */
  readonly taken: 'no' | 'unknown';
}

/** A text message could not be handed over. Neither keys nor anything of the message stand in it. */
export class SmsError extends DeliveryError {
  readonly reason: string;
  /** The same, where logs look for it. */
  readonly code: string;
  readonly taken: 'no' | 'unknown';

  constructor(message: string, options: SmsErrorOptions) {
    super(message, options);
    this.reason = options.reason;
    this.code = options.reason;
    this.taken = options.taken;
  }
}
