import { type Client, createClient } from '@callweave/sdk';
import { DEMO_BUYERS, DEMO_CHECKLIST, DEMO_PASSWORD, DEMO_PRICES, DEMO_TYPES } from './demo.ts';
import { SESSION_COOKIE } from './site/app.ts';
import type { People } from './site/people.ts';

/** Fills an empty house for the demonstration, over the same HTTP contract that everyone uses. Doing it again changes nothing. */
export async function seedHouse(url: string, people: People): Promise<void> {
  const signedIn = people.signIn('manager', DEMO_PASSWORD);
  if (!signedIn) throw new Error('The demo account manager is missing.');
  const manager = createClient({
    url: `${url}/callweave`,
    headers: () => ({ cookie: `${SESSION_COOKIE}=${signedIn.token}`, origin: url }),
  });
  const { types } = await manager.deviceTypes.list({});
  if (types.length === 0) await seedMasterData(manager);
  await seedBuyers(manager, people);
}

async function seedMasterData(manager: Client): Promise<void> {
  const renewals = [];
  for (const { renewals: prices, ...type } of DEMO_TYPES) {
    const { id: typeId } = await manager.deviceTypes.create(type);
    renewals.push({ typeId, prices });
  }
  const { revision } = await manager.priceLists.saveDraft({ ...DEMO_PRICES, renewals, revision: null });
  await manager.priceLists.publish({ revision });
  const draft = await manager.checklists.save({
    typeId: 'general',
    items: DEMO_CHECKLIST.map((texts) => ({ texts })),
    revision: 0,
  });
  await manager.checklists.publish({ typeId: 'general', revision: draft.revision });
}

async function seedBuyers(manager: Client, people: People): Promise<void> {
  const { types } = await manager.deviceTypes.list({});
  for (const { username, devices, ...profile } of DEMO_BUYERS) {
    const { buyers } = await manager.buyers.list({ query: profile.nationalCode });
    const known = buyers[0];
    const { customerId } = known ?? (await manager.buyers.create(profile));
    if (!known)
      for (const { model, ...device } of devices)
        await manager.devices.create({
          customerId,
          typeId: types.find((type) => type.model === model)?.id ?? '',
          ...device,
        });
    if (people.list().some((person) => person.customerId === customerId)) continue;
    people.issueLogin({ customerId, username, name: profile.name });
    const person = people.list().find((each) => each.customerId === customerId);
    if (person) people.setPassword(person.id, DEMO_PASSWORD);
  }
}
