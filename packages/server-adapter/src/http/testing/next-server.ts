import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAccount } from '../../accounts/index.ts';
import { createAdapter } from '../../adapter.ts';
import { createSecrets } from '../../secrets/hash.ts';
import { createSqliteStore } from '../../store/sqlite.ts';
import { callweave } from '../next.ts';

/**
 * A real Next.js server with the adapter as a route of its app router; prints its origin when it answers. In a process of
 * its own: Next.js changes globals and cannot be stopped cleanly.
 */
process.env['NEXT_TELEMETRY_DISABLED'] = '1';
const folder = mkdtempSync(join(tmpdir(), 'callweave-next-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
process.once('SIGTERM', () => process.exit(0));

const pepper = 'p'.repeat(32);
const store = await createSqliteStore({ file: join(folder, 'store.sqlite') });
const adapter = createAdapter({ store, pepper, secretCost: 4 });
await adapter.start();
const passwordHash = await createSecrets({ pepper, cost: 4 }).hashSecret('ten characters');
const boss = {
  username: 'boss',
  name: 'The Boss',
  branch: 'head office',
  device: { kind: 'browser' },
  inGroup: false,
  locale: 'en',
} as const;
await store.write((tx) => createAccount(tx, { ...boss, passwordHash, roles: ['manager'] }, 'system'));

// The bundler sees the application's own JavaScript only; the route is handed over as it is. Next.js also loads the file
// in helper processes that know nothing of the adapter, so it is asked for at each request.
(globalThis as { callweaveRoute?: unknown }).callweaveRoute = callweave(() => adapter);
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const route = methods
  .map((method) => `export const ${method} = (request) => globalThis.callweaveRoute.${method}(request);\n`)
  .join('');
const routeFolder = join(folder, 'app/callweave/[[...path]]');
mkdirSync(routeFolder, { recursive: true });
writeFileSync(join(routeFolder, 'route.js'), route);
writeFileSync(join(folder, 'package.json'), '{"private":true}');
symlinkSync(
  dirname(dirname(createRequire(import.meta.url).resolve('next/package.json'))),
  join(folder, 'node_modules'),
);

const { default: next } = await import('next');
type Next = { prepare(): Promise<void>; getRequestHandler(): NonNullable<Parameters<typeof createServer>[1]> };
const app = (next as unknown as (options: object) => Next)({ dev: true, dir: folder, webpack: true, quiet: true });
await app.prepare();
const server = createServer(app.getRequestHandler() as never);
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`READY http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
