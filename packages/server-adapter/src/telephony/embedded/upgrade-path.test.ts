import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createAdapter } from '../../adapter.ts';
import { attachUpgrade, nodeListener } from '../../http/node.ts';
import { createSqliteStore } from '../../store/sqlite.ts';
import { PEPPER } from '../../testing/desk.ts';
import { createEmbeddedExchange } from './exchange.ts';

/** What a phone meets at an address: an open socket, or the status of a refusal. */
const knock = (url: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = new WebSocket(url, 'sip');
    socket.once('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.once('unexpected-response', (_request, { statusCode }) => {
      socket.terminate();
      resolve(String(statusCode));
    });
    socket.once('error', reject);
  });

describe('the path of phones', () => {
  it.each([
    [undefined, '/sip'],
    ['/desk/phones', '/desk/phones'],
    ['wss://desk.example/phones', '/phones'],
  ])('given %s, is %s', async (path, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'callweave-path-'));
    const store = await createSqliteStore({ file: ':memory:' });
    const exchange = createEmbeddedExchange({ recordingsDir: folder, ...(path === undefined ? {} : { path }) });
    const adapter = createAdapter({ store, exchange, pepper: PEPPER, recordings: folder });
    await adapter.start();
    const server = createServer(nodeListener(adapter));
    attachUpgrade(server, adapter);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const base = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect(await knock(base + expected)).toBe('open');
      expect(await knock(`${base}/elsewhere`)).toBe('404');
    } finally {
      await adapter.stop();
      await store.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true });
    }
  });
});
