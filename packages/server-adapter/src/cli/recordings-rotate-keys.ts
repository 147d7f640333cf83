import { parseArgs } from 'node:util';
import { createKeyRing } from '../connectors/recordings/file-keys.ts';
import { rotateKeys } from '../recordings/index.ts';
import { type Command, UsageError } from './command.ts';
import { openDataFolder, openStore, STORE_USAGE, storeOptions } from './data-folder.ts';
import { KEYS_USAGE, recordingKeysOf } from './recording-keys.ts';

export const recordingsRotateKeys: Command = {
  usage: `callweave recordings rotate-keys

Wraps the key of every encrypted file under the first of the keys that are given. No file is rewritten. It can be broken
off and started again, also while the adapter serves; when it has ended, the other keys can be thrown away.

${STORE_USAGE}

${KEYS_USAGE}`,

  async run(argv) {
    const { values } = parseArgs({ args: [...argv], options: storeOptions });
    const keys = recordingKeysOf();
    if (keys.length === 0)
      throw new UsageError('CALLWEAVE_RECORDING_KEYS is missing: the new key first, then the old.');
    const ring = createKeyRing(keys);
    const store = await openStore(openDataFolder(values.data), values.postgres);
    try {
      const done = await rotateKeys(store, ring, (count) => process.stderr.write(`${count} keys …\n`));
      process.stdout.write(
        done === 0
          ? `Every file has the key "${ring.current}" already.\n`
          : `${done} files have the key "${ring.current}" now.\n`,
      );
      return 0;
    } finally {
      await store.close();
    }
  },
};
