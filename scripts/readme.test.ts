import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
let readme: string;
let folder: string;

beforeAll(async () => {
  readme = await readFile(join(root, 'README.md'), 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'callweave-readme-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The block of code that stands below `<!-- tested: name -->`. */
function block(name: string): string {
  const found = new RegExp(`<!-- tested: ${name} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\n\`\`\``).exec(readme)?.[1];
  if (found === undefined) throw new Error(`README.md has no block that is marked "tested: ${name}".`);
  return found;
}

test('every marked block of the README is tested here', () => {
  const marked = [...readme.matchAll(/<!-- tested: ([\w-]+) -->/g)].map(([, name]) => name);
  expect(marked).toEqual(['script-tag', 'npm', 'mount-express']);
});

test('the elements of the script tag are elements that the bundle defines', async () => {
  const defined = await readFile(join(root, 'packages/widgets/src/define/all.ts'), 'utf8');
  const used = [...block('script-tag').matchAll(/<cw-([a-z-]+)/g)].map(([, name]) => name);
  expect(used.length).toBeGreaterThan(3);
  for (const name of used) expect(defined).toContain(`'./${name}.ts'`);
});

test('the npm lines build for a browser', async () => {
  const { outputFiles } = await build({
    stdin: { contents: block('npm'), resolveDir: join(root, 'examples/brokerage'), loader: 'ts' },
    bundle: true,
    splitting: true,
    outdir: folder,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['@callweave/source'],
    tsconfig: join(root, 'packages/widgets/tsconfig.json'),
    logLevel: 'silent',
  });
  expect(outputFiles.length).toBeGreaterThan(1);
});

test('the mounted adapter answers, as written', async () => {
  const code = block('mount-express')
    .replaceAll("'data/", `'${folder}/`)
    .replace("process.env.CALLWEAVE_PEPPER ?? ''", "'a pepper that is long enough for a test'")
    .replace('yourSignIn(request)', "({ id: 'u1', username: 'agent', name: 'Agent', roles: ['agent'], branch: 'x' })")
    .replace(
      'attachUpgrade(app.listen(3000), adapter);',
      "const server = app.listen(0, '127.0.0.1');\nattachUpgrade(server, adapter);\nexport { adapter, server };",
    );
  const require = createRequire(join(root, 'examples/brokerage/src/main.ts'));
  // Bundled from inside the workspace, so that the bare names mean what they mean to an integrator.
  const file = join(root, 'examples/brokerage/.readme-example.ts');
  await writeFile(file, code);
  try {
    expect(require.resolve('express')).toContain('express');
    const { adapter, server } = (await import(file)) as {
      adapter: { stop(): Promise<void> };
      server: import('node:http').Server;
    };
    try {
      if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callweave`;
      expect(await (await fetch(`${url}/health`)).json()).toEqual({ ok: true, store: 'up', exchange: 'up' });
      expect(await (await fetch(`${url}/session`)).json()).toMatchObject({ account: { username: 'agent' } });
    } finally {
      await adapter.stop();
      await new Promise((resolve) => server.close(resolve));
    }
  } finally {
    await rm(file, { force: true });
  }
});
