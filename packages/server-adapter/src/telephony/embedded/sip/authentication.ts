import { parseNameAddress, parseSipUri } from './address.ts';
import type { HeaderLine } from './compose.ts';
import type { SipConnection } from './connection.ts';
import { digestMatches, type PhonePasswords, parseDigest } from './digest.ts';
import type { SipRequest } from './message.ts';

/** Who sends this request, or how to answer somebody whom we do not know. */
export type AuthenticationResult =
  | { readonly account: string }
  | { readonly status: 400 | 401 | 403 | 407; readonly headers: readonly HeaderLine[] };

/**
 * Digest authentication (RFC 3261, 22; MD5 with qop=auth, which is what browser phones speak). It binds the connection to
 * one account for its life; refreshes and calls on that connection need no password again, and no other account gets in.
 */
export class Authentication {
  readonly #passwords: PhonePasswords;
  readonly #realm: string;

  constructor(passwords: PhonePasswords, realm: string) {
    this.#passwords = passwords;
    this.#realm = realm;
  }

  check(request: SipRequest, connection: SipConnection): AuthenticationResult {
    const registering = request.method === 'REGISTER';
    // A REGISTER names its account in To, everything else in From.
    const claimed =
      parseSipUri(parseNameAddress(request.headers.get(registering ? 'to' : 'from') as string)?.uri ?? '')?.user ?? '';
    if (connection.account !== undefined) {
      return connection.account === claimed ? { account: claimed } : { status: 403, headers: [] };
    }
    const header =
      request.headers.get(registering ? 'authorization' : 'proxy-authorization') ??
      request.headers.get('authorization');
    if (header === undefined) return this.#challenge(registering, connection, false);
    const answer = parseDigest(header);
    if (answer === undefined || answer.realm !== this.#realm || answer.uri !== request.uri)
      return { status: 400, headers: [] };
    // The comparison is made for unknown accounts as well, so that its time tells nothing.
    const right = this.#passwords.accepted(answer.username).some((ha1) => digestMatches(answer, request.method, ha1));
    if (!right || answer.username !== claimed) {
      connection.authenticationFailed();
      return { status: 403, headers: [] };
    }
    if (connection.nonces.use(answer.nonce, answer.nc) === 'stale')
      return this.#challenge(registering, connection, true);
    connection.account = claimed;
    return { account: claimed };
  }

  #challenge(registering: boolean, connection: SipConnection, stale: boolean): AuthenticationResult {
    const value = `Digest realm="${this.#realm}", nonce="${connection.nonces.issue()}", algorithm=MD5, qop="auth"${stale ? ', stale=true' : ''}`;
    return registering
      ? { status: 401, headers: [['WWW-Authenticate', value]] }
      : { status: 407, headers: [['Proxy-Authenticate', value]] };
  }
}
