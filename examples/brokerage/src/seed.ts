import { readFile } from 'node:fs/promises';
import { type Client, createClient } from '@callweave/sdk';
import { DEMO, DEMO_CUSTOMERS, DEMO_FIELD, DEMO_PASSWORD } from './demo.ts';
import type { PortalDatabase } from './portal/database.ts';

/** Fills an empty desk for the demonstration, over the same HTTP contract that everyone uses. Doing it again changes nothing. */
export async function seedDesk(url: string, db: PortalDatabase): Promise<void> {
  const as = (username: string): Client => {
    const signedIn = db.signIn(username, DEMO_PASSWORD);
    if (!signedIn) throw new Error(`The demo account ${username} is missing.`);
    return createClient({
      url: `${url}/callweave`,
      headers: () => ({ cookie: `portal_session=${signedIn.token}`, origin: url }),
    });
  };

  const manager = as('manager');
  const csv = await readFile(
    new URL('samples/instruments.csv', import.meta.resolve('@callweave/server-adapter/package.json')),
    'utf8',
  );
  await manager.instruments.import({ csv });
  for (const known of DEMO_CUSTOMERS) {
    const client = DEMO.clients.find(({ clientNumber }) => clientNumber === known.username);
    if (!client) continue;
    const questions = known.questions.map(([text, answer]) => ({ text, answer }));
    const [found] = (await manager.customers.find({ query: known.username })).customers;
    if (found) {
      // Customers whom the portal keeps are there already; how they are verified is the desk's alone.
      const { questions: asked } = await manager.customers.get({ customerId: found.id });
      if (asked.length === 0) await manager.customers.setQuestions({ customerId: found.id, questions });
      continue;
    }
    await manager.customers.create({
      username: known.username,
      nationalCode: client.nationalCode,
      name: client.fullName,
      kind: client.market,
      numbers: [client.phone1, client.phone2].filter((number) => number !== null),
      responders: [...client.managers],
      contractSignedOn: client.contractDate,
      locale: client.phone1.startsWith('+420') ? 'cs' : 'fa',
      branch: 'مرکز تماس',
      questions,
    });
  }
  await seedFieldWork(manager);
}

/** One project, whose field caller may choose between two fictitious numbers. */
async function seedFieldWork(manager: Client): Promise<void> {
  const { project, info, numbersToCall, fictitiousNumbers, caller } = DEMO_FIELD;
  const { projects } = await manager.projects.list({ state: 'all' });
  if (projects.some(({ name }) => name === project)) return;
  const { id: projectId } = await manager.projects.create({
    name: project,
    info,
    numbersToCall: [...numbersToCall],
    numbering: 'CZ',
  });
  const { id: fieldCallerId } = await manager.fieldCallers.create(caller);
  for (const number of fictitiousNumbers) {
    const { id: numberId } = await manager.fictitiousNumbers.create({ number, projectId });
    await manager.pairings.create({ numberId, fieldCallerId });
  }
}
