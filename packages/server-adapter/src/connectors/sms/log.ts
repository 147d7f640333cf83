import type { SmsDriver } from './sms-driver.ts';

export interface LogSmsOptions {
  /** Also writes text and number. Only where both are made up. @default false */
  readonly withText?: boolean;
  /** @default a line on stderr */
  readonly write?: (line: string) => void;
}

/** For development: writes a JSON line instead of sending anything. */
export function logSms(options: LogSmsOptions = {}): SmsDriver {
  const { withText = false, write = (line) => void process.stderr.write(`${line}\n`) } = options;
  return {
    name: 'log',
    async send({ id, template, to, from, text }) {
      const shown = withText ? { to, from, text } : { characters: text.length };
      write(JSON.stringify({ at: new Date().toISOString(), message: 'A text message', id, template, ...shown }));
      return { providerId: `log-${id}`, state: 'sent' };
    },
    // A line that stands twice in a log does no harm.
    find: async () => undefined,
  };
}
