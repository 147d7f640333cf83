import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'callweave-cli-'));
const children = new Set<ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(
  args: readonly string[],
  input = '',
): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const child = spawn(
    process.execPath,
    ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning', MAIN, ...args],
    { cwd: folder, stdio: 'pipe' },
  );
  children.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => (text += part));
  child.stdin?.end(input);
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      children.delete(child);
      resolve(code);
    }),
  );
  return { child, output: () => text, ended };
}

async function run(args: readonly string[], input?: string): Promise<{ code: number | null; text: string }> {
  const { ended, output } = start(args, input);
  return { code: await ended, text: output() };
}

describe('callweave', () => {
  it('tells its commands, and what is wrong with a command', async () => {
    const [help, nothing, unknown, usage] = await Promise.all([
      run(['--help']),
      run([]),
      run(['dance']),
      run(['serve', '--help']),
    ]);
    expect(help).toMatchObject({ code: 0, text: expect.stringContaining('callweave serve') });
    expect(nothing.code).toBe(0);
    expect(unknown.code).toBe(2);
    expect(usage).toMatchObject({ code: 0, text: expect.stringContaining('--port') });
    const wrong = await run(['account', 'create', '--username', 'x', '--role', 'king'], 'short\n');
    expect(wrong.code).toBe(2);
    expect(wrong.text).toContain('--username');
    expect(wrong.text).not.toContain('short');
  });

  it('creates an account, serves it, and ends cleanly', async () => {
    const created = await run(
      ['account', 'create', '--data', 'data', '--username', 'boss', '--name', 'The Boss', '--role', 'manager'],
      'ten characters\n',
    );
    expect(created).toMatchObject({ code: 0, text: expect.stringContaining('Created boss') });
    // Keys and data are for the owner's eyes.
    expect(statSync(join(folder, 'data/pepper')).mode & 0o077).toBe(0);
    const twice = await run(
      ['account', 'create', '--data', 'data', '--username', 'boss', '--name', 'B', '--role', 'manager'],
      'ten characters\n',
    );
    expect(twice).toMatchObject({ code: 1, text: expect.stringContaining('taken') });

    const serving = start(['serve', '--data', 'data', '--port', '0']);
    while (!/serves (\S+) from/.test(serving.output())) {
      if (serving.child.exitCode !== null) throw new Error(serving.output());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const base = /serves (\S+) from/.exec(serving.output())?.[1] ?? '';
    expect(await (await fetch(`${base}/health`)).json()).toEqual({ ok: true, store: 'up', exchange: 'up' });
    const signedIn = await fetch(`${base}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'boss', password: 'ten characters' }),
    });
    expect(signedIn.status).toBe(200);
    // Whoever runs it is told what is missing.
    expect(serving.output()).toContain('recordings are kept unencrypted');
    serving.child.kill('SIGTERM');
    expect(await serving.ended).toBe(0);
    const verified = await run(['evidence', 'verify', '1', '--data', 'data']);
    expect(verified).toMatchObject({ code: 1, text: expect.stringContaining('Not proven') });
    expect((await run(['evidence', 'verify', '--data', 'data'])).code).toBe(2);
  });

  it('gives recordings a new key, and says what it needs for that', async () => {
    const key = (id: string) => `${id}:${Buffer.alloc(32, id).toString('base64')}`;
    expect(await run(['recordings', 'rotate-keys', '--data', 'keys'])).toMatchObject({
      code: 2,
      text: expect.stringContaining('CALLWEAVE_RECORDING_KEYS'),
    });
    try {
      process.env['CALLWEAVE_RECORDING_KEYS'] = 'new:short';
      expect((await run(['recordings', 'rotate-keys', '--data', 'keys'])).text).toContain('instead of 32');
      process.env['CALLWEAVE_RECORDING_KEYS'] = `${key('new')} ${key('old')}`;
      expect(await run(['recordings', 'rotate-keys', '--data', 'keys'])).toMatchObject({
        code: 0,
        text: expect.stringContaining('has the key "new"'),
      });
    } finally {
      delete process.env['CALLWEAVE_RECORDING_KEYS'];
    }
  });

  it('writes the configuration of Asterisk, and keeps passwords when it is written again', async () => {
    const first = await run(['exchange', 'config', '--out', 'asterisk', '--agent', 'sara']);
    expect(first).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'asterisk'))).toEqual(
      expect.arrayContaining(['pjsip.conf', 'ari.conf', 'extensions.conf', 'agents.json']),
    );
    const before = JSON.parse(readFileSync(join(folder, 'asterisk/agents.json'), 'utf8'));
    expect((await run(['exchange', 'config', '--out', 'asterisk', '--agent', 'sara', '--agent', 'dara'])).code).toBe(0);
    const after = JSON.parse(readFileSync(join(folder, 'asterisk/agents.json'), 'utf8'));
    expect(after.agents[0]).toEqual(before.agents[0]);
    expect(after.ari).toEqual(before.ari);
    expect(readFileSync(join(folder, 'asterisk/pjsip.conf'), 'utf8')).toContain(after.agents[1].password);
    expect((await run(['exchange', 'config', '--out', 'asterisk', '--agent', 'bad name\n[evil]'])).code).not.toBe(0);
  });
});
