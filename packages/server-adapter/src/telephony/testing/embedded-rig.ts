import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedExchange, type EmbeddedExchange } from '../embedded/exchange.ts';
import type { EmbeddedExchangeOptions } from '../embedded/options.ts';
import type { ExchangeRig } from './rig.ts';
import { SipTelephone } from './sip-telephone.ts';

export interface EmbeddedRig extends ExchangeRig {
  readonly exchange: EmbeddedExchange;
  readonly url: string;
  readonly recordingsDir: string;
}

/** The exchange in a box on a free port of this machine, with test telephones. */
export async function startEmbeddedRig(options: Partial<EmbeddedExchangeOptions> = {}): Promise<EmbeddedRig> {
  const ownDir = options.recordingsDir === undefined;
  const recordingsDir = options.recordingsDir ?? (await mkdtemp(join(tmpdir(), 'callweave-recordings-')));
  const exchange = createEmbeddedExchange({ ...options, recordingsDir });
  await exchange.start();
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on('upgrade', (request, socket, head) => exchange.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sip`;
  return {
    exchange,
    url,
    recordingsDir,
    publicNumber: '+982181021380',
    accounts: ['alice', 'babak', 'cyrus'],
    telephone: async (number) => SipTelephone.register(url, await exchange.telephoneCredentials(number)),
    agent: async (account) => SipTelephone.register(url, await exchange.credentials(account)),
    stop: async () => {
      await exchange.stop();
      await new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      if (ownDir) await rm(recordingsDir, { recursive: true, force: true });
    },
  };
}
