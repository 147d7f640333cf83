import { parseNameAddress, parseSipUri } from '../embedded/sip/address.ts';
import { type HeaderLine, randomToken } from '../embedded/sip/compose.ts';
import type { SipRequest, SipResponse } from '../embedded/sip/message.ts';
import type { TestCall } from './rig.ts';
import { type ClientRequest, SipClient } from './sip-client.ts';
import { TelephoneMedia } from './telephone-media.ts';
import type { Hearing } from './tone-measure.ts';

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  // Nobody has to be interested in every outcome of a call.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** One call of a {@link SipTelephone}. */
export class SipTestCall implements TestCall {
  readonly direction: 'outgoing' | 'incoming';
  readonly peer: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly callId: string;
  readonly media = new TelephoneMedia();
  readonly client: SipClient;
  readonly localTag = randomToken();
  /** The INVITE as it came (incoming). */
  readonly #incoming: SipRequest | undefined;
  readonly #ringing = deferred<void>();
  readonly #answered = deferred<void>();
  readonly #ended = deferred<{ readonly status?: number }>();
  #state: 'early' | 'up' | 'over' = 'early';
  #invite: ClientRequest | undefined;
  #inviteSequence = 1;
  #sequence = 1;
  readonly #localAddress: string;
  #remoteAddress: string;
  #remoteTarget: string;
  readonly #acked = deferred<void>();

  constructor(client: SipClient, how: { readonly number: string } | { readonly invite: SipRequest }) {
    this.client = client;
    if ('number' in how) {
      this.direction = 'outgoing';
      this.peer = how.number;
      this.headers = {};
      this.callId = randomToken();
      this.#remoteTarget = `sip:${how.number}@${client.domain}`;
      this.#localAddress = `${client.address};tag=${this.localTag}`;
      this.#remoteAddress = `<${this.#remoteTarget}>`;
    } else {
      const { headers } = how.invite;
      this.direction = 'incoming';
      this.#incoming = how.invite;
      this.headers = headers.toRecord();
      this.callId = headers.get('call-id') as string;
      const from = headers.get('from') as string;
      this.peer = parseSipUri(parseNameAddress(from)?.uri ?? '')?.user ?? '';
      this.#remoteTarget = parseNameAddress(headers.get('contact') ?? '')?.uri ?? '';
      this.#localAddress = `${headers.get('to')};tag=${this.localTag}`;
      this.#remoteAddress = from;
    }
  }

  get ringing(): Promise<void> {
    return this.#ringing.promise;
  }

  get answered(): Promise<void> {
    return this.#answered.promise;
  }

  get ended(): Promise<{ readonly status?: number }> {
    return this.#ended.promise;
  }

