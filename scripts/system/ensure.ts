import { pathToFileURL } from 'node:url';
import { ensureAsterisk } from './asterisk.ts';
import { ensureBaresip } from './baresip.ts';
import { ensureChromium } from './chromium.ts';
import { type Component, components, isComponent, type Provision } from './component.ts';
import { ensurePostgres } from './postgres.ts';
import { ensureSipp } from './sipp.ts';

export { type Component, components, isComponent, MissingComponentError, type Provision } from './component.ts';
export { type AsteriskOptions, type RunningAsterisk, startAsterisk } from './start-asterisk.ts';
export { type RunningPostgres, startPostgres } from './start-postgres.ts';

const provisions: Record<Component, () => Promise<Provision>> = {
  chromium: ensureChromium,
  postgres: ensurePostgres,
  asterisk: ensureAsterisk,
  sipp: ensureSipp,
  baresip: ensureBaresip,
};

/** Finds a component or, where this process may, installs it. Never throws: a reason and a fix are an answer too. */
export async function ensure(component: Component): Promise<Provision> {
  try {
    return await provisions[component]();
  } catch (error) {
    return {
      ok: false,
      reason: error instanceof Error ? error.message : String(error),
      fix: `read the lines above, then run: node scripts/system/ensure.ts ${component}`,
    };
  }
}

/** `node scripts/system/ensure.ts chromium asterisk …`: one line each; exit code 1 when one is missing, 2 for a wrong name. */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !isComponent(name));
  if (unknown !== undefined) {
    process.stderr.write(`Unknown component "${unknown}". Known: ${components.join(', ')}.\n`);
    return 2;
  }
  let code = 0;
  // One after the other: two apt-get or two downloads at once only wait for each other.
  for (const name of names.length === 0 ? components : names.filter(isComponent)) {
    const provision = await ensure(name);
    if (provision.ok) process.stdout.write(`${name}\t${provision.path}\t${provision.version ?? ''}\n`);
    else {
      process.stdout.write(`${name}\tmissing: ${provision.reason} Fix: ${provision.fix}\n`);
      code = 1;
    }
  }
  return code;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2));
}
