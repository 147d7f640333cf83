import { PhoneError } from '../../errors/phone-error.ts';
import type { SipEvent } from '../ports/sip.ts';

/** Why the exchange did not register the phone; `refused`: asking again with the same credentials is useless. */
export function registrationError(event: Extract<SipEvent, { type: 'registration-failed' }>): {
  readonly error: PhoneError;
  readonly refused: boolean;
} {
  const { status = 0, phrase } = event;
  const sip = phrase ? { status, phrase } : { status };
  const refused = status === 401 || status === 403 || status === 407 || status === 404;
  const error = refused
    ? new PhoneError(
        'registration-rejected',
        'The exchange refuses this account. Check that it exists there and that its credentials are current, then start the phone again.',
        { fatal: true, sip },
      )
    : new PhoneError(
        'registration-failed',
        event.cause === 'no-contact'
          ? 'The exchange confirmed the registration without our contact. The phone tries again by itself.'
          : `The exchange did not register the phone (${status || event.cause}). It tries again by itself.`,
        status ? { sip } : {},
      );
  return { error, refused };
}
