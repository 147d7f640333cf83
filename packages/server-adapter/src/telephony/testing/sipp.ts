import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensure, MissingComponentError } from '../../../../../scripts/system/ensure.ts';
import { freeUdpPort } from '../../../../../scripts/system/free-ports.ts';
import { encodeMulawSample } from '../mulaw.ts';
import { RtpVoice } from './rtp-voice.ts';
import { sippScenario } from './sipp-scenario.ts';
import type { Hearing } from './tone-measure.ts';

export interface SippCustomerOptions {
  /** UDP port of the exchange's trunk on 127.0.0.1. */
  readonly exchangePort: number;
  /** The caller's number. */
  readonly from: string;
  /** The public number dialled. */
  readonly to: string;
  /** The customer's voice. @default 440 */
  readonly toneHz?: number;
  /** The customer hangs up after so long. @default 120 */
  readonly seconds?: number;
  /**
   * Who makes the audio. `telephone`: RTP of this process, which can key digits (RFC 4733) and listen. `sipp`: SIPp's own
   * `rtp_stream`, voice only. @default 'telephone'
   */
  readonly audio?: 'telephone' | 'sipp';
  /** Keyed by themselves, so long after the answer. */
  readonly digits?: readonly { readonly afterMs: number; readonly digits: string }[];
}

export interface SippResult {
  /** `far`: the exchange hung up. `near`: the customer did. `failed`: SIPp itself could not go on; see {@link errors}. */
  readonly ended: 'far' | 'near' | 'refused' | 'cancelled' | 'killed' | 'failed';
  /** Of a refusal. */
  readonly status?: number;
  readonly exitCode: number | null;
  /** SIPp's own complaints, if any. */
  readonly errors: string;
}

export interface SippCustomer {
  readonly pid: number;
  readonly ringing: Promise<void>;
  /** Rejects when the call ends before an answer. */
  readonly answered: Promise<void>;
  readonly ended: Promise<SippResult>;
  /** Only with `audio: 'telephone'`, after the answer. */
  digits(digits: string): Promise<void>;
  hear(ms: number): Promise<Hearing>;
  tone(hz: number | null): void;
  /** BYE, or CANCEL before the answer. */
  hangup(): Promise<SippResult>;
  /** SIGKILL: the customer's telephone dies without a word, and its call stays up at the exchange. */
  kill(): Promise<SippResult>;
}

/** One second of a steady tone in raw µ-law, made to repeat without a click at whole frequencies. */
function toneFile(hz: number): Buffer {
  return Buffer.from(
    Array.from({ length: 8000 }, (_, index) =>
      encodeMulawSample(Math.round(8000 * Math.sin((2 * Math.PI * hz * index) / 8000))),
    ),
  );
}

/** Promise.withResolvers, which Node 22 has but our TypeScript library level does not. */
function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: Error) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<T>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  return { promise, resolve, reject };
}

function outcomeOf(steps: string): SippResult['ended'] {
  if (steps.includes('refused')) return 'refused';
  if (steps.includes('cancelled')) return 'cancelled';
  if (steps.includes('over far')) return 'far';
  return steps.includes('over near') ? 'near' : 'failed';
}

