import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The portal's own database: it was there before the desk, and knows nothing of it. */
export interface PortalUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly job: 'agent' | 'supervisor' | 'dealer' | 'manager' | 'field-caller';
  readonly branch: string;
}

export interface PortalClient {
  readonly id: string;
  readonly fullName: string;
  readonly clientNumber: string;
  readonly nationalCode: string;
  readonly phone1: string;
  readonly phone2: string | null;
  readonly market: 'securities' | 'commodity' | 'both';
  readonly contractDate: string | null;
  readonly balanceRial: number;
  /** Account managers, ids of users: the first answers this client's calls, the second when the first cannot. */
  readonly managers: readonly string[];
}

export interface PortalDatabase {
  signIn(username: string, password: string): { token: string; user: PortalUser } | undefined;
  signOut(token: string): void;
  userOf(token: string | undefined): PortalUser | undefined;
  users(): readonly PortalUser[];
  clients(): readonly Omit<PortalClient, 'managers'>[];
  readonly raw: DatabaseSync;
  close(): void;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, username TEXT UNIQUE NOT NULL, name TEXT NOT NULL, job TEXT NOT NULL, branch TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (token TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id), expires_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS clients (id TEXT PRIMARY KEY, full_name TEXT NOT NULL, client_number TEXT UNIQUE NOT NULL, phone1 TEXT NOT NULL, phone2 TEXT, market TEXT NOT NULL, contract_date TEXT, balance_rial INTEGER NOT NULL, manager1 TEXT, manager2 TEXT, national_code TEXT NOT NULL DEFAULT '');
`;

const SESSION_MS = 12 * 60 * 60 * 1000;

export interface PortalSeed {
  readonly users: readonly (PortalUser & { readonly password: string })[];
  readonly clients: readonly PortalClient[];
}

export function openPortalDatabase(file: string, seed: PortalSeed): PortalDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec(SCHEMA);
  // A portal that was opened before has clients without it.
  if (!db.prepare("SELECT 1 FROM pragma_table_info('clients') WHERE name = 'national_code'").get())
    db.exec("ALTER TABLE clients ADD COLUMN national_code TEXT NOT NULL DEFAULT ''");
  const addUser = db.prepare('INSERT OR IGNORE INTO users VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const user of seed.users) {
    const salt = randomBytes(16);
    addUser.run(user.id, user.username, user.name, user.job, user.branch, salt, scryptSync(user.password, salt, 32));
  }
  const addClient = db.prepare('INSERT OR IGNORE INTO clients VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const c of seed.clients)
    addClient.run(
      c.id,
      c.fullName,
      c.clientNumber,
      c.phone1,
      c.phone2,
      c.market,
      c.contractDate,
      c.balanceRial,
      c.managers[0] ?? null,
      c.managers[1] ?? null,
      c.nationalCode,
    );

  return {
    raw: db,
    signIn(username, password) {
      const row = db.prepare('SELECT * FROM users WHERE username = ?').get(username.trim().toLowerCase()) as
        | ({ salt: Uint8Array; hash: Uint8Array } & PortalUser)
        | undefined;
      const hash = scryptSync(password, row?.salt ?? Buffer.alloc(16), 32);
      if (!row || !timingSafeEqual(hash, row.hash)) return undefined;
      const token = randomBytes(32).toString('base64url');
      db.prepare('INSERT INTO sessions VALUES (?, ?, ?)').run(token, row.id, Date.now() + SESSION_MS);
      return { token, user: pick(row) };
    },
    signOut: (token) => void db.prepare('DELETE FROM sessions WHERE token = ?').run(token),
    userOf(token) {
      if (!token) return undefined;
      const row = db
        .prepare('SELECT u.* FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token = ? AND s.expires_at > ?')
        .get(token, Date.now());
      return row ? pick(row as unknown as PortalUser) : undefined;
    },
    users: () => (db.prepare('SELECT * FROM users').all() as unknown as PortalUser[]).map(pick),
    clients: () =>
      db
        .prepare(
          'SELECT id, full_name AS fullName, client_number AS clientNumber, national_code AS nationalCode, phone1, phone2, market, contract_date AS contractDate, balance_rial AS balanceRial FROM clients ORDER BY client_number',
        )
        .all() as unknown as Omit<PortalClient, 'managers'>[],
    close: () => db.close(),
  };
}

function pick({ id, username, name, job, branch }: PortalUser): PortalUser {
  return { id, username, name, job, branch };
}
