import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyWebhook } from '../webhook-signature.ts';
import { sampleEntry as entry } from './testing/sample-entry.ts';
import { webhookCrm } from './webhook.ts';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

describe('CRM by webhook', () => {
  let server: Server;
  let url: string;
  let status = 204;
  const taken: { id: string; body: string }[] = [];
  /** A receiver that takes only what is signed. */
  beforeEach(async () => {
    taken.splice(0);
    status = 204;
    server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts).toString('utf8');
      const headers = new Headers(request.headers as Record<string, string>);
      if (!verifyWebhook(SECRET, headers, body)) return void response.writeHead(401).end();
      if (status === 204) taken.push({ id: headers.get('webhook-id') ?? '', body });
      response.writeHead(status, { 'retry-after': '7' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const signal = new AbortController().signal;

  it('tells a signed choice, with the same id each time', async () => {
    const crm = webhookCrm({ url, secret: SECRET });
    expect(await crm.record(entry, signal)).toEqual({ remoteId: null });
    await crm.record(entry, signal);
    expect(taken.map(({ id }) => id)).toEqual(['crm_1', 'crm_1']);
    expect(JSON.parse(taken[0]?.body ?? '')).toMatchObject({
      type: 'service.waiting',
      data: { reference: 'choice_01hx', choice: { years: 2 }, customer: { name: 'Sara Karimi' } },
    });
  });

  it('says what may be tried again', async () => {
    status = 503;
    const crm = webhookCrm({ url, secret: SECRET });
    await expect(crm.record(entry, signal)).rejects.toMatchObject({ retryable: true, retryAfterSeconds: 7 });
    const other = webhookCrm({ url, secret: `whsec_${Buffer.alloc(24, 8).toString('base64')}` });
    await expect(other.record(entry, signal)).rejects.toMatchObject({ retryable: false });
    expect(() => webhookCrm({ url: 'http://crm.example', secret: SECRET })).toThrow('https');
  });
});
