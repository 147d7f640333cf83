import type { DeviceLimits } from '@callweave/sdk/protocol';

/** What a licence is made of. */
export interface LicenceRequest {
  /** Of our order: goes with the licence, so that a person finds it again at the player. */
  readonly orderId: string;
  readonly playerCourses: readonly string[];
  /** Who it is for, as the player's panel shows it. */
  readonly name: string;
  /** What runs over the picture. */
  readonly watermark: readonly string[];
  readonly devices: DeviceLimits;
  readonly offlineDays: number;
}

export interface MadeLicence {
  readonly id: string;
  readonly key: string;
  /** Whole address. */
  readonly url: string;
}

/** A service that makes licences for courses: `spotPlayer`, or one of your own. */
export interface CoursePlayer {
  readonly name: string;
  /** Asked once for an order. @throws {PlayerError} which says whether a licence may exist now */
  create(request: LicenceRequest, signal: AbortSignal): Promise<MadeLicence>;
  /** One that a manager found, with the id of the order that it carries; undefined when there is none. */
  read(licenceId: string, signal: AbortSignal): Promise<(MadeLicence & { readonly orderId: string }) | undefined>;
  /** Where the service can look by our order id: after an unknown end it is asked, and nobody has to look. */
  find?(orderId: string, signal: AbortSignal): Promise<MadeLicence | undefined>;
}

export interface PlayerErrorOptions extends ErrorOptions {
  /** A word, or the service's code. */
  readonly reason: string;
  /** Whether a licence was made. */
  readonly made: 'no' | 'unknown';
  /** Whether the same request may be taken later. */
  readonly retryable: boolean;
}

export class PlayerError extends Error {
  override readonly name = 'PlayerError';
  readonly reason: string;
  readonly made: 'no' | 'unknown';
  readonly retryable: boolean;

  constructor(message: string, options: PlayerErrorOptions) {
    super(message, options);
    this.reason = options.reason;
    this.made = options.made;
    this.retryable = options.retryable;
  }
}
