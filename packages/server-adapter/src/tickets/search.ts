import { foldText, type TicketFilter } from '@callweave/sdk/protocol';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import { startsWith } from '../store/starts-with.ts';
import type { Tx } from '../store/store.ts';
import type { TicketRow } from './rows.ts';
import type { Standing } from './standing.ts';

const MOST_WORDS = 120;
const LONGEST_WORD = 40;
/** More words narrow a search no further than anybody needs. */
const MOST_ASKED = 6;

/** The folded words of a text. */
export function ticketWords(text: string, most = MOST_WORDS): string[] {
  const words = foldText(text)
    .split(/[\s\p{P}\p{S}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, LONGEST_WORD));
  return [...new Set(words)].slice(0, most);
}

export async function indexTicket(tx: Tx, { id, number, title, description }: TicketRow): Promise<void> {
  const words = [...new Set([String(number), ...ticketWords(`${title} ${description}`)])];
  await tx.db
    .insertInto('ticket_words')
    .values(words.map((word) => ({ word, ticket_id: id })))
    .execute();
}

/** A place in a list: when it is due (in the list of late ones), and which. */
export interface Place {
  readonly due: string;
  readonly id: string;
}

export interface SearchOptions {
  readonly standing: Standing;
  readonly now: Date;
}

type Query = SelectQueryBuilder<Database, 'tickets', object>;

/** Newest first; late ones by when they were due. Each filter has an index with the order in it. */
export function searchQuery(
  db: Kysely<Database>,
  filter: TicketFilter,
  { after, limit }: { readonly after?: Place | undefined; readonly limit: number },
  options: SearchOptions,
) {
  let query = narrow(db, filter, options).selectAll('tickets');
  if (filter.late === true) {
    if (after !== undefined)
      query = query.where(sql<boolean>`(tickets.next_due, tickets.id) > (${after.due}, ${after.id})`);
    query = query.orderBy('tickets.next_due').orderBy('tickets.id');
  } else {
    if (after !== undefined) query = query.where('tickets.id', '<', after.id);
    query = query.orderBy('tickets.id', 'desc');
  }
  return query.limit(limit);
}

export async function countTickets(
  db: Kysely<Database>,
  filter: TicketFilter,
  options: SearchOptions,
): Promise<number> {
  const row = await narrow(db, filter, options)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

function narrow(db: Kysely<Database>, filter: TicketFilter, { standing, now }: SearchOptions): Query {
  const { state, closed, priority, assigneeId, late, customerId, deviceId, query: words } = filter;
  let query: Query = db.selectFrom('tickets');
  // Besides what is asked for: a buyer who names another customer finds none.
  if (standing.side === 'customer') query = query.where('tickets.customer_id', '=', standing.customerId);
  if (state !== undefined) query = query.where('tickets.state', '=', state);
  if (closed !== undefined) query = query.where('tickets.closed', '=', closed ? 1 : 0);
  if (priority !== undefined) query = query.where('tickets.priority', '=', priority);
  if (assigneeId === 'nobody') query = query.where('tickets.assignee_id', 'is', null);
  else if (assigneeId !== undefined) query = query.where('tickets.assignee_id', '=', assigneeId);
  if (customerId !== undefined) query = query.where('tickets.customer_id', '=', customerId);
  if (deviceId !== undefined) query = query.where('tickets.device_id', '=', deviceId);
  if (late === true)
    query = query.where('tickets.next_due', 'is not', null).where('tickets.next_due', '<', now.toISOString());
  if (words === undefined) return query;
  const asked = ticketWords(words, MOST_ASKED);
  // Signs alone are no word: nothing is found, rather than everything.
  if (asked.length === 0) return query.where(sql<boolean>`1 = 0`);
  for (const word of asked)
    query = query.where('tickets.id', 'in', (eb) =>
      eb.selectFrom('ticket_words').select('ticket_words.ticket_id').where(startsWith('ticket_words.word', word)),
    );
  return query;
}
