import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type PlayerFault =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'silence' }
  /** Makes the licence, and never answers. */
  | { readonly kind: 'silence-after' }
  /** Makes it, and answers when `release` is called. */
  | { readonly kind: 'slow' };

export interface FakeLicence {
  readonly _id: string;
  readonly key: string;
  readonly url: string;
  readonly payload: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const FIELDS = new Set(['test', 'course', 'offline', 'name', 'payload', 'data', 'watermark', 'device']);
const HEX = /^[0-9a-f]{24}$/;

/** SpotPlayer by its documents; an error is `ex` in the body, under whatever HTTP status. */
export class FakeSpotPlayer {
  readonly apiKey = 'spot-key-of-tests';
  readonly licences: FakeLicence[] = [];
  /** Requests that broke its rules, and why. */
  readonly broken: string[] = [];
  readonly faults: PlayerFault[] = [];
  url = '';
  #server: Server | undefined;
  readonly #held: (() => void)[] = [];

  async listen(): Promise<this> {
    this.#server = createServer((request, response) => void this.#receive(request, response));
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** Lets slow answers go. */
  release(): void {
    for (const answer of this.#held.splice(0)) answer();
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const send = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const fault = this.faults.shift();
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'answer') {
      response.writeHead(fault.status).end(fault.body);
      return;
    }
    if (request.headers['$api'] !== this.apiKey || request.headers['$level'] !== '-1') {
      this.broken.push('wrong $API or $LEVEL');
      // Under 200, as it happens there.
      send({ ex: { msg: 'access denied', code: 401 } });
      return;
    }
    const id = /^\/license\/edit\/([0-9a-f]{24})?$/.exec(url.pathname);
    if (id === null) {
      send({ ex: { msg: 'not found', code: 404 } }, 404);
      return;
    }
    if (request.method === 'GET') {
      const known = this.licences.find(({ _id }) => _id === id[1]);
      if (known === undefined || url.searchParams.get('d') !== '1') send({ ex: { msg: 'not found', code: 404 } });
      else send({ _id: known._id, key: known.key, url: known.url, payload: known.payload });
      return;
    }
    const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
    const why = flaw(body);
    if (why !== undefined) {
      this.broken.push(why);
      send({ ex: { msg: why, code: 4 } });
      return;
    }
    const count = String(this.licences.length + 1).padStart(24, '0');
    const made: FakeLicence = {
      _id: count,
      key: `0001${count}`,
      url: `/c/?l=${count}`,
      payload: String(body['payload']),
      body,
    };
    this.licences.push(made);
    const answer = () => send({ _id: made._id, key: made.key, url: made.url });
    if (fault?.kind === 'silence-after') return;
    if (fault?.kind === 'slow') this.#held.push(answer);
    else answer();
  }
}

function flaw(body: Record<string, unknown>): string | undefined {
  const odd = Object.keys(body).find((name) => !FIELDS.has(name));
  if (odd !== undefined) return `there is no ${odd}`;
  const { course, name, offline, watermark, device } = body as {
    course?: unknown[];
    name?: unknown;
    offline?: unknown;
    watermark?: { texts?: { text?: unknown }[] };
    device?: Record<string, unknown>;
  };
  if (!Array.isArray(course) || course.length === 0 || !course.every((id) => HEX.test(String(id)))) return 'course';
  if (typeof name !== 'string' || name === '') return 'name';
  const texts = watermark?.texts;
  if (!Array.isArray(texts) || texts.length === 0 || texts.some(({ text }) => typeof text !== 'string' || text === ''))
    return 'watermark';
  if (offline !== undefined && !(Number.isInteger(offline) && Number(offline) >= 0 && Number(offline) <= 365))
    return 'offline';
  for (const [key, value] of Object.entries(device ?? {}))
    if (
      !/^p[0-6]$/.test(key) ||
      !Number.isInteger(value) ||
      Number(value) < (key === 'p0' ? 1 : 0) ||
      Number(value) > 99
    )
      return `device ${key}`;
  return undefined;
}
