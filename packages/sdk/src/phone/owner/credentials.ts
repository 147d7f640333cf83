import { isPhoneError, PhoneError } from '../../errors/phone-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { SipIdentity } from '../ports/sip.ts';
import { refuseControlCharacters } from '../sip/header-safety.ts';
import { resolveServer } from '../sip/server-url.ts';

/** What the server hands out to a signed-in person for a short time. */
export interface PhoneCredentials {
  /** Address of record, `sip:account@domain`. */
  readonly uri: string;
  /** WebSocket address; a path (`/sip`) means the page's own origin. */
  readonly server: string;
  readonly username: string;
  readonly password: string;
  readonly realm?: string;
  /** When these stop working for new registrations: a `Date`, an ISO text, or milliseconds since 1970. */
  readonly expiresAt: Date | string | number;
}

export type FetchCredentials = () => Promise<PhoneCredentials>;

/** New ones are fetched this long before the old run out. */
const MARGIN_MS = 30_000;

export interface CredentialSource {
  /** Valid credentials; `fresh` asks the server whatever is at hand. */
  current(fresh: boolean): Promise<SipIdentity>;
  /** When those at hand run out, and when they should be replaced; milliseconds since 1970, 0 before the first. */
  readonly expiresAt: number;
  readonly renewAt: number;
}

export function createCredentialSource(
  fetch: FetchCredentials,
  clock: Clock,
  pageUrl: string | undefined,
): CredentialSource {
  let held: { readonly identity: SipIdentity; readonly expiresAt: number } | null = null;
  let pending: Promise<SipIdentity> | null = null;
  async function load(): Promise<SipIdentity> {
    let credentials: PhoneCredentials;
    try {
      credentials = await fetch();
    } catch (cause) {
      if (isPhoneError(cause)) throw cause;
      throw new PhoneError(
        'credentials-failed',
        'The credentials of the phone could not be fetched. It tries again by itself.',
        { cause },
      );
    }
    held = { identity: check(credentials, pageUrl), expiresAt: new Date(credentials.expiresAt).getTime() };
    return held.identity;
  }
  return {
    get expiresAt() {
      return held?.expiresAt ?? 0;
    },
    get renewAt() {
      return (held?.expiresAt ?? 0) - MARGIN_MS;
    },
    current(fresh) {
      if (!fresh && held && held.expiresAt - clock.now() > MARGIN_MS) return Promise.resolve(held.identity);
      pending ??= load().finally(() => {
        pending = null;
      });
      return pending;
    },
  };
}

function check(credentials: PhoneCredentials, pageUrl: string | undefined): SipIdentity {
  for (const field of ['uri', 'server', 'username', 'password'] as const) {
    if (typeof credentials?.[field] !== 'string' || credentials[field] === '') {
      throw new PhoneError('invalid-credentials', `The credentials lack "${field}". Return it from credentials().`, {
        fatal: true,
      });
    }
    refuseControlCharacters(credentials[field], `The credential "${field}"`);
  }
  if (Number.isNaN(new Date(credentials.expiresAt).getTime())) {
    throw new PhoneError('invalid-credentials', 'The credentials lack a valid "expiresAt". Return a date.', {
      fatal: true,
    });
  }
  const { uri, username, password, realm } = credentials;
  return { uri, username, password, server: resolveServer(credentials.server, pageUrl), ...(realm ? { realm } : {}) };
}
