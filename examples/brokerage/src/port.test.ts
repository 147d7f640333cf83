import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { choosePort } from './port.ts';

let server: Server;

async function occupied(listener: RequestListener): Promise<number> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const free = () => new Promise<void>((resolve) => server.close(() => resolve()));
afterEach(async () => {
  server.closeAllConnections();
  if (server.listening) await free();
});

it('is the usual one while it is free, and the one that is asked for', async () => {
  const port = await occupied(() => {});
  await free();
  expect(await choosePort(undefined, port)).toBe(port);
  expect(await choosePort('4321', port)).toBe(4321);
});

it('is any other where some other program has the usual one', async () => {
  expect(await choosePort(undefined, await occupied((_request, response) => response.end('not a desk')))).toBe(0);
});

it('is none where a desk is open already: two on one data folder would disturb each other', async () => {
  const port = await occupied((_request, response) => response.end('{"ok":true,"store":"up","exchange":"up"}'));
  await expect(choosePort(undefined, port)).rejects.toThrow(`http://127.0.0.1:${port} already`);
});
