import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that the service has taken, as it would go out. */
export interface TakenMessage {
  readonly providerId: string;
  readonly to: string;
  readonly text: string;
}

export interface FakeRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly form: Readonly<Record<string, string>>;
  /** The body as it came. */
  readonly text: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What goes wrong with a request instead of, or after, its being carried out. */
export type Fault =
  /** Answers this without doing anything. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  /** Takes no notice, and never answers. */
  | { readonly kind: 'silence' }
  /** Does what was asked, and the answer is lost. */
  | { readonly kind: 'lost-answer' }
  /** Does what was asked, and never answers. */
  | { readonly kind: 'silence-after' }
  /** Does what was asked, and answers something else. */
  | { readonly kind: 'garbled'; readonly status: number; readonly body: string };

/** An address of this machine at which nobody listens. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** What stands in for a service: a server on this machine that holds requests to the service's own rules. */
export abstract class FakeSmsService {
  /** Messages that went out, in order: what a telephone would have got. */
  readonly taken: TakenMessage[] = [];
  /** Requests that broke its rules, and why. */
  readonly broken: string[] = [];
  requests = 0;
  /** What kind of body it takes. */
  protected readonly bodies: 'form' | 'json' = 'form';
  /** Taken from the front, one for each request. */
  readonly faults: Fault[] = [];
  url = '';
  #server: Server | undefined;

  protected abstract respond(request: FakeRequest): FakeAnswer;
  /** Decides what became of a message. */
  abstract setStatus(providerId: string, status: 'delivered' | 'failed'): void;

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

  protected refuse(why: string, status: number, body: unknown): FakeAnswer {
    this.broken.push(why);
    return { status, body };
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const fault = this.faults.shift();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'answer') {
      response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
      return;
    }
    const url = new URL(request.url ?? '/', this.url);
    const body = Buffer.concat(parts);
    const isForm = /^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? '');
    const isJson = /^application\/json\b/.test(request.headers['content-type'] ?? '');
    if (request.method === 'POST' && !(this.bodies === 'form' ? isForm : isJson))
      this.broken.push(`the body is not ${this.bodies === 'form' ? 'a form' : 'JSON'}`);
    if (request.method === 'POST' && request.headers['content-length'] !== String(body.length))
      this.broken.push('the content length is wrong or missing');
    const answer = this.respond({
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      form: isForm ? Object.fromEntries(new URLSearchParams(body.toString('utf8'))) : {},
      text: body.toString('utf8'),
    });
    if (fault?.kind === 'silence-after') return;
    if (fault?.kind === 'lost-answer') {
      response.destroy();
      return;
    }
    if (fault?.kind === 'garbled') {
      response.writeHead(fault.status).end(fault.body);
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }
}
