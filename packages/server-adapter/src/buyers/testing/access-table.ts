import { readFileSync } from 'node:fs';
import type { Endpoint } from '@callweave/sdk/protocol';

/** What the table in the docs says of one operation. `–` is written for nothing. */
export interface AccessRow {
  readonly buyer: string;
  readonly technician: string;
}

export const NOTHING = '–';

const FILE = new URL('../../../../../docs/access.md', import.meta.url);

/** `| \`tickets.list\` | sees | sees | … |`, and of the operations for other staff `| \`orders\` | list, get |`. */
export function readAccessTable(): ReadonlyMap<string, AccessRow> {
  const rows = new Map<string, AccessRow>();
  const add = (name: string, row: AccessRow) => {
    if (rows.has(name)) throw new Error(`docs/access.md names ${name} twice.`);
    rows.set(name, row);
  };
  for (const line of readFileSync(FILE, 'utf8').split('\n')) {
    const open = /^\| `(\w+\.\w+)` \| ([^|]+) \| ([^|]+) \|/.exec(line);
    if (open) add(open[1] ?? '', { buyer: (open[2] ?? '').trim(), technician: (open[3] ?? '').trim() });
    const closed = /^\| `(\w+)` \| ([\w, ]+) \|$/.exec(line);
    for (const name of closed?.[2]?.split(',') ?? [])
      add(`${closed?.[1]}.${name.trim()}`, { buyer: NOTHING, technician: NOTHING });
  }
  return rows;
}

/** Whether the contract lets somebody of this role in. */
export const lets = ({ access }: Endpoint, role: 'buyer' | 'technician'): boolean =>
  typeof access === 'string' || access.includes(role);

/** The line that docs/access.md needs for an operation. */
export function lineFor(name: string, endpoint: Endpoint): string {
  const { method, summary } = endpoint;
  const word = (role: 'buyer' | 'technician', change: string) =>
    lets(endpoint, role) ? (method === 'GET' ? 'sees' : change) : NOTHING;
  const buyer = word('buyer', 'submits');
  const technician = word('technician', 'acts');
  const [group, operation] = name.split('.');
  return buyer === NOTHING && technician === NOTHING
    ? `under "For other staff alone", in the line of \`${group}\` (or a new line \`| \`${group}\` | ${operation} |\`): ${operation}`
    : `| \`${name}\` | ${buyer} | ${technician} | ${summary.replaceAll('|', '/')} |`;
}
