import { createHash } from 'node:crypto';
import { WebSocket } from 'ws';
import { parseParameters, parseSipUri, topBranch } from '../embedded/sip/address.ts';
import { composeMessage, composeResponse, type HeaderLine, newBranch, randomToken } from '../embedded/sip/compose.ts';
import { parseSipMessage, type SipRequest, type SipResponse, splitList } from '../embedded/sip/message.ts';
import type { PhoneCredentials } from '../exchange.ts';

export interface ClientRequest {
  readonly method: string;
  readonly uri: string;
  /** Without Via, Max-Forwards and CSeq. */
  readonly headers: readonly HeaderLine[];
  readonly body?: string;
  readonly sequence: number;
}

/** A SIP user agent's transport over WebSocket: requests with digest authentication, and what comes in. Standard, so that any exchange takes it. */
export class SipClient {
  readonly credentials: PhoneCredentials;
  readonly user: string;
  readonly domain: string;
  readonly contactUri = `sip:${randomToken().slice(0, 10)}@${randomToken().slice(0, 12)}.invalid;transport=ws`;
  onRequest: (request: SipRequest) => void = () => undefined;
  /** Everything that comes in, as it came. */
  onRaw: (text: string) => void = () => undefined;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (response: SipResponse) => void>();
  /** Branch under which a request was sent last, for its CANCEL. */
  readonly #branches = new WeakMap<readonly HeaderLine[], string>();

