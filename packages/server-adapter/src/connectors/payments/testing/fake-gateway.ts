import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with a request: before it is carried out, or after. */
export type GatewayFault =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'silence' }
  /** Does what was asked, and never answers. */
  | { readonly kind: 'silence-after' };

export interface FakeTransaction {
  readonly authority: string;
  /** In its books; a test changes it to see a mismatch noticed. */
  amount: number;
  readonly callbackUrl: string;
  state: 'waiting' | 'paid' | 'verified' | 'failed' | 'reversed';
}

/** What stands in for a payment gateway: its API held to its rules, and its page, on which a browser pays or cancels. */
export abstract class FakeGateway {
  readonly transactions = new Map<string, FakeTransaction>();
  /** Requests that broke its rules, and why. */
  readonly broken: string[] = [];
  /** Taken from the front, one for each request to the API; by method, or any. */
  readonly faults: (GatewayFault & { readonly method?: string })[] = [];
  /** Methods in the order in which they were asked. */
  readonly asked: string[] = [];
  url = '';
  #server: Server | undefined;

  /** Which method of the API a path is; undefined for a page. */
  protected abstract methodOf(path: string): string | undefined;
  protected abstract respond(method: string, body: Record<string, unknown>): unknown;
  protected abstract pagePath: RegExp;
  /** Where the browser goes when its owner is done. */
  abstract backTo(authority: string, paid: boolean): string;

  async listen(port = 0): Promise<this> {
    this.#server = createServer((request, response) => void this.#receive(request, response));
    await new Promise<void>((resolve) => this.#server?.listen(port, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** As a buyer does on its page: gives the address to which the browser goes. */
  finish(authority: string, paid: boolean): string {
    const transaction = this.transactions.get(authority);
    if (transaction === undefined) throw new Error(`The gateway knows no ${authority}.`);
    if (transaction.state === 'waiting') transaction.state = paid ? 'paid' : 'failed';
    return this.backTo(authority, paid);
  }

  protected breaks(why: string): void {
    this.broken.push(why);
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const method = this.methodOf(url.pathname);
    if (method === undefined) return this.#page(url, response);
    this.asked.push(method);
    const at = this.faults.findIndex((fault) => fault.method === undefined || fault.method === method);
    const fault = at < 0 ? undefined : this.faults.splice(at, 1)[0];
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'answer') {
      response.writeHead(fault.status).end(fault.body);
      return;
    }
    if (request.method !== 'POST' || !/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      this.breaks(`${method} is not a POST of JSON`);
    const answer = this.respond(method, JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>);
    if (fault?.kind === 'silence-after') return;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #page(url: URL, response: ServerResponse): void {
    const authority = this.pagePath.exec(url.pathname)?.[1] ?? '';
    const transaction = this.transactions.get(authority);
    if (transaction === undefined) {
      response.writeHead(404).end();
      return;
    }
    const choice = url.searchParams.get('choice');
    if (choice !== null) {
      response.writeHead(302, { location: this.finish(authority, choice === 'pay') }).end();
      return;
    }
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(
        `<!doctype html><html lang="en"><title>Test bank</title><link rel="icon" href="data:,"><h1>${transaction.amount} IRR</h1>` +
          '<a id="pay" href="?choice=pay">Pay</a> <a id="cancel" href="?choice=cancel">Cancel</a></html>',
      );
  }
}
