import { setTimeout as sleep } from 'node:timers/promises';
import { encodeUser, parseNameAddress } from '../embedded/sip/address.ts';
import { composeResponse, type HeaderLine, newBranch, randomToken } from '../embedded/sip/compose.ts';
import type { SipRequest, SipResponse } from '../embedded/sip/message.ts';
import type { TestCall } from './rig.ts';
import type { RtpVoice } from './rtp-voice.ts';
import type { Hearing } from './tone-measure.ts';
import type { TrunkWorld } from './trunk-world.ts';

interface CallStart {
  readonly direction: 'outgoing' | 'incoming';
  readonly peer: string;
  readonly callId: string;
}

/** One call of a telephone behind the trunk: the few lines of RFC 3261 that a plain, well-behaved telephone needs. */
export class TrunkCall implements TestCall {
  readonly direction: CallStart['direction'];
  readonly peer: string;
  readonly callId: string;
  readonly ringing: Promise<void>;
  readonly answered: Promise<void>;
  readonly ended: Promise<{ readonly status?: number }>;
  #headers: Record<string, string> = {};
  readonly #world: TrunkWorld;
  readonly #voice: RtpVoice;
  readonly #tag = randomToken();
  #local = '';
  #remote = '';
  #target = '';
  #sequence = 1;
  #state: 'early' | 'up' | 'over' = 'early';
  #invite: SipRequest | undefined;
  #branch = newBranch();
  #rings: () => void = () => undefined;
  #answers: () => void = () => undefined;
  #fails: (error: Error) => void = () => undefined;
  #ends: (end: { status?: number }) => void = () => undefined;

  constructor(world: TrunkWorld, voice: RtpVoice, start: CallStart) {
    this.#world = world;
    this.#voice = voice;
    this.direction = start.direction;
    this.peer = start.peer;
    this.callId = start.callId;
    this.ringing = new Promise((resolve) => {
      this.#rings = resolve;
    });
    this.answered = new Promise((resolve, reject) => {
      this.#answers = resolve;
      this.#fails = reject;
    });
    this.answered.catch(() => undefined);
    this.ended = new Promise((resolve) => {
      this.#ends = resolve;
    });
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  dial(from: string): void {
    const host = `127.0.0.1:${this.#world.exchangePort}`;
    this.#target = `sip:${encodeUser(this.peer)}@${host}`;
    this.#local = `<sip:${encodeUser(from)}@127.0.0.1>;tag=${this.#tag}`;
    this.#remote = `<${this.#target}>`;
    this.#world.request(
      'INVITE',
      this.#target,
      this.#dialog('INVITE', 1),
      this.#voice.sdp(),
      (response) => this.#inviteAnswered(response),
      this.#branch,
    );
  }

  offered(request: SipRequest): void {
    this.#invite = request;
    this.#headers = request.headers.toRecord();
    this.#local = `${request.headers.get('to')};tag=${this.#tag}`;
    this.#remote = request.headers.get('from') ?? '';
    this.#target = parseNameAddress(request.headers.list('contact')[0] ?? '')?.uri ?? '';
    this.#reply(request, 180);
  }

  handle(request: SipRequest): void {
    switch (request.method) {
      case 'ACK':
        return this.#answers();
      case 'CANCEL':
        this.#reply(request, 200);
        if (this.#invite !== undefined) this.#reply(this.#invite, 487);
        return this.#over(487);
      case 'BYE':
        this.#reply(request, 200);
        return this.#over();
      case 'INVITE':
        // A retransmission, or a re-INVITE: this telephone agrees to whatever it is asked.
        if (this.#state === 'up') {
          if (request.body !== '') this.#voice.connect(request.body);
          this.#reply(request, 200, this.#voice.sdp());
        } else this.#reply(request, 180);
        return;
      default:
        this.#reply(request, 200);
    }
  }

  async answer(): Promise<void> {
    if (this.#invite === undefined || this.#state !== 'early') throw new Error('There is nothing to answer.');
    this.#state = 'up';
    this.#voice.connect(this.#invite.body);
    this.#reply(this.#invite, 200, this.#voice.sdp());
    await this.answered;
  }

  async decline(why: 'busy' | 'rejected'): Promise<void> {
    if (this.#invite === undefined || this.#state !== 'early') throw new Error('There is nothing to decline.');
    const status = why === 'busy' ? 486 : 603;
    this.#reply(this.#invite, status);
    this.#over(status);
  }

  async hangup(): Promise<void> {
    if (this.#state === 'over') return;
    if (this.#state === 'up') {
      this.#world.request('BYE', this.#target, this.#dialog('BYE', ++this.#sequence), '', () => undefined);
      this.#over();
    } else if (this.direction === 'outgoing') {
      this.#world.request('CANCEL', this.#target, this.#dialog('CANCEL', 1), '', () => undefined, this.#branch);
      await Promise.race([this.ended, sleep(2000)]);
    } else await this.decline('rejected');
  }

  digits(digits: string): Promise<void> {
    return this.#voice.digits(digits);
  }

  tone(hz: number | null): void {
    this.#voice.tone(hz);
  }

  hear(ms: number): Promise<Hearing> {
    return this.#voice.hear(ms);
  }

  hold(held: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const sequence = ++this.#sequence;
      this.#world.request(
        'INVITE',
        this.#target,
        this.#dialog('INVITE', sequence),
        this.#voice.sdp(held ? 'sendonly' : 'sendrecv'),
        (response) => {
          if (response.status < 200) return;
          this.#acknowledge(response, sequence);
          if (response.status === 200) resolve();
          else reject(new Error(`The hold was answered ${response.status}.`));
        },
      );
    });
  }

  vanish(): void {
    this.#voice.mute();
    this.#over();
  }

  #inviteAnswered(response: SipResponse): void {
    if (response.status === 180 || response.status === 183) this.#rings();
    if (response.status < 200) return;
    this.#remote = response.headers.get('to') ?? this.#remote;
    if (response.status < 300)
      this.#target = parseNameAddress(response.headers.list('contact')[0] ?? '')?.uri ?? this.#target;
    this.#acknowledge(response, 1);
    if (response.status >= 300) return this.#over(response.status);
    if (this.#state !== 'early') return;
    this.#state = 'up';
    this.#voice.connect(response.body);
    this.#answers();
  }

  /** The ACK of a failure belongs to the INVITE's transaction; that of a success is one of its own. */
  #acknowledge(response: SipResponse, sequence: number): void {
    const branch = response.status >= 300 ? this.#branch : newBranch();
    this.#world.request('ACK', this.#target, this.#dialog('ACK', sequence), '', () => undefined, branch);
  }

  #dialog(method: string, sequence: number): HeaderLine[] {
    return [
      ['From', this.#local],
      ['To', this.#remote],
      ['Call-ID', this.callId],
      ['CSeq', `${sequence} ${method}`],
      ['Contact', `<sip:phone@127.0.0.1:${this.#world.port}>`],
    ];
  }

  #reply(request: SipRequest, status: number, body?: string): void {
    const headers: HeaderLine[] = [['Contact', `<sip:phone@127.0.0.1:${this.#world.port}>`]];
    this.#world.send(
      composeResponse(request.headers, status, { toTag: this.#tag, headers, ...(body === undefined ? {} : { body }) }),
    );
  }

  #over(status?: number): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#voice.close();
    this.#fails(new Error(`The call is over (${status ?? 'ended'}).`));
    this.#ends(status === undefined ? {} : { status });
    // Late retransmissions still find their call for a moment.
    setTimeout(() => this.#world.leave(this), 3000).unref();
  }
}
