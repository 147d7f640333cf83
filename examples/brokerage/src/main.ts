import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attachUpgrade, callweave } from '@callweave/server-adapter/express';
import express from 'express';
import { weaveDesk } from './callweave.ts';
import { ACCESS_NUMBER, DEMO, DEMO_FIELD, DEMO_PASSWORD, PUBLIC_NUMBER } from './demo.ts';
import { chooseExchange } from './exchange.ts';
import { choosePort } from './port.ts';
import { createPortal } from './portal/app.ts';
import { openPortalDatabase } from './portal/database.ts';
import { seedDesk } from './seed.ts';
import { addTelephone } from './telephone/routes.ts';

// Before anything is opened: a second desk must not touch the data of the first.
const port = await choosePort(process.env['PORT']).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
const folder = resolve(process.env['DATA'] ?? fileURLToPath(new URL('../.data', import.meta.url)));
mkdirSync(folder, { recursive: true });

const portalDb = openPortalDatabase(join(folder, 'portal.sqlite'), DEMO);
const secret = keptSecret(join(folder, 'secret'));
const { exchange, box } = chooseExchange(folder, secret);
const desk = await weaveDesk(portalDb, exchange, folder, secret);

const packageFolder = (name: string) => dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
const app = createPortal(portalDb, (portal) => {
  portal.use(callweave(desk.adapter));
  portal.use('/widgets', express.static(join(packageFolder('@callweave/widgets'), 'dist')));
  portal.use('/fonts/vazirmatn', express.static(packageFolder('@fontsource-variable/vazirmatn')));
});
if (box) await addTelephone(app, box);

const server = app.listen(port, '127.0.0.1');
await new Promise<void>((listening, failed) => server.once('listening', listening).once('error', failed));
attachUpgrade(server, desk.adapter);
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
await seedDesk(url, portalDb);
announce();
process.send?.({ url });

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (closing) process.exit(1);
    closing = true;
    await desk.close();
    server.close();
    server.closeAllConnections();
    portalDb.close();
    process.exit(0);
  });
}

/** Made once and kept beside the data, readable by its owner alone. In production it comes from a secret store. */
function keptSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8');
}

function announce(): void {
  const people = DEMO.users
    .map((user) => `    ${user.username.padEnd(12)} ${user.job.padEnd(14)} ${user.name}`)
    .join('\n');
  console.log(`
  Mehregan Brokerage is open, with a call-centre desk woven in.

    Portal                 ${url}/?lang=en      (also ?lang=fa, ?lang=cs)
    Customer's telephone   ${url}/telephone
    API                    ${url}/callweave/openapi.json

  Accounts, all with the password ${DEMO_PASSWORD}
${people}

  Try this first
    1. Sign in as "agent" and allow the microphone.
    2. Open the customer's telephone in a second window and call ${PUBLIC_NUMBER}.
    3. Answer the badge, verify Sara (her first teacher is «زهرا», her mother's town «یزد», her first car «سفید»,
       her best friend «مریم»; a new PIN is keyed on the telephone), note three requests, read back, submit.
    4. Sign in as "dealer" in a private window: fill one in parts, reject another.
    5. Sign in as "manager": open an order and play the recording at its moment.

  Then
    6. Sign in as "supervisor" in another private window during a call: listen, whisper, join in.
    7. Ring and hang up: the missed call waits under "Calls", one click calls back. Keep the telephone switched on for it.
    8. As ${DEMO_FIELD.caller.number} call ${ACCESS_NUMBER}: choose an ID, call ${DEMO_FIELD.numbersToCall[0].number}, which sees the fictitious number.
       Call that number back from there; unanswered, its text message stands on this console.

  Ctrl+C stops it; what happened is kept in ${folder}.
`);
}