  async invite(): Promise<void> {
    const offer = await this.media.offer();
    const request = {
      method: 'INVITE',
      uri: this.#remoteTarget,
      sequence: 1,
      headers: [...this.#dialogHeaders(), this.#contact],
      body: offer,
    };
    this.#invite = request;
    void this.client
      .request(request, (response) => {
        this.#inviteSequence = SipClient.sequenceOf(response);
        if (response.status >= 180) this.#ringing.resolve();
      })
      .then(
        (response) => this.#finalResponse(request, response),
        () => this.#over({ status: 408 }),
      );
  }

  /** Rings at once, as a browser phone does. */
  ring(): void {
    const invite = this.#incoming as SipRequest;
    this.client.respond(invite, 100);
    this.client.respond(invite, 180, { toTag: this.localTag, headers: [this.#contact] });
    this.#ringing.resolve();
  }

  async answer(): Promise<void> {
    const invite = this.#incoming;
    if (invite === undefined || this.#state !== 'early')
      throw new Error('Only a call that rings here can be answered.');
    const answer = await this.media.answer(invite.body);
    this.client.respond(invite, 200, { toTag: this.localTag, headers: [this.#contact], body: answer });
    this.#state = 'up';
    await this.#acked.promise;
    await this.media.connected;
    this.#answered.resolve();
  }

  async decline(why: 'busy' | 'rejected'): Promise<void> {
    const status = why === 'busy' ? 486 : 603;
    this.client.respond(this.#incoming as SipRequest, status, { toTag: this.localTag });
    this.#over({ status });
  }

  async hangup(): Promise<void> {
    if (this.#state === 'over') return;
    if (this.#state === 'early') {
      if (this.direction === 'incoming') return this.decline('rejected');
      this.client.cancel(this.#invite as ClientRequest, this.#inviteSequence);
      await this.ended;
      return;
    }
    const bye = this.#inDialog('BYE');
    this.#over({});
    await bye;
  }

  digits(digits: string): Promise<void> {
    return this.media.digits(digits);
  }

  tone(hz: number | null): void {
    this.media.tone(hz);
  }

  hear(ms: number): Promise<Hearing> {
    return this.media.hear(ms);
  }

  async hold(held: boolean): Promise<void> {
    const response = await this.#inDialog('INVITE', await this.media.offer(held ? 'sendonly' : 'sendrecv'));
    if (response.status !== 200)
      throw new Error(`The exchange refused to ${held ? 'hold' : 'resume'}: ${response.status}.`);
    await this.media.acceptAnswer(response.body);
  }

  async vanish(): Promise<void> {
    this.#over({});
    this.client.terminate();
  }

  /** Any request in the dialog, for tests of what the exchange answers. */
  inDialog(method: string, body?: string, extra: readonly HeaderLine[] = []): Promise<SipResponse> {
    return this.#inDialog(method, body, extra);
  }

  handleRequest(request: SipRequest): void {
    switch (request.method) {
      case 'ACK':
        return this.#acked.resolve();
      case 'BYE':
        this.client.respond(request, 200);
        return this.#over({});
      case 'CANCEL':
        this.client.respond(request, 200, { toTag: this.localTag });
        this.client.respond(this.#incoming as SipRequest, 487, { toTag: this.localTag });
        return this.#over({ status: 487 });
      case 'INVITE':
        return void this.media
          .answer(request.body)
          .then((body) => this.client.respond(request, 200, { headers: [this.#contact], body }));
      default:
        this.client.respond(request, 200);
    }
  }

  async #finalResponse(request: ClientRequest, response: SipResponse): Promise<void> {
    if (response.status >= 300) {
      this.client.acknowledge(request, response);
      return this.#over({ status: response.status });
    }
    this.#sequence = SipClient.sequenceOf(response);
    this.#remoteAddress = response.headers.get('to') as string;
    this.#remoteTarget = parseNameAddress(response.headers.get('contact') ?? '')?.uri ?? this.#remoteTarget;
    this.client.sendAck(this.#remoteTarget, [...this.#dialogHeaders(), ['CSeq', `${this.#sequence} ACK`]]);
    this.#state = 'up';
    try {
      await this.media.acceptAnswer(response.body);
    } catch {
      // Hung up meanwhile, or an answer that is of no use.
      return this.hangup();
    }
    await this.media.connected;
    this.#answered.resolve();
  }

  async #inDialog(method: string, body?: string, extra: readonly HeaderLine[] = []): Promise<SipResponse> {
    const request = {
      method,
      uri: this.#remoteTarget,
      sequence: ++this.#sequence,
      headers: [...this.#dialogHeaders(), this.#contact, ...extra],
      ...(body === undefined ? {} : { body }),
    };
    const response = await this.client.request(request);
    this.#sequence = SipClient.sequenceOf(response);
    if (method === 'INVITE') {
      if (response.status < 300)
        this.client.sendAck(this.#remoteTarget, [...this.#dialogHeaders(), ['CSeq', `${this.#sequence} ACK`]]);
      else this.client.acknowledge(request, response);
    }
    return response;
  }

  #dialogHeaders(): HeaderLine[] {
    return [
      ['From', this.#localAddress],
      ['To', this.#remoteAddress],
      ['Call-ID', this.callId],
    ];
  }

  get #contact(): HeaderLine {
    return ['Contact', `<${this.client.contactUri}>`];
  }

  #over(how: { readonly status?: number }): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    void this.media.close();
    this.#answered.reject(
      new Error(`The call ended before it was answered${how.status === undefined ? '' : ` (${how.status})`}.`),
    );
    this.#acked.resolve();
    this.#ended.resolve(how);
  }
}

export async function dialCall(client: SipClient, number: string): Promise<SipTestCall> {
  const call = new SipTestCall(client, { number });
  await call.invite();
  return call;
}

export function incomingCall(client: SipClient, invite: SipRequest): SipTestCall {
  const call = new SipTestCall(client, { invite });
  call.ring();
  return call;
}
