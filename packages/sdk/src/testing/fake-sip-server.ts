import type { SipSocket } from '../phone/ports/sip.ts';
import { FakeLeg } from './fake-leg.ts';
import { buildResponse, type FakeReply, parseSip, type SipMessage } from './sip-message.ts';

/**
 * An exchange in memory, behind the `Socket` seam of JsSIP: registrations and dialogs with every answer scriptable.
 * It keeps the order of a network: nothing is delivered while the sender is still running.
 */
export class FakeSipServer {
  /** Everything the phone sent. */
  readonly received: SipMessage[] = [];
  readonly legs: FakeLeg[] = [];
  /** When false, connections fail. */
  reachable = true;
  /** When false, nothing gets through any more, and no socket notices: a half-open connection. */
  carries = true;
  /** How a keep-alive (a double CRLF) is answered; `null` as by an exchange that does not know it. */
  onKeepAlive: () => string | null = () => '\r\n';
  keepAlives = 0;
  /** How a REGISTER is answered; `null` keeps silent. */
  onRegister: (request: SipMessage) => FakeReply | null = (request) => acceptRegistration(request);
  /** What happens to a call of the phone. */
  onInvite: (leg: FakeLeg, request: SipMessage) => void = (leg) => {
    leg.ring();
    leg.answer();
  };
  readonly #sockets = new Set<FakeSocket>();
  #contact = '';
  #counter = 0;

  readonly createSocket = (url: string): SipSocket => {
    const socket = new FakeSocket(url, this);
    this.#sockets.add(socket);
    return socket;
  };

  get isConnected(): boolean {
    return [...this.#sockets].some((socket) => socket.open);
  }

  /** Cuts every connection, as a network does. */
  drop(): void {
    for (const socket of this.#sockets) socket.fail();
  }

  /** Rings the phone. */
  call(
    options: { from?: string; displayName?: string; headers?: Readonly<Record<string, string>>; sdp?: string } = {},
  ): FakeLeg {
    if (!this.#contact) throw new Error('The phone is not registered.');
    this.#counter += 1;
    const leg = new FakeLeg(this.#line, {
      callId: `fake-call-${this.#counter}`,
      direction: 'to-phone',
      localTag: `fake-tag-${this.#counter}`,
      from: `sip:${options.from ?? '+420777123456'}@fake.exchange`,
      to: 'sip:agent1@fake.exchange',
      contact: this.#contact,
    });
    this.legs.push(leg);
    leg.invite(options);
    return leg;
  }

  requests(method: string): SipMessage[] {
    return this.received.filter((message) => message.status === null && message.method === method);
  }

  get #line() {
    return {
      send: (text: string) => this.#send(text),
      nextBranch: () => {
        this.#counter += 1;
        return `z9hG4bKfake${this.#counter}`;
      },
    };
  }

  #send(text: string): void {
    queueMicrotask(() => {
      if (this.carries) for (const socket of this.#sockets) if (socket.open) socket.ondata(text);
    });
  }

  /** @internal */
  receive(text: string): void {
    if (!this.carries) return;
    if (text === '\r\n\r\n') {
      this.keepAlives += 1;
      const answer = this.onKeepAlive();
      if (answer !== null) this.#send(answer);
      return;
    }
    const message = parseSip(text);
    if (!message) return;
    this.received.push(message);
    const callId = message.header('call-id');
    const leg = this.legs.find((candidate) => candidate.callId === callId);
    if (message.method === 'REGISTER' && message.status === null) return this.#register(message);
    if (leg && (message.method !== 'INVITE' || message.status !== null || /;tag=/.test(message.header('to') ?? '')))
      return leg.handle(message);
    if (message.method === 'INVITE' && message.status === null) this.#invited(message);
  }

  #register(message: SipMessage): void {
    const reply = this.onRegister(message);
    if (!reply) return;
    if (reply.status === 200) this.#contact = /<([^>]+)>/.exec(message.header('contact') ?? '')?.[1] ?? this.#contact;
    this.#send(buildResponse(message, reply, 'registrar'));
  }

  #invited(message: SipMessage): void {
    this.#counter += 1;
    const address = (name: string): string => /<([^>]+)>/.exec(message.header(name) ?? '')?.[1] ?? '';
    const leg = new FakeLeg(this.#line, {
      callId: message.header('call-id') ?? '',
      direction: 'from-phone',
      localTag: `fake-tag-${this.#counter}`,
      from: address('to'),
      to: address('from'),
      contact: address('contact'),
      invite: message,
    });
    this.legs.push(leg);
    queueMicrotask(() => this.onInvite(leg, message));
  }
}

export function acceptRegistration(request: SipMessage, expires = 300): FakeReply {
  const contact = (request.header('contact') ?? '').replace(/;expires=\d+/, '');
  return { status: 200, phrase: 'OK', headers: { Contact: `${contact};expires=${expires}` } };
}

class FakeSocket implements SipSocket {
  readonly url: string;
  readonly sip_uri = 'sip:fake.exchange;transport=ws';
  via_transport = 'WS';
  open = false;
  onconnect: () => void = () => {};
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => {};
  ondata: (data: string | ArrayBuffer) => void = () => {};
  readonly #server: FakeSipServer;

  constructor(url: string, server: FakeSipServer) {
    this.url = url;
    this.#server = server;
  }

  connect(): void {
    queueMicrotask(() => {
      if (!this.#server.reachable) return this.ondisconnect(true, 1006, '');
      this.open = true;
      this.onconnect();
    });
  }

  disconnect(): void {
    this.open = false;
  }

  send(message: string): boolean {
    if (!this.open) return false;
    queueMicrotask(() => this.#server.receive(message));
    return true;
  }

  fail(): void {
    if (!this.open) return;
    this.open = false;
    this.ondisconnect(true, 1006, '');
  }
}
