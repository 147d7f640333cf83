import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAdapter } from '../adapter.ts';
import { attachUpgrade, nodeListener } from '../http/node.ts';
import { type Command, UsageError } from './command.ts';
import { openDataFolder, openStore, STORE_USAGE, storeOptions } from './data-folder.ts';
import { KEYS_USAGE, recordingKeysOf } from './recording-keys.ts';

export const serve: Command = {
  usage: `callweave serve [--port N] [--data FOLDER] …

Runs the adapter alone, with the exchange in a box. Needs no other software.

  --port N           [3000]
  --host ADDRESS     address to listen at; other machines need TLS in front of it [127.0.0.1]
  --base-path PATH   [/callweave]
  --public-number N  a number at which customers call; repeat for several [any]
  --media-address A  IPv4 address that browser phones send their audio to [127.0.0.1]
${STORE_USAGE}

CALLWEAVE_PEPPER     the key of passwords, PINs and answers; without it one is kept in the data folder
${KEYS_USAGE}`,

  async run(argv) {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        ...storeOptions,
        port: { type: 'string', default: '3000' },
        host: { type: 'string', default: '127.0.0.1' },
        'base-path': { type: 'string' },
        'public-number': { type: 'string', multiple: true },
        'media-address': { type: 'string' },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new UsageError('--port must be a number from 0 to 65535.');
    const recordingKeys = recordingKeysOf();
    const { createEmbeddedExchange } = await import('../telephony/embedded/index.ts');
    const folder = openDataFolder(values.data);
    const store = await openStore(folder, values.postgres);
    const exchange = createEmbeddedExchange({
      recordingsDir: join(folder.path, 'exchange-recordings'),
      ...(values['media-address'] === undefined
        ? {}
        : { mediaAddress: values['media-address'], mediaBindAddress: '0.0.0.0' }),
    });
    const adapter = createAdapter({
      store,
      exchange,
      pepper: folder.pepper,
      recordings: folder.recordings,
      recordingKeys,
      ...(values['base-path'] === undefined ? {} : { basePath: values['base-path'] }),
      ...(values['public-number'] === undefined ? {} : { publicNumbers: values['public-number'] }),
    });
    const server = createServer(nodeListener(adapter));
    attachUpgrade(server, adapter);
    await adapter.start();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, values.host, resolve));
    const { port: actual } = server.address() as AddressInfo;
    process.stdout.write(`Callweave serves http://${values.host}:${actual}${adapter.basePath} from ${folder.path}.\n`);
    if (recordingKeys.length === 0)
      process.stderr.write(
        `WARNING: recordings are kept unencrypted in ${folder.recordings}. Set CALLWEAVE_RECORDING_KEYS; callweave serve --help tells how.\n`,
      );
    const [any] = await store.db.selectFrom('accounts').select('id').limit(1).execute();
    if (any === undefined)
      process.stdout.write(
        `There is no account yet: callweave account create --data ${folder.path} --username boss --name "The Boss" --role manager\n`,
      );

    const signal = await new Promise<string>((resolve) => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
    });
    process.stdout.write(`${signal}: closing.\n`);
    server.close();
    await adapter.stop();
    server.closeAllConnections();
    await store.close();
    return 0;
  },
};
