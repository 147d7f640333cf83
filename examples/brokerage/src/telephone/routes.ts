import { fileURLToPath } from 'node:url';
import type { EmbeddedExchange } from '@callweave/server-adapter/embedded';
import { build } from 'esbuild';
import express, { type Express } from 'express';
import { DEMO, DEMO_FIELD, PUBLIC_NUMBER } from '../demo.ts';
import { telephonePage } from './page.ts';

/** Callers that nobody knows complete the list: what the desk does with a stranger is worth seeing too. */
const CALLERS = [
  ...DEMO.clients.flatMap(({ fullName, phone1, phone2 }) => [
    { name: fullName, number: phone1 },
    ...(phone2 ? [{ name: fullName, number: phone2 }] : []),
  ]),
  { name: DEMO_FIELD.caller.name, number: DEMO_FIELD.caller.number },
  ...DEMO_FIELD.numbersToCall.map(({ label, number }) => ({ name: label, number })),
  { name: 'ناشناس', number: '+989199999999' },
];

/** The customer's telephone, for a demonstration on one machine. A real deployment has an operator's trunk instead. */
export async function addTelephone(app: Express, box: EmbeddedExchange): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('telephone.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    splitting: true,
    outdir: '/',
    write: false,
    minify: true,
    target: 'es2022',
    conditions: ['@callweave/source'],
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const scripts = new Map(
    outputFiles.map((file) => [file.path.replaceAll('\\', '/').split('/').at(-1) ?? '', file.text]),
  );
  app.get('/telephone', (_request, response) => void response.type('html').send(telephonePage(CALLERS, PUBLIC_NUMBER)));
  app.post('/telephone/credentials', express.json({ limit: '1kb' }), async (request, response) => {
    const number = String((request.body as { number?: unknown } | undefined)?.number ?? '');
    if (!CALLERS.some((caller) => caller.number === number))
      return void response.status(422).json({ error: 'Choose a caller of the list.' });
    return void response.set('Cache-Control', 'no-store').json(await box.telephoneCredentials(number));
  });
  app.get('/telephone/:script', (request, response, next) => {
    const script = scripts.get(request.params.script);
    return script === undefined ? next() : void response.type('js').send(script);
  });
}
