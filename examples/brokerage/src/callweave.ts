import { join } from 'node:path';
import {
  type Adapter,
  type AdapterOptions,
  createAdapter,
  createSqliteStore,
  type Exchange,
} from '@callweave/server-adapter';
import { PUBLIC_NUMBER } from './demo.ts';
import { portalUser } from './portal/app.ts';
import type { PortalDatabase, PortalUser } from './portal/database.ts';
import { portalDirectory } from './portal-directory.ts';

const ROLES = { agent: ['agent'], dealer: ['dealer'], manager: ['manager', 'supervisor'] } as const;

const asColleague = ({ id, username, name, job, branch }: PortalUser) => ({
  id,
  username,
  name,
  branch,
  roles: [...ROLES[job]],
  inGroup: job === 'agent',
  locale: 'fa' as const,
});

/** The whole integration on the server's side: the portal's sign-in, a store, an exchange. */
export async function weaveDesk(
  portal: PortalDatabase,
  exchange: Exchange,
  folder: string,
  pepper: string,
): Promise<{ adapter: Adapter; close(): Promise<void> }> {
  const store = await createSqliteStore({ file: join(folder, 'callweave.sqlite') });
  const adapter = createAdapter({
    store,
    exchange,
    pepper,
    recordings: join(folder, 'recordings'),
    publicNumbers: [PUBLIC_NUMBER],
    // A brokerage that keeps its customers in its own table gives that table instead of using ours.
    ...(process.env['DIRECTORY'] === 'portal' ? { directory: portalDirectory(portal) } : {}),
    // House rules that differ from the usual ones (`flow`, `verification`), as JSON.
    ...(JSON.parse(process.env['RULES'] ?? '{}') as Pick<AdapterOptions, 'flow' | 'verification'>),
    authenticate: async (request) => {
      const user = portalUser(portal, request.headers.get('cookie'));
      return user && asColleague(user);
    },
  });
  for (const user of portal.users()) await adapter.provision(asColleague(user));
  await adapter.start();
  const close = async () => {
    await adapter.stop();
    await store.close();
  };
  return { adapter, close };
}
