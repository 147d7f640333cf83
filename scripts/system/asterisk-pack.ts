import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { requiredModules } from '../../packages/server-adapter/src/telephony/asterisk/modules.ts';
import { run } from './command.ts';

/**
 * Part of the prepared copy's name: a copy made for another list of modules is not taken for ours, and clones of
 * different age keep theirs side by side.
 */
export function packContents(): string {
  return createHash('sha256')
    .update([...requiredModules].sort().join('\n'))
    .digest('hex')
    .slice(0, 8);
}

interface Rootfs {
  readonly loader: string;
  readonly libraries: string;
}

function layoutOf(root: string): Rootfs {
  const triples = {
    x64: ['x86_64-linux-gnu', 'ld-linux-x86-64.so.2'],
    arm64: ['aarch64-linux-gnu', 'ld-linux-aarch64.so.1'],
  } as const;
  const triple = triples[process.arch as keyof typeof triples];
  if (triple === undefined)
    throw new Error(`no prepared Asterisk for ${process.arch}: install Asterisk and set CALLWEAVE_ASTERISK`);
  const libraries = join(root, 'usr/lib', triple[0]);
  return { libraries, loader: realpathSync(join(libraries, triple[1])) };
}

/** The libraries that a program or module needs, as the root file system's own loader resolves them. */
async function neededLibraries(layout: Rootfs, file: string): Promise<string[]> {
  const { code, stdout, stderr } = await run(layout.loader, [
    '--inhibit-cache',
    '--library-path',
    layout.libraries,
    '--list',
    file,
  ]);
  if (code !== 0) throw new Error(`cannot list the libraries of ${basename(file)}: ${stderr.trim()}`);
  return [...stdout.matchAll(/=>\s+(\/\S+)/g)].map((match) => match[1] ?? '').filter((path) => path !== '');
}

// Run through its own loader with its own libraries, so that the host's C library does not matter. The host's OpenSSL
// configuration names modules of another OpenSSL: keep it out.
const launcher = `#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
OPENSSL_CONF=/dev/null OPENSSL_MODULES="$here/lib/ossl-modules"
export OPENSSL_CONF OPENSSL_MODULES
exec "$here/lib/LOADER" --inhibit-cache --library-path "$here/lib" --argv0 asterisk "$here/sbin/asterisk" "$@"
`;

/**
 * Copies out of a root file system what Asterisk needs to run from any folder, as any user: binary, loader, libraries,
 * our modules and the XML documentation (without which Stasis refuses to load). Appears in the cache in one rename.
 */
export async function packAsterisk(root: string, cache: string): Promise<string> {
  const layout = layoutOf(root);
  const binary = join(root, 'usr/sbin/asterisk');
  const shown = await run(layout.loader, ['--inhibit-cache', '--library-path', layout.libraries, binary, '-V']);
  const version = /Asterisk\s+(\d+\.\d+(?:\.\d+)?)/.exec(shown.stdout)?.[1];
  if (version === undefined)
    throw new Error(`${root} holds no Asterisk that starts: ${(shown.stderr || shown.stdout).trim()}`);

  const staging = join(cache, `.asterisk-${version}-${process.pid}`);
  rmSync(staging, { recursive: true, force: true });
  for (const folder of ['sbin', 'lib', 'modules', 'data']) mkdirSync(join(staging, folder), { recursive: true });
  cpSync(binary, join(staging, 'sbin/asterisk'));
  cpSync(layout.loader, join(staging, 'lib', basename(layout.loader)));

  const wanted = new Set<string>(await neededLibraries(layout, binary));
  const modules = join(layout.libraries, 'asterisk/modules');
  for (const name of requiredModules) {
    const file = join(modules, `${name}.so`);
    if (!existsSync(file)) throw new Error(`${root} lacks the Asterisk module ${name}`);
    cpSync(file, join(staging, 'modules', `${name}.so`));
    for (const library of await neededLibraries(layout, file)) wanted.add(library);
  }
  // Opened by name at run time, so no list shows it: threads end through it.
  wanted.add(join(layout.libraries, 'libgcc_s.so.1'));
  for (const library of wanted) {
    const target = join(staging, 'lib', basename(library));
    if (existsSync(library) && !existsSync(target)) cpSync(realpathSync(library), target);
  }
  const ssl = join(layout.libraries, 'ossl-modules');
  if (existsSync(ssl)) cpSync(ssl, join(staging, 'lib/ossl-modules'), { recursive: true, dereference: true });
  const documentation = join(root, 'usr/share/asterisk/documentation');
  mkdirSync(join(staging, 'data/documentation'));
  for (const name of readdirSync(documentation).filter((name) => /\.(xml|dtd|xslt)$/.test(name))) {
    cpSync(join(documentation, name), join(staging, 'data/documentation', name), { dereference: true });
  }
  writeFileSync(join(staging, 'asterisk'), launcher.replace('LOADER', basename(layout.loader)));
  chmodSync(join(staging, 'asterisk'), 0o755);

  const target = join(cache, `asterisk-${version}-${packContents()}`);
  rmSync(target, { recursive: true, force: true });
  renameSync(staging, target);
  return join(target, 'asterisk');
}
