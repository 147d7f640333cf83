import { foldText, normalizeNumber } from '@callweave/sdk/protocol';
import type { Directory, DirectoryCustomer } from '@callweave/server-adapter';
import type { PortalDatabase } from './portal/database.ts';

interface ClientRow {
  readonly id: string;
  readonly full_name: string;
  readonly client_number: string;
  readonly national_code: string;
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
  const byCode = raw.prepare('SELECT * FROM clients WHERE client_number = ? OR national_code = ?');
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
      const code = foldText(query);
      const number = normalizeNumber(code);
      const direct = [...rows(byCode.all(code, code)), ...(number ? rows(byNumber.all(number, number)) : [])];
      // The portal's table has no folded column: a few thousand names are folded as they are read.
      const wanted = wordsOf(query);
      const named = wanted.length === 0 ? [] : rows(all.all()).filter(({ name }) => isNamed(name, wanted));
      const whole = foldText(query);
      named.sort((a, b) => Number(foldText(b.name) === whole) - Number(foldText(a.name) === whole));
      return [...new Map([...direct, ...named].map((client) => [client.id, client])).values()].slice(0, limit);
    },
    servedBy: async (accountId) => (byManager.all(accountId, accountId) as { id: string }[]).map(({ id }) => id),
  };
}

const wordsOf = (text: string): string[] =>
  foldText(text)
    .split(/[\s\p{P}]+/u)
    .filter(Boolean);

/** Each word begins one of the name, or all of them together do: «محمد رضا» is written «محمدرضا» too. */
function isNamed(name: string, wanted: readonly string[]): boolean {
  const words = wordsOf(name);
  const whole = wanted.join('');
  return (
    wanted.every((want) => words.some((word) => word.startsWith(want))) || words.some((word) => word.startsWith(whole))
  );
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
