import type { SipRequest } from '../embedded/sip/message.ts';
import type { PhoneCredentials } from '../exchange.ts';
import type { TestCall, TestTelephone } from './rig.ts';
import { SipClient } from './sip-client.ts';
import { dialCall, incomingCall, type SipTestCall } from './sip-telephone-call.ts';

/** A headless telephone: SIP over WebSocket and WebRTC audio, as a browser phone is, for any exchange. */
export class SipTelephone implements TestTelephone {
  readonly client: SipClient;
  readonly #calls = new Map<string, SipTestCall>();
  readonly #rung: TestCall[] = [];
  readonly #wanted: ((call: TestCall) => void)[] = [];

  /** Connects and registers. `url` is the WebSocket address, for example `ws://127.0.0.1:8088/ws`. */
  static async register(url: string, credentials: PhoneCredentials): Promise<SipTelephone> {
    const client = await SipClient.connect(url, credentials);
    const phone = new SipTelephone(client);
    const response = await client.register();
    if (response.status !== 200) {
      await client.close();
      throw new Error(
        `The exchange refused the registration of ${credentials.uri}: ${response.status} ${response.reason}.`,
      );
    }
    return phone;
  }

  private constructor(client: SipClient) {
    this.client = client;
    client.onRequest = (request) => this.#receive(request);
  }

  async dial(number: string): Promise<TestCall> {
    const call = await dialCall(this.client, number);
    this.#enter(call);
    return call;
  }

  nextCall(timeoutMs = 10_000): Promise<TestCall> {
    const waiting = this.#rung.shift();
    if (waiting !== undefined) return Promise.resolve(waiting);
    return new Promise((resolve, reject) => {
      const wanted = (call: TestCall) => {
        clearTimeout(timer);
        resolve(call);
      };
      const timer = setTimeout(() => {
        this.#wanted.splice(this.#wanted.indexOf(wanted), 1);
        reject(new Error(`${this.client.user} was not called within ${timeoutMs} ms.`));
      }, timeoutMs);
      this.#wanted.push(wanted);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => call.vanish()));
    await this.client.close();
  }

  #enter(call: SipTestCall): void {
    this.#calls.set(call.callId, call);
    void call.ended.then(() => this.#calls.delete(call.callId));
  }

  #receive(request: SipRequest): void {
    const call = this.#calls.get(request.headers.get('call-id') as string);
    if (call !== undefined) return call.handleRequest(request);
    if (request.method === 'INVITE') {
      const rung = incomingCall(this.client, request);
      this.#enter(rung);
      const wanted = this.#wanted.shift();
      if (wanted === undefined) this.#rung.push(rung);
      else wanted(rung);
    } else if (request.method === 'OPTIONS' || request.method === 'NOTIFY') this.client.respond(request, 200);
    else if (request.method !== 'ACK') this.client.respond(request, 481);
  }
}
