/**
 * A process of its own that imports what was confirmed and says how far it is, until it is killed.
 * Arguments: where the store is.
 */

import { IRAN } from '@callweave/sdk/protocol';
import { embeddedDirectory } from '../../customers/index.ts';
import { createDevices } from '../../devices/index.ts';
import { openPlace } from '../../testing/open-place.ts';
import { createImports, type ImportKind } from '../index.ts';

const [, , storage = ''] = process.argv;
const store = await openPlace(storage);
const devices = createDevices({
  store,
  directory: embeddedDirectory(store, IRAN),
  clock: { now: () => new Date() },
  dayOf: (at) => at.toISOString().slice(0, 10),
});
const say = (word: string) => void process.stdout.write(`${word}\n`);
const kind: ImportKind<never> = {
  ...(devices.importKind as unknown as ImportKind<never>),
  async check(lines, fault) {
    const rows = await devices.importKind.check(lines, fault);
    say(`checked ${lines[0]?.line}`);
    return rows as never;
  },
  async apply(tx, rows, actor, fault) {
    await devices.importKind.apply(tx, rows, actor, fault);
    say(`wrote ${rows[0]?.line}`);
  },
};
const imports = createImports({ store, kinds: [kind], onError: (error) => console.error(error) });
await imports.start?.();
await imports.drain();
say('done');
// Stays: whoever started it ends it.
setInterval(() => {}, 60_000);
