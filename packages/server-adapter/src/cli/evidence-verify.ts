import { parseArgs } from 'node:util';
import { EVIDENCE_USAGE, runEvidenceCommand } from '../evidence/index.ts';
import { recordingFiles } from '../recordings/index.ts';
import type { Command } from './command.ts';
import { openDataFolder, openStore, STORE_USAGE, storeOptions } from './data-folder.ts';
import { KEYS_USAGE, recordingKeysOf } from './recording-keys.ts';

export const evidenceVerify: Command = {
  usage: `${EVIDENCE_USAGE}\n\n${STORE_USAGE}\n\n${KEYS_USAGE}`,

  run(argv) {
    // The place of the data is ours; everything else belongs to the command.
    const { tokens, values } = parseArgs({
      args: [...argv],
      options: storeOptions,
      strict: false,
      allowPositionals: true,
      tokens: true,
    });
    const rest: string[] = [];
    let skip = -1;
    for (const [index, arg] of argv.entries()) {
      const token = tokens.find((each) => each.index === index);
      if (token?.kind === 'option' && token.name in storeOptions) {
        if (token.inlineValue !== true) skip = index + 1;
      } else if (index !== skip) rest.push(arg);
    }
    return runEvidenceCommand(['verify', ...rest], {
      print: (line) => void process.stdout.write(`${line}\n`),
      open: async () => {
        const folder = openDataFolder(String(values.data));
        const store = await openStore(folder, values.postgres === undefined ? undefined : String(values.postgres));
        return {
          db: store.db,
          files: recordingFiles(store, folder.recordings, recordingKeysOf()),
          close: () => store.close(),
        };
      },
    });
  },
};