/** SIPp processes of this one, ended with it. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A customer who calls through the trunk, played by a SIPp process. */
export async function startSippCustomer(options: SippCustomerOptions): Promise<SippCustomer> {
  const provision = await ensure('sipp');
  if (!provision.ok) throw new MissingComponentError('sipp', provision);
  for (const number of [options.from, options.to])
    if (!/^\+?[0-9]{2,20}$/.test(number)) throw new Error(`"${number}" is no telephone number.`);

  const dir = mkdtempSync(join(tmpdir(), 'callweave-sipp-'));
  const voice = options.audio === 'sipp' ? undefined : await RtpVoice.open();
  voice?.tone(options.toneHz ?? 440);
  const [localPort, mediaPort] = await Promise.all([freeUdpPort(), freeUdpPort()]);
  const callId = randomUUID();
  const voiceFile = join(dir, 'voice.ul');
  if (voice === undefined) writeFileSync(voiceFile, toneFile(options.toneHz ?? 440));
  const sdp =
    voice === undefined
      ? [
          'v=0',
          'o=caller 1 1 IN IP4 [local_ip]',
          's=-',
          'c=IN IP4 [media_ip]',
          't=0 0',
          'm=audio [rtpstream_audio_port] RTP/AVP 0',
          'a=rtpmap:0 PCMU/8000',
        ]
      : voice.sdp().trim().split('\r\n');
  writeFileSync(
    join(dir, 'customer.xml'),
    sippScenario({
      from: options.from,
      to: options.to,
      exchange: `127.0.0.1:${options.exchangePort}`,
      sdp,
      talkMs: (options.seconds ?? 120) * 1000,
      ...(voice === undefined ? { voiceFile } : {}),
    }),
  );
  const files = [
    '-trace_logs',
    '-log_file',
    join(dir, 'steps.log'),
    '-trace_err',
    '-error_file',
    join(dir, 'errors.log'),
  ];
  const child = spawn(
    provision.path,
    [
      `127.0.0.1:${options.exchangePort}`,
      '-sf',
      join(dir, 'customer.xml'),
      '-m',
      '1',
      '-i',
      '127.0.0.1',
      '-p',
      String(localPort),
      '-mi',
      '127.0.0.1',
      '-mp',
      String(mediaPort),
      '-cid_str',
      callId,
      '-nostdin',
      '-nd',
      ...files,
    ],
    { cwd: dir, stdio: 'ignore' },
  );
  const read = (name: string) => {
    try {
      return readFileSync(join(dir, name), 'utf8');
    } catch {
      return '';
    }
  };

  const ringing = deferred<void>();
  const answered = deferred<void>();
  const ended = deferred<SippResult>();
  for (const promise of [ringing.promise, answered.promise]) promise.catch(() => undefined);
  let exited = false;
  let isAnswered = false;
  let killed = false;

  const look = () => {
    const steps = read('steps.log');
    if (steps.includes('ringing')) ringing.resolve();
    const port = /answered (\d+)/.exec(steps);
    if (port === null || isAnswered) return;
    isAnswered = true;
    voice?.connect(`c=IN IP4 127.0.0.1\r\nm=audio ${port[1]}`);
    for (const { afterMs, digits } of options.digits ?? [])
      setTimeout(() => void voice?.digits(digits), afterMs).unref();
    answered.resolve();
  };
  const watch = (async () => {
    while (!exited) {
      look();
      await sleep(20);
    }
  })();
  const finish = async (exitCode: number | null) => {
    exited = true;
    await watch;
    look();
    voice?.close();
    const steps = read('steps.log');
    const status = /refused (\d+)/.exec(steps)?.[1];
    const how = killed ? 'killed' : outcomeOf(steps);
    const result: SippResult = {
      ended: how,
      exitCode,
      errors: read('errors.log'),
      ...(status === undefined ? {} : { status: Number(status) }),
    };
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    const reason = new Error(
      `The SIPp customer's call is over (${how}${status === undefined ? '' : ` ${status}`}). ${result.errors}`,
    );
    ringing.reject(reason);
    answered.reject(reason);
    ended.resolve(result);
  };
  child.once('exit', (code) => void finish(code));
  child.once('error', () => void finish(null));
  running.add(child);
  void ended.promise.then(() => running.delete(child));

  const needVoice = (): RtpVoice => {
    if (voice === undefined)
      throw new Error("SIPp's own audio can neither key digits nor listen: use audio: 'telephone'.");
    return voice;
  };
  return {
    pid: child.pid ?? 0,
    ringing: ringing.promise,
    answered: answered.promise,
    ended: ended.promise,
    digits: (digits) => needVoice().digits(digits),
    hear: (ms) => needVoice().hear(ms),
    tone: (hz) => needVoice().tone(hz),
    async hangup() {
      const signal = `INFO sip:caller@127.0.0.1:${localPort} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${randomUUID()}\r\nFrom: <sip:test@127.0.0.1>;tag=1\r\nTo: <sip:caller@127.0.0.1>\r\nCall-ID: ${callId}\r\nCSeq: 1 INFO\r\nContent-Length: 0\r\n\r\n`;
      const socket = createSocket('udp4');
      socket.on('error', () => undefined);
      // Once: a second one would be unexpected in the scenario's next step.
      socket.send(signal, localPort, '127.0.0.1', () => socket.close());
      const timer = setTimeout(() => child.kill('SIGKILL'), 8000);
      const result = await ended.promise;
      clearTimeout(timer);
      return result;
    },
    kill() {
      killed = true;
      child.kill('SIGKILL');
      return ended.promise;
    },
  };
}
