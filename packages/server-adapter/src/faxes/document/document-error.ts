/** A fax document that is not taken. The message says what is wrong with it and what would be taken. */
export class FaxDocumentError extends Error {
  override readonly name = 'FaxDocumentError';
  readonly reason: 'unreadable' | 'unsupported' | 'too-large';
  constructor(reason: FaxDocumentError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
