import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeMulaw, encodeMulawSample, MULAW_SILENCE } from '../mulaw.ts';
import { type Hearing, measure } from './tone-measure.ts';

const FRAME_MS = 20;
const FRAME = 160;
const EVENTS = '0123456789*#ABCD';

/** Mouth and ear of a plain telephone: RTP over UDP with µ-law (0) and telephone events (101). */
export class RtpVoice {
  readonly #socket: Socket;
  readonly port: number;
  #far: { port: number; address: string } | undefined;
  #hz: number | null = null;
  #phase = 0;
  #sequence = randomInt(0x8000);
  #timestamp = randomInt(0x7fffffff);
  readonly #ssrc = randomInt(0x7fffffff);
  #key: { event: number; start: number; packets: number } | undefined;
  #keysDone: Promise<void> = Promise.resolve();
  #listening = new Set<number[]>();
  #timer: NodeJS.Timeout | undefined;
  #muted = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (packet) => this.#receive(packet));
  }

  static open(): Promise<RtpVoice> {
    const socket = createSocket('udp4');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, '127.0.0.1', () => {
        // Media that arrives nowhere any more is no error of the test.
        socket.on('error', () => undefined);
        resolve(new RtpVoice(socket));
      });
    });
  }

  sdp(direction = 'sendrecv'): string {
    const lines = ['v=0', `o=- ${this.#ssrc} ${Date.now()} IN IP4 127.0.0.1`, 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
    lines.push(
      `m=audio ${this.port} RTP/AVP 0 101`,
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      'a=ptime:20',
      `a=${direction}`,
    );
    return `${lines.join('\r\n')}\r\n`;
  }

  /** From now on packets flow to where this description says. */
  connect(sdp: string): void {
    const port = /^m=audio (\d+)/m.exec(sdp)?.[1];
    const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
    if (port === undefined || address === undefined) throw new Error(`No audio in this description:\n${sdp}`);
    this.#far = { port: Number(port), address };
    if (this.#timer !== undefined) return;
    let next = performance.now();
    const tick = () => {
      // Late ticks are caught up, so that on a loaded machine the stream keeps its length.
      for (; next <= performance.now(); next += FRAME_MS) this.#sendFrame();
      this.#timer = setTimeout(tick, Math.max(1, next - performance.now()));
    };
    tick();
  }

  tone(hz: number | null): void {
    this.#hz = hz;
  }

  /** Stops sending, as a telephone whose network is gone. */
  mute(): void {
    this.#muted = true;
  }

  digits(digits: string): Promise<void> {
    this.#keysDone = this.#keysDone.then(async () => {
      for (const digit of digits.toUpperCase()) {
        const event = EVENTS.indexOf(digit);
        if (event < 0) throw new Error(`"${digit}" is no DTMF digit.`);
        this.#key = { event, start: this.#timestamp, packets: 0 };
        while (this.#key !== undefined) await sleep(FRAME_MS / 2);
        await sleep(60);
      }
    });
    return this.#keysDone;
  }

  async hear(ms: number): Promise<Hearing> {
    const samples: number[] = [];
    this.#listening.add(samples);
    await sleep(ms);
    this.#listening.delete(samples);
    return measure(Int16Array.from(samples));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#muted = true;
    this.#socket.close();
  }

  #receive(packet: Buffer): void {
    if (packet.length <= 12 || (packet[0] as number) >> 6 !== 2 || ((packet[1] as number) & 0x7f) !== 0) return;
    const payload = packet.subarray(12 + 4 * ((packet[0] as number) & 0x0f));
    const samples = decodeMulaw(payload);
    for (const heard of this.#listening) heard.push(...samples);
  }

  #sendFrame(): void {
    if (this.#muted || this.#far === undefined) return;
    const key = this.#key;
    if (key === undefined) {
      const payload = Buffer.alloc(FRAME, MULAW_SILENCE);
      if (this.#hz !== null) {
        for (let index = 0; index < FRAME; index += 1) {
          payload[index] = encodeMulawSample(
            Math.round(8000 * Math.sin((2 * Math.PI * this.#hz * this.#phase) / 8000)),
          );
          this.#phase += 1;
        }
      }
      this.#send(0, false, this.#timestamp, payload);
    } else {
      // RFC 4733: one timestamp for the whole key press, a growing duration, and the end said three times.
      const duration = Math.min(key.packets + 1, 5) * FRAME;
      const isEnd = key.packets >= 5;
      const payload = Buffer.from([key.event, (isEnd ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);
      this.#send(101, key.packets === 0, key.start, payload);
      key.packets += 1;
      if (key.packets === 8) this.#key = undefined;
    }
    this.#timestamp = (this.#timestamp + FRAME) >>> 0;
  }

  #send(type: number, marker: boolean, timestamp: number, payload: Buffer): void {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = (marker ? 0x80 : 0) | type;
    header.writeUInt16BE(this.#sequence & 0xffff, 2);
    header.writeUInt32BE(timestamp >>> 0, 4);
    header.writeUInt32BE(this.#ssrc, 8);
    this.#sequence += 1;
    const { port, address } = this.#far ?? { port: 0, address: '' };
    this.#socket.send(Buffer.concat([header, payload]), port, address);
  }
}
