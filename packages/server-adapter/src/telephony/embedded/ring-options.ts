import { ExchangeError, type RingOptions } from '../exchange.ts';
import { isHeaderSafe } from './sip/compose.ts';

/** Refuses what must not reach a SIP message, before anything rings. */
export function checkRingOptions(options: RingOptions): void {
  const { leg, callerId, headers = {}, timeoutSeconds } = options;
  if (leg === '' || leg.length > 128) throw new ExchangeError('invalid', 'A leg id has 1 to 128 characters.');
  if (!(timeoutSeconds > 0 && timeoutSeconds <= 600))
    throw new ExchangeError('invalid', `A telephone rings for up to 600 seconds, not ${timeoutSeconds}.`);
  if (!/^[+0-9A-Za-z*#._-]{0,64}$/.test(callerId.number))
    throw new ExchangeError('invalid', 'The caller id must be a number or an account name.');
  if (callerId.name !== undefined && (!isHeaderSafe(callerId.name) || callerId.name.length > 128)) {
    throw new ExchangeError(
      'invalid',
      "The caller's name must not contain control characters, and has up to 128 characters.",
    );
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!/^X-[A-Za-z0-9-]{1,60}$/i.test(name))
      throw new ExchangeError('invalid', `The header ${JSON.stringify(name)} is refused; extra headers are named X-….`);
    if (!isHeaderSafe(value) || value.length > 1024) {
      throw new ExchangeError(
        'invalid',
        `The value of the header ${name} must not contain control characters, and has up to 1024 characters.`,
      );
    }
  }
}
