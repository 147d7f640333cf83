import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseParameters } from './address.ts';
import { splitList } from './message.ts';

/**
 * Credentials that expire by themselves and are stored nowhere: the password of an account is a keyed hash of the account
 * and the present slice of time. It is accepted in this slice and the next, so it lives between one and two slices; with a
 * `secret` that outlives the process, phones register again after a restart without new credentials.
 */
export class PhonePasswords {
  readonly #secret: Buffer;
  readonly #sliceSeconds: number;
  readonly #realm: string;
  /** Accounts whose passwords were revoked in the slices that still count. */
  readonly #revoked = new Map<string, { generation: string; slice: number }>();

  constructor(options: {
    readonly secret: string | Uint8Array | undefined;
    readonly sliceSeconds: number;
    readonly realm: string;
  }) {
    this.#secret =
      options.secret === undefined ? randomBytes(32) : createHash('sha256').update(options.secret).digest();
    this.#sliceSeconds = options.sliceSeconds;
    this.#realm = options.realm;
  }

  issue(account: string): { readonly password: string; readonly expiresAt: Date } {
    const slice = this.#slice();
    return { password: this.#password(account, slice), expiresAt: new Date((slice + 2) * this.#sliceSeconds * 1000) };
  }

  /** Makes every password given out so far worthless. */
  revoke(account: string): void {
    const slice = this.#slice();
    for (const [other, entry] of this.#revoked) if (entry.slice < slice - 1) this.#revoked.delete(other);
    this.#revoked.set(account, { generation: randomBytes(8).toString('hex'), slice });
  }

  /** HA1 values that are right for this account at this moment. */
  accepted(account: string): string[] {
    const slice = this.#slice();
    return [slice, slice - 1].map((each) => md5(`${account}:${this.#realm}:${this.#password(account, each)}`));
  }

  #slice(): number {
    return Math.floor(Date.now() / 1000 / this.#sliceSeconds);
  }

  #password(account: string, slice: number): string {
    const entry = this.#revoked.get(account);
    const generation = entry !== undefined && entry.slice >= slice - 1 ? entry.generation : '';
    return createHmac('sha256', this.#secret).update(`${account}\n${slice}\n${generation}`).digest('base64url');
  }
}

export interface DigestAnswer {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly cnonce: string;
  readonly nc: string;
}

/** Reads an `Authorization` header of the one form we ask for: MD5 with qop=auth. */
export function parseDigest(header: string): DigestAnswer | undefined {
  const match = /^Digest\s+(.+)$/i.exec(header);
  if (match === null) return undefined;
  const fields = parseParameters(splitList(match[1] as string).join(';'));
  const algorithm = fields.get('algorithm') ?? 'MD5';
  const answer = {
    username: fields.get('username') ?? '',
    realm: fields.get('realm') ?? '',
    nonce: fields.get('nonce') ?? '',
    uri: fields.get('uri') ?? '',
    response: (fields.get('response') ?? '').toLowerCase(),
    cnonce: fields.get('cnonce') ?? '',
    nc: (fields.get('nc') ?? '').toLowerCase(),
  };
  const complete =
    answer.username !== '' &&
    answer.cnonce !== '' &&
    /^[0-9a-f]{8}$/.test(answer.nc) &&
    /^[0-9a-f]{32}$/.test(answer.response);
  return complete && algorithm.toUpperCase() === 'MD5' && fields.get('qop') === 'auth' ? answer : undefined;
}

export function digestMatches(answer: DigestAnswer, method: string, ha1: string): boolean {
  const ha2 = md5(`${method}:${answer.uri}`);
  const expected = md5(`${ha1}:${answer.nonce}:${answer.nc}:${answer.cnonce}:auth:${ha2}`);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(answer.response));
}

/** The nonces of one connection: few, short-lived, and each counter value is good once. */
export class Nonces {
  readonly #issued = new Map<string, { readonly at: number; lastCount: number }>();
  readonly #lifetimeMs: number;

  constructor(lifetimeMs: number) {
    this.#lifetimeMs = lifetimeMs;
  }

  issue(): string {
    if (this.#issued.size >= 8) this.#issued.delete(this.#issued.keys().next().value as string);
    const nonce = randomBytes(18).toString('base64url');
    this.#issued.set(nonce, { at: performance.now(), lastCount: 0 });
    return nonce;
  }

  /** `stale` asks the phone to try again by itself with a new nonce. Call only after the response was found right. */
  use(nonce: string, nc: string): 'good' | 'stale' {
    const entry = this.#issued.get(nonce);
    const count = Number.parseInt(nc, 16);
    if (entry === undefined || performance.now() - entry.at > this.#lifetimeMs || count <= entry.lastCount)
      return 'stale';
    entry.lastCount = count;
    return 'good';
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
