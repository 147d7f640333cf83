import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensure, MissingComponentError } from '../../../../../scripts/system/ensure.ts';
import { freeTcpPort } from '../../../../../scripts/system/free-ports.ts';

export interface Baresip {
  readonly pid: number;
  /** Keys digits into the call that is up. */
  digits(digits: string): Promise<void>;
  hangup(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of baresip's modules, which each distribution puts elsewhere. */
function modulesOf(binary: string): string {
  return join(dirname(dirname(binary)), 'lib/baresip/modules');
}

/**
 * A telephone that somebody else wrote: baresip, reached as `number` on a UDP port of 127.0.0.1. It answers by itself and
 * speaks a steady tone (made at 48 kHz in stereo, which is all that its tone module can; baresip brings it down).
 */
export async function startBaresip(options: { number: string; port: number; toneHz: number }): Promise<Baresip> {
  const provision = await ensure('baresip');
  if (!provision.ok) throw new MissingComponentError('baresip', provision);
  const dir = mkdtempSync(join(tmpdir(), 'callweave-baresip-'));
  const control = await freeTcpPort();
  writeFileSync(
    join(dir, 'config'),
    `sip_listen 127.0.0.1:${options.port}
net_interface 127.0.0.1
audio_player aubridge,nil
audio_source ausine,${options.toneHz}
audio_alert aubridge,nil
ausrc_srate 48000
ausrc_channels 2
ctrl_tcp_listen 127.0.0.1:${control}
module_path ${modulesOf(provision.path)}
module g711.so
module ausine.so
module aubridge.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
`,
  );
  writeFileSync(
    join(dir, 'accounts'),
    `<sip:${options.number}@127.0.0.1>;regint=0;answermode=auto;audio_codecs=PCMU\n`,
  );
  writeFileSync(join(dir, 'contacts'), '');
  const child = spawn(provision.path, ['-f', dir], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-10_000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const stop = async () => {
    process.removeListener('exit', onExit);
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(patience);
    rmSync(dir, { recursive: true, force: true });
  };
  const deadline = Date.now() + 10_000;
  while (!output.includes('baresip is ready')) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`baresip did not start:\n${output}`);
    }
    await sleep(30);
  }

  /** ctrl_tcp takes JSON commands as netstrings. */
  const command = (name: string, params?: string) =>
    new Promise<void>((resolve, reject) => {
      const text = JSON.stringify({ command: name, ...(params === undefined ? {} : { params }) });
      const socket = connect(control, '127.0.0.1', () => socket.write(`${Buffer.byteLength(text)}:${text},`));
      socket.once('error', reject);
      socket.once('data', () => {
        socket.end();
        resolve();
      });
    });
  return {
    pid: child.pid ?? 0,
    async digits(digits) {
      for (const digit of digits) {
        await command('sndcode', digit);
        await sleep(250);
      }
    },
    hangup: () => command('hangup'),
    stop,
  };
}
