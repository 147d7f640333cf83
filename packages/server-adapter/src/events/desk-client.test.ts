import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { nodeListener } from '../http/node.ts';
import { sqliteStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';

// Not imported by name: the SDK is compiled with the types of browsers, which the server's program must not have.
const { createDesk, client } = (await import('@callweave/sdk' as string)) as {
  createDesk(options: object): Page;
  client: unknown;
};

interface Page {
  readonly connection: { get(): string };
  readonly session: { readonly state: { get(): unknown } };
  readonly events: { on(type: 'order-removed', listener: (event: { data: { id: string } }) => void): void };
  use(feature: unknown): {
    readonly accounts: Record<'setOwn' | 'create', (input: object) => Promise<{ onLeave: boolean }>>;
  };
  start(): Promise<void>;
  stop(): Promise<void>;
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !holds(); i += 1) await sleep(10);
  expect(holds()).toBe(true);
}

describe('the SDK on the real adapter', () => {
  const makeStore = sqliteStores();

  it('follows events over cut connections and a restarted server, and missed none', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const agent = await desk.as('agent');
    let server: Server;
    const listen = async (port: number) => {
      server = createServer(nodeListener(desk.adapter));
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    };
    const port = await listen(0);
    const page = createDesk({
      url: `http://127.0.0.1:${port}/callweave`,
      headers: () => ({ cookie: agent.cookie }),
      phone: 'off',
    });
    const got: string[] = [];
    page.events.on('order-removed', ({ data }) => got.push(data.id));
    await page.start();
    await until(() => page.connection.get() === 'online');
    expect(page.session.state.get()).toMatchObject({
      status: 'signed-in',
      session: { account: { username: 'the-agent' } },
    });
    const expected: string[] = [];
    const publish = async (id: string) => {
      expected.push(id);
      await store.write((tx) => tx.publish({ type: 'order-removed', data: { id } }, [`account:${agent.accountId}`]));
    };
    // Cut before the page has got a single event.
    server!.closeAllConnections();
    await publish('while-away-0');
    for (let i = 1; i < 4; i += 1) {
      await until(() => got.length === expected.length);
      await publish(`live-${i}`);
      server!.closeAllConnections();
      await publish(`while-away-${i}`);
    }
    await until(() => got.length === expected.length);
    server!.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await publish('while-down');
    await listen(port);
    await until(() => got.length === expected.length);
    expect(got).toEqual(expected);

    // A change over the typed client, and what others see of it.
    const changed = await page.use(client).accounts.setOwn({ onLeave: true });
    expect(changed.onLeave).toBe(true);
    await expect(
      page.use(client).accounts.create({ username: 'abc', password: 'ten characters', name: 'A', roles: ['agent'] }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
    await page.stop();
    server!.closeAllConnections();
    server!.close();
    await desk.stop();
  });
});
