export interface Command {
  readonly usage: string;
  /** Gives the exit code: 0 done, 1 failed or not proven, 2 wrong usage. */
  run(argv: readonly string[]): Promise<number>;
}

/** The command line is wrong; the message says how it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
