import { afterAll, describe } from 'vitest';
// The suite of the directory port, which is proven for the desk's own customer base too.
import {
  DIRECTORY_FIXTURES,
  describeDirectory,
} from '../../../packages/server-adapter/src/customers/directory.contract.ts';
import { openPortalDatabase, type PortalDatabase } from './portal/database.ts';
import { portalDirectory } from './portal-directory.ts';

describe("the portal's own table as the desk's customer base", () => {
  let db: PortalDatabase;
  afterAll(() => db?.close());

  describeDirectory(async () => {
    db = openPortalDatabase(':memory:', {
      users: [],
      clients: DIRECTORY_FIXTURES.map((fixture) => ({
        id: `client-${fixture.username}`,
        fullName: fixture.name,
        clientNumber: fixture.username,
        nationalCode: fixture.nationalCode,
        phone1: fixture.numbers[0] ?? '',
        phone2: fixture.numbers[1] ?? null,
        market: fixture.kind,
        contractDate: fixture.contractSignedOn,
        balanceRial: 0,
        managers: fixture.responders,
      })),
    });
    return portalDirectory(db);
  });
});
