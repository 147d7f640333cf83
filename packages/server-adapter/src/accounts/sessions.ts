import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Caller } from '../http/operation.ts';
import { prepared } from '../store/prepared.ts';
import type { Store, Tx } from '../store/store.ts';
import { toCaller } from './account-rows.ts';

export interface SessionOptions {
  /** A session ends this long after its last use. @default 720 (twelve hours: a shift) */
  readonly idleMinutes?: number;
  /** A session ends this long after sign-in, however much it is used. @default 10080 (a week) */
  readonly longestMinutes?: number;
}

export interface OpenSession {
  readonly caller: Caller;
  readonly idHash: string;
  readonly expiresAt: string;
}

export interface Sessions {
  /** Who holds the session of this request's cookie. */
  find(request: Request): Promise<OpenSession | undefined>;
  /** Opens one and gives the cookie. */
  open(tx: Tx, accountId: string, request: Request): Promise<{ cookie: string; expiresAt: string }>;
  /** Ends that of this request, if any, and gives the cookie that clears the browser's. */
  end(tx: Tx, request: Request): Promise<string>;
  /** Ends all of an account, but for one. */
  endAll(tx: Tx, accountId: string, exceptHash?: string): Promise<void>;
  prune(): Promise<void>;
}

const COOKIE = 'callweave_session';
/** Being used moves the end of a session, but not at every request. */
const SLIDE_AFTER_MS = 5 * 60_000;

const openSession = prepared((db, p) =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select([
      'sessions.created_at',
      'sessions.expires_at',
      'accounts.id',
      'accounts.name',
      'accounts.roles',
      'accounts.branch',
      'accounts.customer_id',
      'accounts.password_hash',
    ])
    .where('sessions.id_hash', '=', p(0))
    .where('accounts.active', '=', 1),
);

export function createSessions(store: Store, clock: Clock, basePath: string, options: SessionOptions = {}): Sessions {
  const idleMs = (options.idleMinutes ?? 720) * 60_000;
  const longestMs = (options.longestMinutes ?? 10_080) * 60_000;

  const slide = (idHash: string, createdAt: string, expiresAt: string): string => {
    const now = clock.now().getTime();
    const later = Math.min(now + idleMs, Date.parse(createdAt) + longestMs);
    if (later - Date.parse(expiresAt) < SLIDE_AFTER_MS) return expiresAt;
    const next = new Date(later).toISOString();
    // Nobody waits for it: if it fails, the session merely ends earlier.
    store
      .write((tx) => tx.db.updateTable('sessions').set({ expires_at: next }).where('id_hash', '=', idHash).execute())
      .catch(() => {});
    return next;
  };

  return {
    async find(request) {
      const idHash = hashOfCookie(request);
      if (idHash === undefined) return undefined;
      const [row] = await openSession(store.db, idHash);
      if (row === undefined || row.expires_at <= clock.now().toISOString()) return undefined;
      return { caller: toCaller(row), idHash, expiresAt: slide(idHash, row.created_at, row.expires_at) };
    },

    async open(tx, accountId, request) {
      const value = randomBytes(32).toString('base64url');
      const expiresAt = new Date(tx.now.getTime() + Math.min(idleMs, longestMs)).toISOString();
      await tx.db
        .insertInto('sessions')
        .values({
          id_hash: hash(value),
          account_id: accountId,
          created_at: tx.now.toISOString(),
          expires_at: expiresAt,
        })
        .execute();
      return { cookie: cookie(value, request, basePath, longestMs / 1000), expiresAt };
    },

    async end(tx, request) {
      const idHash = hashOfCookie(request);
      if (idHash !== undefined) await tx.db.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
      return cookie('', request, basePath, 0);
    },

    async endAll(tx, accountId, exceptHash = '') {
      await tx.db
        .deleteFrom('sessions')
        .where('account_id', '=', accountId)
        .where('id_hash', '<>', exceptHash)
        .execute();
    },

    async prune() {
      const now = clock.now().toISOString();
      await store.write((tx) => tx.db.deleteFrom('sessions').where('expires_at', '<', now).execute());
    },
  };
}

function hash(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

function hashOfCookie(request: Request): string | undefined {
  const header = request.headers.get('cookie');
  if (header === null) return undefined;
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value !== undefined && /^[\w-]{43}$/.test(value)) return hash(value);
  }
  return undefined;
}

function cookie(value: string, request: Request, basePath: string, seconds: number): string {
  // Behind a proxy that ends TLS the request itself is plain. Who forges the header only makes their own cookie stricter.
  const secure =
    request.url.startsWith('https:') || request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
  return `${COOKIE}=${value}; Path=${basePath === '' ? '/' : basePath}; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(seconds)}${secure ? '; Secure' : ''}`;
}
