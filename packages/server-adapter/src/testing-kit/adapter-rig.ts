import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Adapter, createAdapter } from '../adapter.ts';
import { attachUpgrade, nodeListener } from '../http/node.ts';
import type { AdapterOptions } from '../options.ts';
import { createSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import { createEmbeddedExchange, type EmbeddedExchange } from '../telephony/embedded/index.ts';
import { SipTelephone } from '../telephony/testing/sip-telephone.ts';

/** Your own options. What is left out is made for the test: a store in a temporary folder, recordings beside it. */
export type AdapterRigOptions = Partial<Omit<AdapterOptions, 'exchange'>>;

export interface AdapterRig {
  readonly adapter: Adapter;
  readonly store: Store;
  readonly exchange: EmbeddedExchange;
  /** Address of the server, without a slash at its end: `http://127.0.0.1:40123`. */
  readonly url: string;
  /** A telephone in the outside world, which calls with this number (E.164) and is reached under it. */
  telephone(number: string): Promise<SipTelephone>;
  /** The browser phone of whoever these headers sign in. */
  agent(headers: Readonly<Record<string, string>>): Promise<SipTelephone>;
  /** Switches the telephones off and ends everything that the rig has made. */
  stop(): Promise<void>;
}

/** The adapter with your options on a free port of this machine, and the exchange in a box behind it. */
export async function startAdapterRig(options: AdapterRigOptions = {}): Promise<AdapterRig> {
  const folder = await mkdtemp(join(tmpdir(), 'callweave-rig-'));
  const ownStore = options.store === undefined;
  const store = options.store ?? (await createSqliteStore({ file: join(folder, 'callweave.sqlite') }));
  const exchange = createEmbeddedExchange({ recordingsDir: join(folder, 'tracks') });
  const adapter = createAdapter({
    pepper: 'a pepper that is used in tests alone',
    secretCost: 4,
    verifyAnswers: true,
    recordings: join(folder, 'recordings'),
    ...options,
    store,
    exchange,
  });
  const server = createServer(nodeListener(adapter));
  attachUpgrade(server, adapter);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const phones: SipTelephone[] = [];
  const keep = (phone: SipTelephone) => {
    phones.push(phone);
    return phone;
  };
  const stop = async () => {
    await Promise.all(phones.map((phone) => phone.close()));
    await adapter.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    if (ownStore) await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await adapter.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    adapter,
    store,
    exchange,
    url: `http://127.0.0.1:${port}`,
    async telephone(number) {
      return keep(
        await SipTelephone.register(`ws://127.0.0.1:${port}/sip`, await exchange.telephoneCredentials(number)),
      );
    },
    async agent(headers) {
      const response = await fetch(`http://127.0.0.1:${port}${adapter.basePath}/session/phone`, { headers });
      if (!response.ok)
        throw new Error(
          `These headers get no phone: ${response.status} ${await response.text()}. Sign in an agent whose device is the browser.`,
        );
      const { expiresAt, ...issued } = (await response.json()) as {
        expiresAt: string;
        server: string;
        uri: string;
        username: string;
        password: string;
      };
      return keep(
        await SipTelephone.register(`ws://127.0.0.1:${port}${issued.server}`, {
          ...issued,
          expiresAt: new Date(expiresAt),
        }),
      );
    },
    stop,
  };
}
