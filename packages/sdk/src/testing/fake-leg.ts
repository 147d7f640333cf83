import { buildResponse, type FakeReply, fakeSdp, finish, type SdpDirection, type SipMessage } from './sip-message.ts';

/** How a leg reaches its server. */
export interface LegLine {
  send(text: string): void;
  nextBranch(): string;
}

/** One dialog of the fake exchange with the phone, seen from the exchange. */
export class FakeLeg {
  readonly callId: string;
  readonly direction: 'to-phone' | 'from-phone';
  /** What the phone sent within this dialog, first INVITE included. */
  readonly received: SipMessage[] = [];
  /** How offers of the phone are answered; `null` keeps silent. */
  onReinvite: (request: SipMessage) => FakeReply | null = (request) => ({
    status: 200,
    sdp: fakeSdp(mirror(request.body)),
  });
  /** How a BYE of the phone is answered; `null` keeps silent. */
  onBye: (request: SipMessage) => FakeReply | null = () => ({ status: 200 });
  /** How the phone's INVITE is answered as it arrives; legs from the phone only. */
  state: 'trying' | 'ringing' | 'answered' | 'ended' = 'trying';
  /** Final status the phone gave to our INVITE. */
  status: number | null = null;
  answerSdp = '';
  readonly #line: LegLine;
  readonly #localTag: string;
  #remoteTag = '';
  #cseq = 1;
  #invite: SipMessage | null;
  #inviteText = '';
  #contact: string;
  readonly #from: string;
  readonly #to: string;
  readonly #waiting = new Map<string, (response: SipMessage) => void>();

  constructor(
    line: LegLine,
    init: {
      callId: string;
      direction: FakeLeg['direction'];
      localTag: string;
      from: string;
      to: string;
      contact: string;
      invite?: SipMessage;
    },
  ) {
    this.#line = line;
    this.callId = init.callId;
    this.direction = init.direction;
    this.#localTag = init.localTag;
    this.#from = init.from;
    this.#to = init.to;
    this.#contact = init.contact;
    this.#invite = init.invite ?? null;
    if (init.invite) {
      this.#remoteTag = tagOf(init.invite.header('from'));
      this.received.push(init.invite);
    }
  }

