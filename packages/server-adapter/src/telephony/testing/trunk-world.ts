import { createSocket, type Socket } from 'node:dgram';
import { parseNameAddress, parseSipUri } from '../embedded/sip/address.ts';
import { composeMessage, composeResponse, type HeaderLine, newBranch } from '../embedded/sip/compose.ts';
import { parseSipMessage, type SipRequest, type SipResponse } from '../embedded/sip/message.ts';
import type { TestCall, TestTelephone } from './rig.ts';
import { RtpVoice } from './rtp-voice.ts';
import { TrunkCall } from './trunk-call.ts';

/** The outside world at the far end of a SIP trunk (UDP): telephones with numbers, which call and are called. */
export class TrunkWorld {
  readonly #socket: Socket;
  readonly port: number;
  /** Everything that the exchange sends, as it comes. */
  onRaw: (text: string) => void = () => undefined;
  #exchangePort = 0;
  readonly #phones = new Map<string, TrunkTelephone>();
  readonly #calls = new Map<string, TrunkCall>();
  readonly #replies = new Map<string, (response: SipResponse) => void>();
  readonly #resending = new Map<string, NodeJS.Timeout>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (packet) => this.#receive(packet.toString('utf8')));
    socket.on('error', () => undefined);
  }

  static open(): Promise<TrunkWorld> {
    const socket = createSocket('udp4');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, '127.0.0.1', () => resolve(new TrunkWorld(socket)));
    });
  }

  /** UDP port of the exchange's trunk; known only after the exchange was told our port. */
  connect(exchangePort: number): void {
    this.#exchangePort = exchangePort;
  }

  get exchangePort(): number {
    return this.#exchangePort;
  }

  telephone(number: string): TestTelephone {
    const phone = new TrunkTelephone(this, number, () => this.#phones.delete(number));
    this.#phones.set(number, phone);
    return phone;
  }

  close(): void {
    for (const timer of this.#resending.values()) clearInterval(timer);
    for (const call of [...this.#calls.values()]) call.vanish();
    this.#socket.close();
  }

  enter(call: TrunkCall): void {
    this.#calls.set(call.callId, call);
  }

  leave(call: TrunkCall): void {
    this.#calls.delete(call.callId);
  }

  /** Sends a request, again and again until something comes back (UDP), and hands every response on. */
  request(
    method: string,
    uri: string,
    headers: readonly HeaderLine[],
    body: string,
    onResponse: (response: SipResponse) => void,
    branch = newBranch(),
  ): void {
    const via: HeaderLine = ['Via', `SIP/2.0/UDP 127.0.0.1:${this.port};branch=${branch};rport`];
    const text = composeMessage(
      `${method} ${uri} SIP/2.0`,
      [via, ['Max-Forwards', '70'], ...headers, ...(body === '' ? [] : [['Content-Type', 'application/sdp'] as const])],
      body,
    );
    this.send(text);
    if (method === 'ACK') return;
    const key = `${branch} ${method}`;
    let attempts = 0;
    this.#resending.set(
      key,
      setInterval(() => {
        attempts += 1;
        if (attempts > 8) this.#stopResending(key);
        else this.send(text);
      }, 500),
    );
    this.#replies.set(key, onResponse);
  }

  send(text: string): void {
    this.#socket.send(text, this.#exchangePort, '127.0.0.1');
  }

  #stopResending(key: string): void {
    clearInterval(this.#resending.get(key));
    this.#resending.delete(key);
  }

  #receive(text: string): void {
    if (text.trim() === '') return;
    this.onRaw(text);
    const message = parseSipMessage(text);
    if (message.kind === 'response') {
      const branch = /branch=([^;,\s]+)/.exec(message.headers.get('via') ?? '')?.[1] ?? '';
      const key = `${branch} ${(message.headers.get('cseq') ?? '').split(/\s+/)[1]}`;
      this.#stopResending(key);
      this.#replies.get(key)?.(message);
      return;
    }
    const call = this.#calls.get(message.headers.get('call-id') ?? '');
    if (call !== undefined) return call.handle(message);
    if (message.method === 'INVITE') return void this.#incoming(message);
    if (message.method !== 'ACK')
      this.send(composeResponse(message.headers, message.method === 'OPTIONS' ? 200 : 481, { toTag: 'none' }));
  }

  async #incoming(request: SipRequest): Promise<void> {
    const number = parseSipUri(request.uri)?.user ?? '';
    const phone = this.#phones.get(number);
    if (phone === undefined) return this.send(composeResponse(request.headers, 404, { toTag: 'none' }));
    const voice = await RtpVoice.open();
    const from = parseNameAddress(request.headers.get('from') ?? '');
    const call = new TrunkCall(this, voice, {
      direction: 'incoming',
      peer: parseSipUri(from?.uri ?? '')?.user ?? '',
      callId: request.headers.get('call-id') ?? '',
    });
    this.enter(call);
    call.offered(request);
    phone.rings(call);
  }
}

class TrunkTelephone implements TestTelephone {
  readonly #world: TrunkWorld;
  readonly #number: string;
  readonly #unplug: () => void;
  readonly #calls: TrunkCall[] = [];
  readonly #ringing: TrunkCall[] = [];
  #waiting: ((call: TrunkCall) => void) | undefined;

  constructor(world: TrunkWorld, number: string, unplug: () => void) {
    this.#world = world;
    this.#number = number;
    this.#unplug = unplug;
  }

  rings(call: TrunkCall): void {
    this.#calls.push(call);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#ringing.push(call);
    else waiting(call);
  }

  async dial(number: string): Promise<TestCall> {
    const voice = await RtpVoice.open();
    const call = new TrunkCall(this.#world, voice, { direction: 'outgoing', peer: number, callId: newBranch() });
    this.#calls.push(call);
    this.#world.enter(call);
    call.dial(this.#number);
    return call;
  }

  nextCall(timeoutMs = 10_000): Promise<TestCall> {
    const ready = this.#ringing.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting = undefined;
        reject(new Error(`Nothing rang at ${this.#number} within ${timeoutMs} ms.`));
      }, timeoutMs);
      this.#waiting = (call) => {
        clearTimeout(timer);
        resolve(call);
      };
    });
  }

  async close(): Promise<void> {
    this.#unplug();
    await Promise.all(this.#calls.map((call) => call.hangup()));
  }
}
