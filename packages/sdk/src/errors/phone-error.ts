/**
 * The one error that phone commands reject with, and that `error` events carry.
 *
 * `code` says what happened, `category` who can act on it, `retryable` whether the same command may work later without
 * a change, `fatal` whether the phone has given up until `start()` is called again.
 */
export type PhoneErrorCode =
  // input
  | 'invalid-target'
  | 'invalid-header'
  | 'invalid-digits'
  | 'invalid-credentials'
  // state
  | 'not-started'
  | 'stopped'
  | 'unknown-call'
  | 'wrong-state'
  | 'busy'
  | 'aborted'
  | 'deadline'
  // signalling
  | 'connection-lost'
  | 'credentials-failed'
  | 'registration-rejected'
  | 'registration-failed'
  | 'call-failed'
  | 'renegotiation-failed'
  | 'engine-failed'
  | 'not-supported'
  // media
  | 'microphone-denied'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'microphone-failed'
  | 'media-failed'
  | 'playback-blocked'
  | 'speaker-failed'
  // tabs
  | 'owner-unresponsive'
  | 'take-over-refused';

export type PhoneErrorCategory = 'input' | 'state' | 'signalling' | 'media' | 'tabs';

export interface SipReason {
  readonly status: number;
  readonly phrase?: string;
}

/** The serialisable face of a {@link PhoneError}: what snapshots and other tabs see. */
export interface PhoneErrorInfo {
  readonly code: PhoneErrorCode;
  readonly category: PhoneErrorCategory;
  readonly message: string;
  readonly retryable: boolean;
  readonly fatal: boolean;
  readonly sip?: SipReason;
  readonly callId?: string;
}

export interface PhoneErrorOptions extends ErrorOptions {
  readonly retryable?: boolean;
  readonly fatal?: boolean;
  readonly sip?: SipReason | undefined;
  readonly callId?: string | undefined;
}

const CATEGORIES: Record<PhoneErrorCode, PhoneErrorCategory> = {
  'invalid-target': 'input',
  'invalid-header': 'input',
  'invalid-digits': 'input',
  'invalid-credentials': 'input',
  'not-started': 'state',
  stopped: 'state',
  'unknown-call': 'state',
  'wrong-state': 'state',
  busy: 'state',
  aborted: 'state',
  deadline: 'signalling',
  'connection-lost': 'signalling',
  'credentials-failed': 'signalling',
  'registration-rejected': 'signalling',
  'registration-failed': 'signalling',
  'call-failed': 'signalling',
  'renegotiation-failed': 'signalling',
  'engine-failed': 'signalling',
  'not-supported': 'media',
  'microphone-denied': 'media',
  'microphone-missing': 'media',
  'microphone-busy': 'media',
  'microphone-failed': 'media',
  'media-failed': 'media',
  'playback-blocked': 'media',
  'speaker-failed': 'media',
  'owner-unresponsive': 'tabs',
  'take-over-refused': 'tabs',
};

const RETRYABLE: ReadonlySet<PhoneErrorCode> = new Set([
  'deadline',
  'busy',
  'connection-lost',
  'credentials-failed',
  'registration-failed',
  'renegotiation-failed',
  'microphone-busy',
  'media-failed',
  'playback-blocked',
  'owner-unresponsive',
  'take-over-refused',
]);

export class PhoneError extends Error {
  override readonly name = 'PhoneError';
  readonly code: PhoneErrorCode;
  readonly category: PhoneErrorCategory;
  readonly retryable: boolean;
  readonly fatal: boolean;
  readonly sip?: SipReason;
  readonly callId?: string;

  constructor(code: PhoneErrorCode, message: string, options: PhoneErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.category = CATEGORIES[code];
    this.retryable = options.retryable ?? RETRYABLE.has(code);
    this.fatal = options.fatal ?? false;
    if (options.sip) this.sip = options.sip;
    if (options.callId !== undefined) this.callId = options.callId;
  }

  toInfo(): PhoneErrorInfo {
    return Object.freeze({
      code: this.code,
      category: this.category,
      message: this.message,
      retryable: this.retryable,
      fatal: this.fatal,
      ...(this.sip ? { sip: this.sip } : {}),
      ...(this.callId === undefined ? {} : { callId: this.callId }),
    });
  }

  static fromInfo(info: PhoneErrorInfo, cause?: unknown): PhoneError {
    return new PhoneError(info.code, info.message, {
      retryable: info.retryable,
      fatal: info.fatal,
      sip: info.sip,
      callId: info.callId,
      cause,
    });
  }
}

/** Works across realms and copies of this package: by name and shape, not by `instanceof`. */
export function isPhoneError(value: unknown): value is PhoneError {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { name?: unknown }).name === 'PhoneError' &&
    typeof (value as { code?: unknown }).code === 'string' &&
    (value as { code: string }).code in CATEGORIES
  );
}
