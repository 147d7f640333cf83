import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import type { Secrets } from '../secrets/hash.ts';
import type { Store } from '../store/store.ts';
import type { AccountRow } from './account-rows.ts';

/** NIST 800-63B allows up to 100; ten is enough for a person. */
export const FAILURES_BEFORE_LOCK = 10;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 24 * 3_600_000;
/**
 * Guesses spread over many accounts: failures of all together within a minute. Only those on real accounts count, which
 * are locked after ten each: else anyone could keep everyone out with invented names.
 */
const FAILURES_PER_MINUTE = 300;
const MAX_STRANGERS = 10_000;

export interface Guesses {
  /**
   * Checks a password. Throws `wrong-credentials` or `account-locked`, after the same work whether or not the account
   * exists.
   */
  check(username: string, password: string): Promise<AccountRow>;
}

/** 1, 2, 4, … minutes from the tenth failure in a row on, at most a day. */
export function lockAfter(failures: number, now: Date): Date | undefined {
  if (failures < FAILURES_BEFORE_LOCK) return undefined;
  return new Date(
    now.getTime() + Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** Math.min(30, failures - FAILURES_BEFORE_LOCK)),
  );
}

export function createGuesses(store: Store, secrets: Secrets, clock: Clock): Guesses {
  /** Names without an account are locked by the same rule, so that a lock does not tell that an account exists. */
  const strangers = new Map<string, { failures: number; lockedUntil: number }>();
  let recent = { since: 0, failures: 0 };

  /**
   * Counts the failure before the password is looked at, and takes it back on success: a thousand guesses sent at once
   * get ten tries, as one after the other.
   */
  function reserve(username: string): Promise<AccountRow | undefined> {
    return store.write(async (tx) => {
      const row = await tx.db.selectFrom('accounts').selectAll().where('username', '=', username).executeTakeFirst();
      if (row === undefined || secretOf(row) === null || row.active === 0) {
        reserveStranger(username, tx.now);
        return undefined;
      }
      if (row.locked_until !== null && row.locked_until > tx.now.toISOString())
        throw locked(Date.parse(row.locked_until), tx.now);
      const failures = row.failures + 1;
      const until = lockAfter(failures, tx.now)?.toISOString() ?? null;
      await tx.db.updateTable('accounts').set({ failures, locked_until: until }).where('id', '=', row.id).execute();
      return row;
    });
  }

  function reserveStranger(username: string, now: Date): void {
    const stranger = strangers.get(username) ?? { failures: 0, lockedUntil: 0 };
    if (stranger.lockedUntil > now.getTime()) throw locked(stranger.lockedUntil, now);
    stranger.failures += 1;
    stranger.lockedUntil = lockAfter(stranger.failures, now)?.getTime() ?? 0;
    strangers.delete(username);
    if (strangers.size >= MAX_STRANGERS) strangers.delete(strangers.keys().next().value ?? '');
    strangers.set(username, stranger);
  }

  function capAll(): void {
    const now = clock.now().getTime();
    if (Math.abs(now - recent.since) > 60_000) recent = { since: now, failures: 0 };
    if (recent.failures >= FAILURES_PER_MINUTE)
      throw new Problem('too-many-requests', 'Too many sign-ins fail at the moment.', { retryAfterSeconds: 60 });
  }

  return {
    async check(typed, password) {
      const username = typed.trim().toLowerCase();
      capAll();
      const row = await reserve(username);
      // Counted before the check and given back on success, for the same reason as in `reserve`.
      if (row !== undefined) recent.failures += 1;
      // A one-time secret is copied by hand: case and spaces round it do not count.
      const invited = row !== undefined && row.password_hash === null;
      const given = invited ? password.trim().toLowerCase() : password;
      const matches = await secrets.verifySecret(given, row === undefined ? null : secretOf(row));
      if (row === undefined || !matches) {
        // The same write on either way out.
        await store.write(async (tx) => {
          if (row !== undefined)
            await tx.record({ actor: 'system', action: 'session.refused', subject: `account:${row.id}` });
        });
        throw new Problem('wrong-credentials', 'The username or the password is wrong.');
      }
      recent.failures -= 1;
      // Told only to who holds the right secret.
      if (invited && (row.invite_expires_at ?? '') <= clock.now().toISOString())
        throw new Problem('invitation-over', 'The one-time password was not used in time.');
      return row;
    },
  };
}

/** What a sign-in is held against: the password, or before there is one the one-time secret. */
function secretOf(row: AccountRow): string | null {
  return row.password_hash ?? row.invite_hash;
}

function locked(until: number, now: Date): Problem {
  return new Problem('account-locked', 'Sign-in is locked after too many failures.', {
    retryAfterSeconds: Math.max(1, (until - now.getTime()) / 1000),
  });
}
