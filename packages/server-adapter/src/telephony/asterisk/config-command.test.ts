import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runExchangeConfigCommand } from './config-command.ts';

const settings = {
  ari: { password: 'a-long-ari-password' },
  http: { address: '127.0.0.1', port: 8088 },
  sip: { address: '192.0.2.10', port: 5060 },
  rtp: { start: 20_000, end: 21_999 },
  agents: [{ account: 'zahra', password: 'a-long-sip-password' }],
};
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callweave-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function command(value: unknown, ...args: string[]) {
  const file = join(folder, 'settings.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  let out = '';
  let err = '';
  const code = await runExchangeConfigCommand([file, ...args], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

it('writes every file, readable by nobody else', async () => {
  const etc = join(folder, 'etc');
  expect(await command(settings, '--out', etc)).toMatchObject({ code: 0, err: '' });
  expect(readdirSync(etc)).toContain('pjsip.conf');
  expect(readFileSync(join(etc, 'pjsip.conf'), 'utf8')).toContain('[zahra](browser-phone)');
  expect(statSync(join(etc, 'ari.conf')).mode & 0o007).toBe(0);
});

it('shows them without --out', async () => {
  const { code, out } = await command(settings);
  expect(code).toBe(0);
  expect(out).toContain('; modules.conf\n[modules]\nautoload=no\n');
});

it('names the field that is wrong, and writes nothing', async () => {
  const etc = join(folder, 'etc');
  expect(await command({ ...settings, agents: [{ account: 'zahra' }] }, '--out', etc)).toMatchObject({ code: 1 });
  expect((await command({ ...settings, agents: [{ account: 'zahra' }] })).err).toContain('agents.0.password');
  expect((await command({ ...settings, agents: [{ account: 'a b', password: 'a-long-sip-password' }] })).err).toContain(
    'agents[0].account',
  );
  expect((await command({ ...settings, trnk: {} })).err).toContain('trnk');
  expect((await command('{')).code).toBe(1);
  expect((await command(settings, '--outt', 'x')).code).toBe(2);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});
