import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@callweave/sdk';
import { type Adapter, createAdapter, createSqliteStore } from '@callweave/server-adapter';
import { createEmbeddedExchange, type EmbeddedExchange } from '@callweave/server-adapter/embedded';
import { AGENT, CUSTOMERS, PUBLIC_NUMBER } from './people.ts';

export interface DeskInABox {
  readonly adapter: Adapter;
  readonly exchange: EmbeddedExchange;
  close(): Promise<void>;
}

/** A whole desk with real calls that forgets everything when it closes. Whoever comes is the agent: only for this machine. */
export async function openDeskInABox(sipPath: string): Promise<DeskInABox> {
  const folder = mkdtempSync(join(tmpdir(), 'callweave-storybook-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const store = await createSqliteStore({ file: ':memory:' });
  const exchange = createEmbeddedExchange({ recordingsDir: join(folder, 'exchange'), path: sipPath });
  // The one who fills the desk is the manager; a key that is known here alone says so.
  const setUpKey = randomUUID();
  const adapter = createAdapter({
    store,
    exchange,
    pepper: randomUUID(),
    recordings: join(folder, 'recordings'),
    publicNumbers: [PUBLIC_NUMBER],
    authenticate: async (request) =>
      request.headers.get('x-set-up') === setUpKey
        ? { id: 'manager', username: 'manager', name: 'Set-up', roles: ['manager'] }
        : { ...AGENT, roles: [...AGENT.roles] },
  });
  await adapter.provision({ ...AGENT, roles: [...AGENT.roles] });
  await adapter.start();

  const manager = createClient({
    url: `http://storybook.invalid${adapter.basePath}`,
    headers: () => ({ 'x-set-up': setUpKey }),
    fetch: (input, init) => adapter.fetch(new Request(input, init)),
  });
  const samples = new URL('samples/instruments.csv', import.meta.resolve('@callweave/server-adapter/package.json'));
  await manager.instruments.import({ csv: await readFile(samples, 'utf8') });
  for (const customer of CUSTOMERS)
    await manager.customers.create({
      ...customer,
      numbers: [...customer.numbers],
      questions: [...customer.questions],
      responders: [AGENT.id],
      contractSignedOn: '2025-04-12',
    });

  return {
    adapter,
    exchange,
    async close() {
      await adapter.stop();
      await store.close();
      removeFolder();
      process.removeListener('exit', removeFolder);
    },
  };
}
