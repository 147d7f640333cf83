import type { SizedContent } from '../recordings/recording-store.ts';

/** What a scanner says of a file. `none`: nobody looked. */
export type ScanVerdict =
  | { readonly result: 'clean' }
  | { readonly result: 'infected'; readonly finding: string }
  | { readonly result: 'none' };

/** `unreachable`, `timeout`: try again. `too-large`, `refused`: the scanner has to be set up otherwise. */
export type ScannerFault = 'unreachable' | 'timeout' | 'too-large' | 'refused';

/** The file was not scanned; whether it is clean is not known. */
export class ScannerError extends Error {
  override readonly name = 'ScannerError';
  readonly fault: ScannerFault;

  constructor(fault: ScannerFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** Looks for malware in files that people send. A driver never says `clean` of what it did not see whole. */
export interface AttachmentScanner {
  readonly name: string;
  /** Rejects with a {@link ScannerError} when it could not look. */
  scan(content: SizedContent, signal?: AbortSignal): Promise<ScanVerdict>;
}
