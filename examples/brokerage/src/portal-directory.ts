import { foldText, normalizeNumber } from '@callweave/sdk/protocol';
import type { Directory, DirectoryCustomer } from '@callweave/server-adapter';
import type { PortalDatabase } from './portal/database.ts';

interface ClientRow {
  readonly id: string;
  readonly full_name: string;
  readonly client_number: string;
  readonly phone1: string;
  readonly phone2: string | null;
  readonly market: DirectoryCustomer['kind'];
  readonly contract_date: string | null;
  readonly manager1: string | null;
  readonly manager2: string | null;
}

/** The desk's customer base, read from the portal's own table: nothing is copied, and nothing is ever created. */
export function portalDirectory({ raw }: PortalDatabase): Directory {
  const byNumber = raw.prepare('SELECT * FROM clients WHERE phone1 = ? OR phone2 = ? ORDER BY client_number');
  const byId = raw.prepare('SELECT * FROM clients WHERE id = ?');
  const byCode = raw.prepare('SELECT * FROM clients WHERE client_number = ?');
  const all = raw.prepare('SELECT * FROM clients ORDER BY client_number');
  const byManager = raw.prepare('SELECT id FROM clients WHERE manager1 = ? OR manager2 = ?');
  const rows = (found: unknown[]) => (found as ClientRow[]).map(toCustomer);

  return {
    findByNumber: async (number) => rows(byNumber.all(number, number)),
    async findById(id) {
      const row = byId.get(id) as unknown as ClientRow | undefined;
      return row && toCustomer(row);
    },
    async search(query, limit) {
      const number = normalizeNumber(query);
      const direct = [...rows(byCode.all(foldText(query))), ...(number ? rows(byNumber.all(number, number)) : [])];
      // The portal's table has no folded column: a few thousand names are folded as they are read.
      const wanted = foldText(query).split(' ');
      const named = rows(all.all()).filter((client) => wanted.every((word) => foldText(client.name).includes(word)));
      return [...new Map([...direct, ...named].map((client) => [client.id, client])).values()].slice(0, limit);
    },
    servedBy: async (accountId) => (byManager.all(accountId, accountId) as { id: string }[]).map(({ id }) => id),
  };
}

function toCustomer(row: ClientRow): DirectoryCustomer {
  return {
    id: row.id,
    name: row.full_name,
    username: row.client_number,
    kind: row.market,
    numbers: [row.phone1, row.phone2].filter((number) => number !== null),
    responders: [row.manager1, row.manager2].filter((id) => id !== null),
    contractSignedOn: row.contract_date,
    locale: row.phone1.startsWith('+420') ? 'cs' : 'fa',
  };
}
