import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeskEvent } from '../protocol/event.ts';
import { type ConnectionState, createEventStream, type EventStream } from './event-stream.ts';

let server: Server;
let url: string;
let stream: EventStream;
let connections: { request: IncomingMessage; response: ServerResponse }[];
let handle: (request: IncomingMessage, response: ServerResponse) => void;
let got: DeskEvent[];
let states: ConnectionState[];

const open = (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': hello\n\n');
};
const send = (response: ServerResponse, seq: number) =>
  response.write(
    `id: ${seq}\nevent: reset\ndata: ${JSON.stringify({ seq, at: '2026-11-22T10:00:00.000Z', type: 'reset', data: {} })}\n\n`,
  );

beforeEach(async () => {
  connections = [];
  got = [];
  states = [];
  handle = open;
  server = createServer((request, response) => {
    connections.push({ request, response });
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
});

afterEach(async () => {
  stream.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const follow = (silenceMs = 5_000) => {
  stream = createEventStream({
    url,
    silenceMs,
    onEvent: (event) => got.push(event),
    onState: (state) => states.push(state),
  });
  stream.start();
};

test('a cut connection is resumed after the last event seen', async () => {
  follow();
  await vi.waitFor(() => expect(connections).toHaveLength(1));
  send(connections[0]!.response, 41);
  send(connections[0]!.response, 42);
  await vi.waitFor(() => expect(got).toHaveLength(2));
  connections[0]!.response.destroy();
  await vi.waitFor(() => expect(connections).toHaveLength(2), 3_000);
  expect(connections[0]!.request.headers['last-event-id']).toBeUndefined();
  expect(connections[1]!.request.headers['last-event-id']).toBe('42');
  send(connections[1]!.response, 43);
  await vi.waitFor(() => expect(got.map(({ seq }) => seq)).toEqual([41, 42, 43]));
  expect(states).toEqual(['connecting', 'online', 'offline', 'connecting', 'online']);
});

test('an id without data is where to resume from: a page that got no event yet misses none', async () => {
  follow();
  await vi.waitFor(() => expect(connections).toHaveLength(1));
  connections[0]!.response.write('retry: 1000\nid: 7\n\n');
  await new Promise((resolve) => setTimeout(resolve, 50));
  connections[0]!.response.destroy();
  await vi.waitFor(() => expect(connections).toHaveLength(2), 3_000);
  expect(connections[1]!.request.headers['last-event-id']).toBe('7');
  expect(got).toEqual([]);
});

test('a connection that is silent for too long is given up', async () => {
  follow(150);
  await vi.waitFor(() => expect(connections.length).toBeGreaterThan(1), 3_000);
  expect(states).toContain('offline');
});

test('who is not signed in is told so, and asked for no more', async () => {
  handle = (_, response) => response.writeHead(401).end();
  follow();
  await vi.waitFor(() => expect(states).toEqual(['connecting', 'signed-out']));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(connections).toHaveLength(1);
});

test('messages that arrive in pieces are put together', async () => {
  follow();
  await vi.waitFor(() => expect(connections).toHaveLength(1));
  const { response } = connections[0]!;
  const text = `id: 7\r\nevent: reset\r\ndata: {"seq":7,\r\ndata: "at":"x","type":"reset","data":{"é":"ф"}}\r\n\r\n`;
  const bytes = Buffer.from(text);
  for (const byte of bytes) {
    response.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await vi.waitFor(() => expect(got).toEqual([{ seq: 7, at: 'x', type: 'reset', data: { é: 'ф' } }]));
});
