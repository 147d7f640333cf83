export interface DeliveryErrorOptions extends ErrorOptions {
  /** False when the same message will be refused again: it then waits for a person, and is tried seldom. */
  readonly retryable: boolean;
  readonly retryAfterSeconds?: number | undefined;
}

/** A message could not be handed over to another system. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: DeliveryErrorOptions) {
    super(message, options);
    this.retryable = options.retryable;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
