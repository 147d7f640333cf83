import { join } from 'node:path';
import { type Adapter, createAdapter, createSqliteStore, type Exchange } from '@callweave/server-adapter';
import { asColleague } from './colleague.ts';
import { PUBLIC_NUMBER } from './demo.ts';
import { HOUSE } from './house.ts';
import { portalUser } from './portal/app.ts';
import type { PortalDatabase } from './portal/database.ts';
import { switches } from './switches.ts';

export interface WovenDesk {
  readonly adapter: Adapter;
  close(): Promise<void>;
}

/** The integration on the server's side: the portal's sign-in, a store, an exchange. */
export async function weaveDesk(
  portal: PortalDatabase,
  exchange: Exchange,
  folder: string,
  pepper: string,
): Promise<WovenDesk> {
  const store = await createSqliteStore({ file: join(folder, 'callweave.sqlite') });
  const adapter = createAdapter({
    store,
    exchange,
    pepper,
    recordings: join(folder, 'recordings'),
    publicNumbers: [PUBLIC_NUMBER],
    ...HOUSE,
    authenticate: async (request) => {
      const user = portalUser(portal, request.headers.get('cookie'));
      return user && asColleague(user);
    },
    ...switches(portal),
  });
  for (const user of portal.users()) await adapter.provision(asColleague(user));
  await adapter.start();
  const close = async () => {
    await adapter.stop();
    await store.close();
  };
  return { adapter, close };
}
