import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Problem } from '../problem.ts';

export interface SecretsOptions {
  /**
   * A key of at least 32 characters that is kept outside the database (environment, secret store). Every password, PIN
   * and answer is keyed with it before it is hashed, so that a stolen database alone cannot be guessed through: a bare
   * four-digit PIN would fall in minutes.
   */
  readonly pepper: string;
  /** log2 of scrypt's N. @default 15 */
  readonly cost?: number;
  /** scrypt's p. With N = 2^15 and r = 8, three is what OWASP asks for. @default 3 */
  readonly parallelization?: number;
}

export interface Secrets {
  /** A self-describing hash of a password, PIN or folded answer. */
  hashSecret(plain: string): Promise<string>;
  /** Takes as long whether or not it matches. A null hash never matches, in the time of a real one. */
  verifySecret(plain: string, hash: string | null): Promise<boolean>;
  /** A keyed fingerprint for equality only: fast, and useless without the pepper. */
  fingerprint(text: string): string;
}

const BLOCK_SIZE = 8;
const KEY_BYTES = 32;
/** scrypt runs on libuv's four threads; two are left for files and name look-ups. */
const MAX_RUNNING = 2;
const MAX_WAITING = 500;

export function createSecrets(options: SecretsOptions): Secrets {
  const { pepper, cost = 15, parallelization = 3 } = options;
  if (pepper.length < 32)
    throw new Error(
      'The pepper must have at least 32 characters. Make one: node -p "crypto.randomBytes(32).toString(\'base64url\')"',
    );
  const limit = createLimit(MAX_RUNNING, MAX_WAITING);
  // Different purposes, different keys: a fingerprint tells nothing about a hash.
  const key = createHmac('sha256', pepper).update('callweave:secret').digest();
  const fingerprintKey = createHmac('sha256', pepper).update('callweave:fingerprint').digest();
  const derive = (plain: string, salt: Buffer, logN: number, p: number) =>
    limit(
      () =>
        new Promise<Buffer>((resolve, reject) => {
          const keyed = createHmac('sha256', key).update(plain.normalize('NFC')).digest();
          const N = 2 ** logN;
          scrypt(keyed, salt, KEY_BYTES, { N, r: BLOCK_SIZE, p, maxmem: 256 * N * BLOCK_SIZE }, (error, derived) =>
            error ? reject(error) : resolve(derived),
          );
        }),
    );
  const nobody = { salt: randomBytes(16), derived: randomBytes(KEY_BYTES), cost, parallelization };

  return {
    async hashSecret(plain) {
      const salt = randomBytes(16);
      const derived = await derive(plain, salt, cost, parallelization);
      return `scrypt$${cost}$${parallelization}$${salt.toString('base64url')}$${derived.toString('base64url')}`;
    },
    async verifySecret(plain, hash) {
      const parsed = hash === null ? undefined : parse(hash);
      const expected = parsed ?? nobody;
      const derived = await derive(plain, expected.salt, expected.cost, expected.parallelization);
      return timingSafeEqual(derived, expected.derived) && parsed !== undefined;
    },
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('base64url'),
  };
}

function parse(hash: string) {
  const [scheme, cost, parallelization, salt, derived] = hash.split('$');
  if (scheme !== 'scrypt' || salt === undefined || derived === undefined) return undefined;
  const bytes = Buffer.from(derived, 'base64url');
  if (bytes.length !== KEY_BYTES) return undefined;
  return {
    cost: Number(cost),
    parallelization: Number(parallelization),
    salt: Buffer.from(salt, 'base64url'),
    derived: bytes,
  };
}

function createLimit(maxRunning: number, maxWaiting: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= maxRunning) {
      if (waiting.length >= maxWaiting)
        throw new Problem('unavailable', 'Too many passwords are being checked at once.', { retryAfterSeconds: 5 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await task();
    } finally {
      // The place goes straight to the next one, so that nobody who comes between can take it.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
