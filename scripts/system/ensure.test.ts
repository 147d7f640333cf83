import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeWith } from '../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { isAtLeast } from './asterisk-version.ts';
import { run } from './command.ts';
import { ensure, startAsterisk, startPostgres } from './ensure.ts';

const script = fileURLToPath(new URL('ensure.ts', import.meta.url));

function cli(args: readonly string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
}
async function isGone(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

describe('the command', () => {
  it('refuses a name it does not know, and tells those it does', () => {
    const { status, stderr } = cli(['redis']);
    expect(status).toBe(2);
    expect(stderr).toContain('chromium, postgres, asterisk');
  });

  it('tells the reason and the fix of what is missing, and fails', () => {
    const { status, stdout } = cli(['asterisk'], { CALLWEAVE_ASTERISK: '/bin/true' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^asterisk\tmissing: .*\/bin\/true.* Fix: /);
  });
});

it('compares versions by number', () => {
  expect(isAtLeast('22.10.1', '22.10.1')).toBe(true);
  expect(isAtLeast('22.9.9', '22.10.1')).toBe(false);
  expect(isAtLeast('23.0', '22.10.1')).toBe(true);
});

await describeWith(['postgres'], 'a throwaway PostgreSQL', () => {
  it('is durable, asks for its password, and leaves nothing behind', async () => {
    const server = await startPostgres();
    const provision = await ensure('postgres');
    const psql = (url: string, sql: string) =>
      run(provision.ok ? `${provision.path}/psql` : 'psql', ['-X', '-A', '-t', '-c', sql, url]);
    expect((await psql(server.url, 'show fsync')).stdout.trim()).toBe('on');
    const folder = (await psql(server.url, 'show data_directory')).stdout.trim();
    expect(existsSync(folder)).toBe(true);
    const wrong = server.url.replace(/:[^:@/]+@/, ':wrong@');
    expect((await psql(wrong, 'select 1')).stderr).toContain('password authentication failed');

    await server.stop();
    expect(existsSync(folder)).toBe(false);
    expect(await isGone(server.pid)).toBe(true);
  });
});

await describeWith(['asterisk'], 'an Asterisk of our own', () => {
  it('answers on its ARI, survives being killed, and leaves nothing behind', async () => {
    const asterisk = await startAsterisk({ agents: [] });
    const { dir } = asterisk;
    const authorization = `Basic ${Buffer.from(`callweave:${asterisk.ariPassword}`).toString('base64')}`;
    const channels = () => fetch(`${asterisk.ariUrl}/channels`, { headers: { authorization } });
    expect(await (await channels()).json()).toEqual([]);
    const first = asterisk.pid;
    await asterisk.kill();
    await expect(channels()).rejects.toThrow();
    await asterisk.restart();
    expect(asterisk.pid).not.toBe(first);
    expect((await channels()).ok).toBe(true);
    await asterisk.stop();
    expect(await isGone(asterisk.pid)).toBe(true);
    expect(existsSync(dir)).toBe(false);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'ends with the process that started it, when that gets %s',
    async (signal) => {
      const code = `
      import { startAsterisk } from ${JSON.stringify(script)};
      const asterisk = await startAsterisk({ agents: [] });
      console.log(JSON.stringify({ pid: asterisk.pid, dir: asterisk.dir }));
      setInterval(() => undefined, 1000);`;
      const child = spawn(process.execPath, ['--conditions=@callweave/source', '--input-type=module', '-e', code], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
      await expect.poll(() => output, { timeout: 30_000 }).toContain('}');
      child.kill(signal);
      await new Promise((resolve) => child.once('close', resolve));
      const { pid, dir } = JSON.parse(output) as { pid: number; dir: string };
      await expect.poll(() => isGone(pid), { timeout: 5000 }).toBe(true);
      await expect.poll(() => existsSync(dir), { timeout: 5000 }).toBe(false);
    },
  );
});
