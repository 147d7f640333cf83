import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Adapter } from '../adapter.ts';
import { clientAddress } from './client-address.ts';
import { nodeListener } from './node.ts';

const from = (forwarded?: string) =>
  new Request('http://desk.test/', { headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });

test('a proxy that is trusted says where a request came from; what stands before its own entry is anybody’s word', () => {
  expect(clientAddress(from('203.0.113.9, 198.51.100.7'), true)).toBe('198.51.100.7');
  expect(clientAddress(from('198.51.100.7'), false)).toBe('');
  expect(clientAddress(from('<script>'), true)).toBe('');
  expect(clientAddress(from(), true)).toBe('');
});

test('on Node it is the address of the socket', async () => {
  const seen: string[] = [];
  const answer = async (request: Request) => {
    seen.push(clientAddress(request, false));
    return new Response('ok');
  };
  const server = createServer(nodeListener({ basePath: '', answer, fetch: answer } as unknown as Adapter));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    await fetch(`http://127.0.0.1:${port}/`, { headers: { 'x-forwarded-for': '198.51.100.7' } });
    expect(seen).toEqual(['127.0.0.1']);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});
