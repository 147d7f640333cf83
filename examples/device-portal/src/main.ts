import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmbeddedExchange } from '@callweave/server-adapter/embedded';
import { attachUpgrade, callweave } from '@callweave/server-adapter/fastify';
import { weave } from './callweave.ts';
import { DEMO_PASSWORD, STAFF } from './demo.ts';
import { houseRules } from './house.ts';
import { choosePort } from './port.ts';
import { seedHouse } from './seed.ts';
import { createSite } from './site/app.ts';
import { openPeople } from './site/people.ts';

const folder = resolve(process.env['DATA'] ?? fileURLToPath(new URL('../.data', import.meta.url)));
mkdirSync(folder, { recursive: true });
const secret = keptSecret(join(folder, 'secret'));

const port = await choosePort(process.env['PORT']);
const url = `http://127.0.0.1:${port}`;

const people = openPeople(join(folder, 'site.sqlite'), STAFF);
const exchange = createEmbeddedExchange({ recordingsDir: join(folder, 'exchange'), credentialSecret: secret });
const site = await createSite(people);
const house = await houseRules(url);
const woven = await weave(people, { exchange, folder, secret, rules: house.options });
await site.register(callweave(woven.adapter));
await site.listen({ port, host: '127.0.0.1' });
attachUpgrade(site.server, woven.adapter);
await seedHouse(url, people);
announce();
process.send?.({ url });

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (closing) process.exit(1);
    closing = true;
    await woven.close();
    site.server.closeAllConnections();
    await site.close();
    await house.close();
    people.close();
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
  const accounts = STAFF.map(({ username, job, name }) => `    ${username.padEnd(12)} ${job.padEnd(12)} ${name}`).join(
    '\n',
  );
  console.log(`
  Arvin Dental Technology sells devices and looks after them. Callweave is woven into its site.

    Site   ${url}/?lang=en      (also ?lang=fa, ?lang=cs)
    API    ${url}/callweave/openapi.json

  Accounts, "buyer" and "buyer2" among them, all with the password ${DEMO_PASSWORD}
${accounts}

  Try this first
    1. Sign in as "technician" and prepare the installation of the M5 of the buyer.
    2. Sign in as "buyer" in a private window: confirm the installation, open a ticket, renew the scanner's service.
    3. Sign in as "manager": make another buyer under Buyers, and give them a login with a first password.

  Nothing leaves this machine: payments go to a gateway in this process, texts are lines on this console.
  Ctrl+C stops it; what happened is kept in ${folder}.
`);
}
