/**
 * Where the adapter reports. Fields hold ids, codes and figures; never names, numbers, answers or bodies.
 * `error`: somebody must act. `warn`: the adapter helped itself. `info`: starts and stops.
 */
export interface Logger {
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** One JSON line per report on stderr. */
export const stderrLogger: Logger = {
  error: (message, fields) => line('error', message, fields),
  warn: (message, fields) => line('warn', message, fields),
  info: (message, fields) => line('info', message, fields),
};

function line(level: string, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })}\n`);
}

/** Errors whose messages are written by the platform about code, and hold nothing that a user typed. */
const SPEAKING = new Set(['TypeError', 'ReferenceError', 'RangeError', 'AssertionError']);

/** What may be logged of an unexpected error: its kind, its code and where it happened, not the words of its message. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  const frames = error.stack
    ?.split('\n')
    .filter((text) => /^\s+at /.test(text))
    .map((text) => text.trim())
    .slice(0, 8);
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(SPEAKING.has(error.name) || typeof code === 'string' ? { reason: error.message } : {}),
    frames,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
