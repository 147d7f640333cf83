import { first } from './migrations/001-first.ts';
import { callControl } from './migrations/002-call-control.ts';
import { supervision } from './migrations/003-supervision.ts';
import { presence } from './migrations/004-presence.ts';
import { virtualNumbers } from './migrations/005-virtual-numbers.ts';
import { messages } from './migrations/006-messages.ts';
import { missedCalls } from './migrations/007-missed-calls.ts';
import { faxes } from './migrations/008-faxes.ts';
import { recordingKeys } from './migrations/009-recording-keys.ts';
import { reports } from './migrations/010-reports.ts';
import { voicemail } from './migrations/011-voicemail.ts';
import { buyerAccounts } from './migrations/012-buyer-accounts.ts';
import { buyers } from './migrations/013-buyers.ts';
import { devices } from './migrations/014-devices.ts';
import { installations } from './migrations/015-installations.ts';
import { payments } from './migrations/016-payments.ts';
import { billing } from './migrations/017-billing.ts';
import { tickets } from './migrations/018-tickets.ts';
import { servicePlans } from './migrations/019-service-plans.ts';
import { crm } from './migrations/020-crm.ts';
import { announcements } from './migrations/021-announcements.ts';
import { transfers } from './migrations/022-transfers.ts';
import { articles } from './migrations/023-articles.ts';
import { courses } from './migrations/024-courses.ts';
import { callPortal } from './migrations/025-call-portal.ts';

/** SQL in the common subset; {@link spell} replaces the words in capitals that differ between the dialects. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
  /** Afterwards, word for word, what one database alone has: its full-text index. */
  readonly dialects?: Readonly<Record<MigrationTarget['dialect'], readonly string[]>>;
}

/** In order, for ever: a migration that has been released is never edited, only followed by another. */
export const migrations: readonly Migration[] = [
  first,
  callControl,
  supervision,
  presence,
  virtualNumbers,
  messages,
  missedCalls,
  faxes,
  recordingKeys,
  reports,
  voicemail,
  buyerAccounts,
  buyers,
  devices,
  installations,
  billing,
  tickets,
  announcements,
  transfers,
  payments,
  servicePlans,
  crm,
  articles,
  courses,
  callPortal,
];

export interface MigrationTarget {
  readonly dialect: 'sqlite' | 'postgres';
  /** All on one connection. */
  execute(sql: string): Promise<{ readonly rows: readonly unknown[] }>;
}

const LOCK = 4_226_771_001;

/** Applies what is missing, each migration whole or not at all. Several processes may start at the same time. */
export async function migrate(target: MigrationTarget): Promise<void> {
  const { dialect, execute } = target;
  await execute(dialect === 'sqlite' ? 'begin immediate' : 'begin');
  try {
    if (dialect === 'postgres') await execute(`select pg_advisory_xact_lock(${LOCK})`);
    await execute(
      spell('create table if not exists schema_migrations (name TEXT primary key, at TEXT not null)', dialect),
    );
    const { rows } = await execute('select name from schema_migrations');
    const applied = new Set(rows.map((row) => (row as { name: string }).name));
    for (const name of applied) {
      if (!migrations.some((migration) => migration.name === name)) {
        throw new Error(
          `The database holds the migration "${name}", which this version does not know. Run the newer version of the adapter.`,
        );
      }
    }
    for (const migration of migrations) {
      if (applied.has(migration.name)) continue;
      for (const statement of migration.statements) await execute(spell(statement, dialect));
      for (const statement of migration.dialects?.[dialect] ?? []) await execute(statement);
      await execute(
        `insert into schema_migrations (name, at) values ('${migration.name}', '${new Date().toISOString()}')`,
      );
    }
    await execute('commit');
  } catch (error) {
    await execute('rollback').catch(() => {});
    throw error;
  }
}

/** PostgreSQL sorts text by the C collation, so that both dialects order ids, instants and folded names alike. */
function spell(statement: string, dialect: 'sqlite' | 'postgres'): string {
  if (dialect === 'postgres')
    return statement.replaceAll(/\bTEXT\b/g, 'text collate "C"').replaceAll(/\bINTEGER\b/g, 'bigint');
  return /^\s*create table/.test(statement) ? `${statement} strict` : statement;
}
