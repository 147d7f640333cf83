import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** Who signs in at the vendor's site. A buyer's person names the customer whose devices they see. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly job: 'buyer' | 'technician' | 'manager' | 'supervisor' | 'agent';
  readonly customerId: string | null;
  /** The password is the one that a manager handed over: only setting another is possible. */
  readonly mustChange: boolean;
}

export interface NewPerson extends Omit<Person, 'mustChange'> {
  readonly password: string;
  readonly mustChange?: boolean;
}

export interface People {
  signIn(username: string, password: string): { token: string; person: Person } | undefined;
  signOut(token: string): void;
  whoHas(token: string | undefined): Person | undefined;
  setPassword(personId: string, password: string): void;
  /** Makes a login, or gives the one that the customer has a new password to be changed. */
  issueLogin(login: { customerId: string; username: string; name: string }): { username: string; password: string };
  list(): readonly Person[];
  close(): void;
}

const SCHEMA = `
create table if not exists people (
  id text primary key, username text unique not null, name text not null, job text not null, customer_id text unique,
  must_change integer not null, salt blob not null, hash blob not null, failures integer not null default 0
) strict;
create table if not exists sessions (
  token text primary key, person_id text not null references people(id), expires_at integer not null
) strict;
`;
const SESSION_MS = 12 * 3_600_000;
export const SHORTEST_PASSWORD = 10;
/** After so many wrong passwords in a row only a manager opens the login again. */
const MOST_FAILURES = 10;

interface Row {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly job: Person['job'];
  readonly customer_id: string | null;
  readonly must_change: number;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
  readonly failures: number;
}

/** The site's own sign-in: it was there before Callweave, and Callweave asks it who is there. */
export function openPeople(file: string, staff: readonly NewPerson[]): People {
  const db = new DatabaseSync(file);
  db.exec('pragma journal_mode = wal');
  db.exec(SCHEMA);
  const secretOf = (password: string) => {
    const salt = randomBytes(16);
    return { salt, hash: scryptSync(password, salt, 32) };
  };
  const add = ({ id, username, name, job, customerId, password, mustChange = false }: NewPerson) => {
    const { salt, hash } = secretOf(password);
    db.prepare('insert or ignore into people values (?, ?, ?, ?, ?, ?, ?, ?, 0)').run(
      id,
      username,
      name,
      job,
      customerId,
      mustChange ? 1 : 0,
      salt,
      hash,
    );
  };
  for (const person of staff) add(person);

  return {
    signIn(username, password) {
      const row = db.prepare('select * from people where username = ?').get(username.trim().toLowerCase()) as
        | Row
        | undefined;
      const hash = scryptSync(password, row?.salt ?? Buffer.alloc(16), 32);
      if (!row || row.failures >= MOST_FAILURES) return undefined;
      if (!timingSafeEqual(hash, row.hash)) {
        db.prepare('update people set failures = failures + 1 where id = ?').run(row.id);
        return undefined;
      }
      db.prepare('update people set failures = 0 where id = ?').run(row.id);
      const token = randomBytes(32).toString('base64url');
      db.prepare('insert into sessions values (?, ?, ?)').run(token, row.id, Date.now() + SESSION_MS);
      return { token, person: personOf(row) };
    },
    signOut: (token) => void db.prepare('delete from sessions where token = ?').run(token),
    whoHas(token) {
      if (!token) return undefined;
      const row = db
        .prepare(
          'select p.* from sessions s join people p on p.id = s.person_id where s.token = ? and s.expires_at > ?',
        )
        .get(token, Date.now()) as Row | undefined;
      return row && personOf(row);
    },
    setPassword(personId, password) {
      const { salt, hash } = secretOf(password);
      db.prepare('update people set salt = ?, hash = ?, must_change = 0 where id = ?').run(salt, hash, personId);
    },
    issueLogin({ customerId, username, name }) {
      const password = randomBytes(9).toString('base64url');
      const { salt, hash } = secretOf(password);
      const known = db.prepare('select * from people where customer_id = ?').get(customerId) as Row | undefined;
      if (known) {
        db.prepare('update people set salt = ?, hash = ?, must_change = 1, failures = 0 where id = ?').run(
          salt,
          hash,
          known.id,
        );
        // Whoever was signed in with the old password is out.
        db.prepare('delete from sessions where person_id = ?').run(known.id);
        return { username: known.username, password };
      }
      add({ id: `buyer-${customerId}`, username, name, job: 'buyer', customerId, password, mustChange: true });
      return { username, password };
    },
    list: () => (db.prepare('select * from people order by name').all() as unknown as Row[]).map(personOf),
    close: () => db.close(),
  };
}

function personOf({ id, username, name, job, customer_id, must_change }: Row): Person {
  return { id, username, name, job, customerId: customer_id, mustChange: must_change === 1 };
}