  /** Sends the first INVITE to the phone. */
  invite(options: { headers?: Readonly<Record<string, string>>; sdp?: string; displayName?: string }): void {
    const branch = this.#line.nextBranch();
    const name = options.displayName ? `"${options.displayName}" ` : '';
    this.#inviteText = finish(
      [
        `INVITE ${this.#contact} SIP/2.0`,
        `Via: SIP/2.0/WS fake.exchange;branch=${branch}`,
        'Max-Forwards: 70',
        `From: ${name}<${this.#from}>;tag=${this.#localTag}`,
        `To: <${this.#to}>`,
        `Call-ID: ${this.callId}`,
        `CSeq: ${this.#cseq} INVITE`,
        'Contact: <sip:exchange@fake.exchange;transport=ws>',
        ...Object.entries(options.headers ?? {}).map(([key, value]) => `${key}: ${value}`),
      ],
      options.sdp ?? fakeSdp(),
    );
    this.#line.send(this.#inviteText);
  }

  cancel(reason?: string): void {
    const branch = /branch=(\S+)/.exec(this.#inviteText)?.[1] ?? '';
    this.#line.send(
      finish(
        [
          `CANCEL ${this.#contact} SIP/2.0`,
          `Via: SIP/2.0/WS fake.exchange;branch=${branch}`,
          'Max-Forwards: 70',
          `From: <${this.#from}>;tag=${this.#localTag}`,
          `To: <${this.#to}>`,
          `Call-ID: ${this.callId}`,
          `CSeq: ${this.#cseq} CANCEL`,
          ...(reason ? [`Reason: ${reason}`] : []),
        ],
        undefined,
      ),
    );
  }

  /** Answers the phone's INVITE; with another tag, as a second telephone that the exchange forked it to. */
  reply(reply: FakeReply, toTag = this.#localTag): void {
    if (!this.#invite) throw new Error('This leg was called by the exchange; the phone answers it.');
    if (reply.status >= 300) this.state = 'ended';
    else if (reply.status >= 200) this.state = 'answered';
    else if (reply.status >= 180) this.state = 'ringing';
    const headers = { Contact: '<sip:exchange@fake.exchange;transport=ws>', ...reply.headers };
    this.#line.send(buildResponse(this.#invite, { ...reply, headers }, toTag));
  }

  ring(): void {
    this.reply({ status: 180, phrase: 'Ringing' });
  }

  answer(sdp = fakeSdp()): void {
    this.reply({ status: 200, phrase: 'OK', sdp });
  }

  bye(): Promise<SipMessage> {
    this.state = 'ended';
    return this.request('BYE');
  }

  reinvite(direction: SdpDirection = 'sendrecv'): Promise<SipMessage> {
    return this.request('INVITE', {}, fakeSdp(direction));
  }

  /** Sends a request within the dialog; resolves with the final response. */
  request(method: string, headers: Readonly<Record<string, string>> = {}, sdp?: string): Promise<SipMessage> {
    this.#cseq += 1;
    const cseq = `${this.#cseq} ${method}`;
    const answer = new Promise<SipMessage>((resolve) => this.#waiting.set(cseq, resolve));
    this.#line.send(this.#inDialog(method, cseq, headers, sdp));
    return answer;
  }

  /** Called by the server for everything of this dialog. */
  handle(message: SipMessage): void {
    this.received.push(message);
    if (message.status !== null) return this.#handleResponse(message, message.status);
    switch (message.method) {
      case 'INVITE':
        this.#invite = message;
        return this.#respond(message, this.onReinvite(message));
      case 'BYE':
        this.state = 'ended';
        return this.#respond(message, this.onBye(message));
      case 'CANCEL':
        this.#respond(message, { status: 200 });
        return this.reply({ status: 487, phrase: 'Request Terminated' });
      case 'ACK':
        return;
      default:
        return this.#respond(message, { status: 200 });
    }
  }

  requests(method: string): SipMessage[] {
    return this.received.filter((message) => message.status === null && message.method === method);
  }

  #handleResponse(message: SipMessage, status: number): void {
    const cseq = message.header('cseq') ?? '';
    if (message.method === 'INVITE' && cseq.startsWith('1 ')) {
      this.#remoteTag ||= tagOf(message.header('to'));
      if (status >= 180 && status < 200) this.state = 'ringing';
      if (status < 200 || this.status !== null) return;
      this.status = status;
      this.state = status < 300 ? 'answered' : 'ended';
      this.answerSdp = message.body;
      return this.#line.send(this.#ack(status, cseq));
    }
    if (status < 200) return;
    if (message.method === 'INVITE') this.#line.send(this.#ack(status, cseq));
    this.#waiting.get(cseq)?.(message);
    this.#waiting.delete(cseq);
  }

  #respond(request: SipMessage, reply: FakeReply | null): void {
    if (!reply) return;
    const headers =
      request.method === 'INVITE'
        ? { Contact: '<sip:exchange@fake.exchange;transport=ws>', ...reply.headers }
        : (reply.headers ?? {});
    this.#line.send(buildResponse(request, { ...reply, headers }, this.#localTag));
  }

  #ack(status: number, cseq: string): string {
    const branch =
      status < 300 ? this.#line.nextBranch() : (/branch=(\S+)/.exec(this.#inviteText)?.[1] ?? this.#line.nextBranch());
    return this.#inDialog('ACK', `${cseq.split(' ')[0]} ACK`, {}, undefined, branch);
  }

  #inDialog(
    method: string,
    cseq: string,
    headers: Readonly<Record<string, string>>,
    sdp?: string,
    branch = this.#line.nextBranch(),
  ): string {
    return finish(
      [
        `${method} ${this.#contact} SIP/2.0`,
        `Via: SIP/2.0/WS fake.exchange;branch=${branch}`,
        'Max-Forwards: 70',
        `From: <${this.#from}>;tag=${this.#localTag}`,
        `To: <${this.#to}>;tag=${this.#remoteTag}`,
        `Call-ID: ${this.callId}`,
        `CSeq: ${cseq}`,
        'Contact: <sip:exchange@fake.exchange;transport=ws>',
        ...Object.entries(headers).map(([key, value]) => `${key}: ${value}`),
      ],
      sdp,
    );
  }
}

function tagOf(value: string | undefined): string {
  return /;tag=([^;>\s]+)/.exec(value ?? '')?.[1] ?? '';
}

/** The answer to an offer: who only sends is listened to, and the other way round. */
function mirror(offer: string): SdpDirection {
  if (/^a=sendonly/m.test(offer)) return 'recvonly';
  if (/^a=recvonly/m.test(offer)) return 'sendonly';
  return /^a=inactive/m.test(offer) ? 'inactive' : 'sendrecv';
}