  static async connect(url: string, credentials: PhoneCredentials): Promise<SipClient> {
    const socket = new WebSocket(url, ['sip']);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) =>
        reject(new Error(`The exchange refused the WebSocket: ${response.statusCode}.`)),
      );
    });
    return new SipClient(socket, credentials);
  }

  private constructor(socket: WebSocket, credentials: PhoneCredentials) {
    this.#socket = socket;
    this.credentials = credentials;
    const uri = parseSipUri(credentials.uri);
    this.user = uri?.user ?? '';
    this.domain = uri?.host ?? '';
    socket.on('error', () => undefined);
    socket.on('message', (data) => this.#receive(data.toString()));
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  get address(): string {
    return `<sip:${this.user}@${this.domain}>`;
  }

  async register(seconds = 600): Promise<SipResponse> {
    const callId = randomToken();
    const tag = randomToken();
    const response = await this.request({
      method: 'REGISTER',
      uri: `sip:${this.domain}`,
      sequence: 1,
      headers: [
        ['From', `${this.address};tag=${tag}`],
        ['To', this.address],
        ['Call-ID', callId],
        ['Contact', `<${this.contactUri}>;expires=${seconds}`],
        ['Expires', String(seconds)],
      ],
    });
    return response;
  }

  /** Sends a request, answers one challenge, and gives the final response. */
  async request(
    request: ClientRequest,
    onProvisional: (response: SipResponse) => void = () => undefined,
  ): Promise<SipResponse> {
    const first = await this.transact(request, [], onProvisional);
    const challenge =
      first.status === 401
        ? first.headers.get('www-authenticate')
        : first.status === 407
          ? first.headers.get('proxy-authenticate')
          : undefined;
    if (challenge === undefined) return first;
    if (request.method === 'INVITE') this.acknowledge(request, first);
    const name = first.status === 401 ? 'Authorization' : 'Proxy-Authorization';
    return this.transact(
      { ...request, sequence: request.sequence + 1 },
      [[name, this.#authorize(challenge, request)]],
      onProvisional,
    );
  }

  /** The number that a request had after {@link request} answered a challenge. */
  static sequenceOf(response: SipResponse): number {
    return Number.parseInt(response.headers.get('cseq') as string, 10);
  }

  transact(
    request: ClientRequest,
    extra: readonly HeaderLine[],
    onProvisional: (response: SipResponse) => void,
  ): Promise<SipResponse> {
    const branch = newBranch();
    this.#branches.set(request.headers, branch);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No final response to ${request.method}.`)), 60_000);
      timer.unref();
      this.#waiting.set(branch, (response) => {
        // A CANCEL shares the branch of its INVITE; its own response says nothing that we wait for.
        if (!(response.headers.get('cseq') as string).endsWith(` ${request.method}`)) return;
        if (response.status < 200) return onProvisional(response);
        clearTimeout(timer);
        this.#waiting.delete(branch);
        resolve(response);
      });
      this.#send(
        request.method,
        request.uri,
        branch,
        [...request.headers, ['CSeq', `${request.sequence} ${request.method}`], ...extra],
        request.body,
      );
    });
  }

  /** ACK of a refusal, in the INVITE's transaction. */
  acknowledge(request: ClientRequest, response: SipResponse): void {
    const headers = request.headers.map(
      (line): HeaderLine => (line[0] === 'To' ? ['To', response.headers.get('to') as string] : line),
    );
    const branch = topBranch(response.headers.get('via') as string) ?? newBranch();
    const kept = headers.filter(([name]) => ['From', 'To', 'Call-ID'].includes(name));
    this.#send('ACK', request.uri, branch, [...kept, ['CSeq', `${SipClient.sequenceOf(response)} ACK`]]);
  }

  /** CANCEL of an INVITE that has had no final response. */
  cancel(request: ClientRequest, sequence: number): void {
    const branch = this.#branches.get(request.headers) as string;
    const kept = request.headers.filter(([name]) => ['From', 'To', 'Call-ID'].includes(name));
    this.#send('CANCEL', request.uri, branch, [...kept, ['CSeq', `${sequence} CANCEL`]]);
  }

  /** A request outside of any transaction of ours: the ACK of a 2xx. */
  sendAck(uri: string, headers: readonly HeaderLine[]): void {
    this.#send('ACK', uri, newBranch(), headers);
  }

  respond(request: SipRequest, status: number, options: Parameters<typeof composeResponse>[2] = {}): void {
    this.sendRaw(composeResponse(request.headers, status, options));
  }

  sendRaw(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    await new Promise<void>((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.close();
      setTimeout(() => this.#socket.terminate(), 1000).unref();
    });
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #send(method: string, uri: string, branch: string, headers: readonly HeaderLine[], body?: string): void {
    const typed = headers.some(([name]) => name === 'Content-Type');
    const type: HeaderLine[] = body === undefined || typed ? [] : [['Content-Type', 'application/sdp']];
    this.sendRaw(
      composeMessage(
        `${method} ${uri} SIP/2.0`,
        [
          ['Via', `SIP/2.0/WS ${this.contactUri.split('@')[1]?.split(';')[0]};branch=${branch}`],
          ['Max-Forwards', '70'],
          ...headers,
          ['User-Agent', 'callweave-test-telephone'],
          ...type,
        ],
        body,
      ),
    );
  }

  #receive(text: string): void {
    this.onRaw(text);
    if (text.trim() === '') return;
    const message = parseSipMessage(text);
    if (message.kind === 'request') return this.onRequest(message);
    this.#waiting.get(topBranch(message.headers.get('via') as string) ?? '')?.(message);
  }

  #authorize(challenge: string, request: ClientRequest): string {
    const fields = parseParameters(splitList(challenge.replace(/^Digest\s+/i, '')).join(';'));
    const md5 = (value: string) => createHash('md5').update(value).digest('hex');
    const { username, password } = this.credentials;
    const realm = fields.get('realm') ?? '';
    const nonce = fields.get('nonce') ?? '';
    const cnonce = randomToken();
    const ha1 = md5(`${username}:${realm}:${password}`);
    const ha2 = md5(`${request.method}:${request.uri}`);
    const response = md5(`${ha1}:${nonce}:00000001:${cnonce}:auth:${ha2}`);
    const opaque = fields.has('opaque') ? `, opaque="${fields.get('opaque')}"` : '';
    return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${request.uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}"${opaque}`;
  }
}
