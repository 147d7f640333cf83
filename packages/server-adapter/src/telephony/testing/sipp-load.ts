import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensure, MissingComponentError } from '../../../../../scripts/system/ensure.ts';
import { freeUdpPort } from '../../../../../scripts/system/free-ports.ts';
import { encodeMulawSample } from '../mulaw.ts';

export interface CallLoad {
  /** A folder for scenarios and logs; removed by whoever made it. */
  readonly dir: string;
  readonly sippPath: string;
  /** UDP port of the exchange's trunk. */
  readonly exchangePort: number;
  /** Number dialled by everyone. */
  readonly publicNumber: string;
  readonly callers: readonly string[];
  readonly perSecond: number;
  readonly concurrent: number;
  readonly talkSeconds: number;
}

export interface CallLoadResult {
  readonly attempted: number;
  readonly completed: number;
  /** Milliseconds from INVITE to 200, one for each call. */
  readonly answerMs: readonly number[];
  readonly errors: string;
}

export async function sippPath(): Promise<string> {
  const provision = await ensure('sipp');
  if (!provision.ok) throw new MissingComponentError('sipp', provision);
  return provision.path;
}

/** One second of a tone in raw µ-law, repeated by SIPp as the voice of everyone. */
function voice(dir: string): string {
  const file = join(dir, 'voice.ul');
  const samples = Array.from({ length: 8000 }, (_, i) =>
    encodeMulawSample(Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / 8000))),
  );
  writeFileSync(file, Buffer.from(samples));
  return file;
}

const sdp = (who: string) => `      v=0
      o=${who} 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [media_ip]
      t=0 0
      m=audio [rtpstream_audio_port] RTP/AVP 0
      a=rtpmap:0 PCMU/8000`;

const callerScenario = (load: CallLoad, voiceFile: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="callers">
  <send retrans="500" start_rtd="invite"><![CDATA[
      INVITE sip:${load.publicNumber}@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: <sip:[field0]@[local_ip]>;tag=[pid]c[call_number]
      To: <sip:${load.publicNumber}@[remote_ip]>
      Call-ID: [call_id]
      CSeq: 1 INVITE
      Max-Forwards: 70
      Contact: <sip:caller@[local_ip]:[local_port]>
      Content-Type: application/sdp
      Content-Length: [len]

${sdp('caller')}
  ]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rtd="invite" rrs="true"/>
  <send><![CDATA[
      ACK sip:${load.publicNumber}@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: <sip:[field0]@[local_ip]>;tag=[pid]c[call_number]
      To: <sip:${load.publicNumber}@[remote_ip]>[peer_tag_param]
      Call-ID: [call_id]
      CSeq: 1 ACK
      Max-Forwards: 70
      Contact: <sip:caller@[local_ip]:[local_port]>
      Content-Length: 0
  ]]></send>
  <nop><action><exec rtp_stream="${voiceFile},-1,0"/></action></nop>
  <pause milliseconds="${load.talkSeconds * 1000}"/>
  <send retrans="500"><![CDATA[
      BYE sip:${load.publicNumber}@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: <sip:[field0]@[local_ip]>;tag=[pid]c[call_number]
      To: <sip:${load.publicNumber}@[remote_ip]>[peer_tag_param]
      Call-ID: [call_id]
      CSeq: 2 BYE
      Max-Forwards: 70
      Contact: <sip:caller@[local_ip]:[local_port]>
      Content-Length: 0
  ]]></send>
  <recv response="200"/>
</scenario>
`;

const agentScenario = (voiceFile: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="agents">
  <recv request="INVITE" rrs="true"/>
  <send retrans="500"><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:];tag=[pid]a[call_number]
      [last_Call-ID:]
      [last_CSeq:]
      Contact: <sip:agent@[local_ip]:[local_port]>
      Content-Type: application/sdp
      Content-Length: [len]

${sdp('agent')}
  ]]></send>
  <recv request="ACK"/>
  <nop><action><exec rtp_stream="${voiceFile},-1,0"/></action></nop>
  <recv request="BYE"/>
  <send><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0
  ]]></send>
</scenario>
`;

function run(path: string, args: readonly string[], cwd: string): { child: ChildProcess; ended: Promise<number> } {
  const child = spawn(path, [...args, '-nostdin', '-nd', '-trace_err'], { cwd, stdio: 'ignore' });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const ended = new Promise<number>((resolve) =>
    child.once('exit', (code) => {
      process.removeListener('exit', endWithUs);
      resolve(code ?? -1);
    }),
  );
  return { child, ended };
}

const local = async () => ['-i', '127.0.0.1', '-mi', '127.0.0.1', '-p', String(await freeUdpPort())];

/** Telephones of agents, all behind one UDP port: each call that comes is answered at once. */
export async function startAnsweringTelephones(
  options: Pick<CallLoad, 'dir' | 'sippPath'> & { readonly port: number },
): Promise<{ stop(): Promise<void> }> {
  const dir = join(options.dir, 'agents');
  mkdirSync(dir);
  writeFileSync(join(dir, 'agents.xml'), agentScenario(voice(dir)));
  const ports = ['-i', '127.0.0.1', '-mi', '127.0.0.1', '-p', String(options.port), '-mp', '30000'];
  const { child, ended } = run(options.sippPath, ['-sf', 'agents.xml', ...ports, '-rtp_threadtasks', '200'], dir);
  return {
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Customers who call one after the other and talk for so long; resolves when the last has hung up. */
export async function callAll(load: CallLoad): Promise<CallLoadResult> {
  const dir = join(load.dir, 'callers');
  mkdirSync(dir);
  writeFileSync(join(dir, 'callers.xml'), callerScenario(load, voice(dir)));
  writeFileSync(join(dir, 'numbers.csv'), `SEQUENTIAL\n${load.callers.join('\n')}\n`);
  const { ended } = run(
    load.sippPath,
    [
      `127.0.0.1:${load.exchangePort}`,
      ...['-sf', 'callers.xml', '-inf', 'numbers.csv'],
      ...['-m', String(load.callers.length), '-r', String(load.perSecond), '-l', String(load.concurrent)],
      ...['-trace_rtt', '-rtt_freq', '1', '-trace_stat', '-fd', '1', '-recv_timeout', '30000'],
      ...['-mp', '45000', '-rtp_threadtasks', '200', '-timer_resol', '1'],
      ...(await local()),
    ],
    dir,
  );
  await ended;
  const read = (pattern: RegExp) => {
    const name = readdirSync(dir).find((file) => pattern.test(file));
    return name === undefined ? '' : readFileSync(join(dir, name), 'utf8');
  };
  const [head = '', ...lines] = read(/_\d+_\.csv$/)
    .trim()
    .split('\n');
  const column = (name: string) => Number(lines.at(-1)?.split(';')[head.split(';').indexOf(name)] ?? 0);
  const answerMs = read(/_rtt\.csv$/)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(';')[1]));
  return {
    attempted: load.callers.length,
    completed: column('SuccessfulCall(C)'),
    answerMs,
    errors: read(/_errors\.log$/).slice(0, 2_000),
  };
}
