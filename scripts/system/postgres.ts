import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aptInstall } from './apt.ts';
import { isExecutable, run, which } from './command.ts';
import type { Provision } from './component.ts';

const oldest = 13;

/** Folders that hold a server, newest first: Debian keeps them off PATH, one per major version. */
function serverFolders(): string[] {
  const folders: string[] = [];
  const chosen = process.env.CALLWEAVE_POSTGRES_BIN;
  if (chosen !== undefined && chosen !== '') folders.push(chosen);
  for (const root of ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt']) {
    try {
      const names = readdirSync(root).filter((name) => /^(postgresql@)?\d+$/.test(name));
      names.sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')));
      folders.push(...names.map((name) => join(root, name, 'bin')));
    } catch {
      // Not this system's layout.
    }
  }
  const onPath = which('initdb');
  if (onPath !== undefined) folders.push(dirname(onPath));
  return folders.filter((folder) => ['initdb', 'postgres'].every((name) => isExecutable(join(folder, name))));
}

async function found(): Promise<Provision | undefined> {
  for (const path of serverFolders()) {
    const { stdout } = await run(join(path, 'postgres'), ['--version']);
    const version = /(\d+)(\.\d+)*/.exec(stdout);
    if (version !== null && Number(version[1]) >= oldest) return { ok: true, path, version: version[0] };
  }
  return undefined;
}

/** The folder with `initdb` and `postgres`. No running server is used or touched; see `start-postgres.ts`. */
export async function ensurePostgres(): Promise<Provision> {
  const present = await found();
  if (present !== undefined) return present;
  const reason = await aptInstall('postgres', ['postgresql'], 'the store is tested on PostgreSQL as well as on SQLite');
  const installed = await found();
  return (
    installed ?? {
      ok: false,
      reason: reason ?? `apt-get installed it, but no server of version ${oldest} or later was found.`,
      fix: 'sudo apt-get install postgresql (or set CALLWEAVE_POSTGRES_BIN to the folder with initdb)',
    }
  );
}
