import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAdapter } from '../../adapter.ts';
import { createSqliteStore } from '../../store/sqlite.ts';
import { callweave } from '../next.ts';

/**
 * A real Next.js server with the adapter as a route of its app router; prints its origin when it answers. In a process of
 * its own: Next.js changes globals and cannot be stopped cleanly.
 */
process.env['NEXT_TELEMETRY_DISABLED'] = '1';
const folder = mkdtempSync(join(tmpdir(), 'callweave-next-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.once('SIGTERM', () => process.exit(0));

const adapter = createAdapter({
  store: await createSqliteStore({ file: join(folder, 'store.sqlite') }),
  pepper: 'p'.repeat(32),
  secretCost: 4,
});
await adapter.start();
// The bundler sees JavaScript of the application only; the route itself is handed over as it is.
(globalThis as { callweaveRoute?: unknown }).callweaveRoute = callweave(() => adapter);
const route = join(folder, 'app/callweave/[[...path]]');
mkdirSync(route, { recursive: true });
writeFileSync(
  join(route, 'route.js'),
  "export const dynamic = 'force-dynamic';\nexport const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = globalThis.callweaveRoute;\n",
);
mkdirSync(join(folder, 'app/host'), { recursive: true });
writeFileSync(join(folder, 'app/host/route.js'), "export const GET = () => new Response('the host');\n");
writeFileSync(join(folder, 'package.json'), '{"private":true}');
symlinkSync(
  dirname(dirname(createRequire(import.meta.url).resolve('next/package.json'))),
  join(folder, 'node_modules'),
);

const { default: next } = await import('next');
const app = (
  next as unknown as (options: object) => {
    prepare(): Promise<void>;
    getRequestHandler(): Parameters<typeof createServer>[1] & object;
  }
)({ dev: true, dir: folder, webpack: true, quiet: true });
await app.prepare();
const server = createServer(app.getRequestHandler());
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`READY http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
