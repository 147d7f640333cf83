import { type CallFilter, type NumberingPlan, normalizeNumber, toAsciiDigits } from '@callweave/sdk/protocol';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { Problem } from '../problem.ts';
import type { Database } from '../store/schema.ts';
import { startsWith } from '../store/starts-with.ts';
import { dayEnd, dayStart } from './day-range.ts';
import { reversed } from './index-call.ts';

const FEWEST_DIGITS = 3;

export interface Place {
  readonly startedAt: string;
  readonly id: string;
}

export interface SearchOptions {
  readonly plan: NumberingPlan;
  readonly timeZone: string;
  /** Only this person's calls. */
  readonly ownOf?: string;
}

export type NumberQuery = { readonly whole: string } | { readonly begins: string } | { readonly endsReversed: string };

/**
 * How somebody meant a number: the whole of it, its beginning (`+98912`, `0912`), or its last digits (`4567`). A whole
 * number without its prefix is its last digits, too.
 */
export function readNumber(text: string, plan: NumberingPlan): NumberQuery | undefined {
  const compact = toAsciiDigits(text).replace(/[^\d+]/g, '');
  const digits = compact.replaceAll('+', '');
  if (digits.length < FEWEST_DIGITS) return undefined;
  const international = compact.startsWith('+') || compact.startsWith('00');
  const national = !international && plan.trunkPrefix !== '' && compact.startsWith(plan.trunkPrefix);
  if (!international && !national) return { endsReversed: reversed(digits) };
  const whole = normalizeNumber(text, plan);
  if (whole !== undefined) return { whole };
  const begins = national
    ? `+${plan.countryCode}${digits.slice(plan.trunkPrefix.length)}`
    : `+${digits.replace(/^00/, '')}`;
  return { begins };
}

type Query = SelectQueryBuilder<Database, 'call_history', object>;

/** Ids of the calls of a search, newest first. Each filter is answered by an index that has the order in it. */
export async function searchCalls(
  db: Kysely<Database>,
  filter: CallFilter,
  page: { readonly after?: Place | undefined; readonly limit: number },
  options: SearchOptions,
): Promise<Place[]> {
  const rows = await searchQuery(db, filter, page, options).execute();
  return rows.map(({ started_at, call_id }) => ({ startedAt: started_at, id: call_id }));
}

/** The query itself, so that a test can ask the database how it would go about it. */
export function searchQuery(
  db: Kysely<Database>,
  filter: CallFilter,
  { after, limit }: { readonly after?: Place | undefined; readonly limit: number },
  options: SearchOptions,
) {
  // A tag may be on half of all calls, or on three: its own list has the order, so it is read from there.
  const tagged = filter.tag !== undefined;
  const ordered = tagged ? 'call_history_tags' : 'call_history';
  let query = narrow(db, filter, options).select(['call_history.started_at', 'call_history.call_id']);
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(${sql.ref(`${ordered}.started_at`)}, ${sql.ref(`${ordered}.call_id`)}) < (${after.startedAt}, ${after.id})`,
    );
  return query
    .orderBy(sql.ref(`${ordered}.started_at`), 'desc')
    .orderBy(sql.ref(`${ordered}.call_id`), 'desc')
    .limit(limit);
}

export async function countCalls(db: Kysely<Database>, filter: CallFilter, options: SearchOptions): Promise<number> {
  const row = await narrow(db, filter, options)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

function narrow(db: Kysely<Database>, filter: CallFilter, { plan, timeZone, ownOf }: SearchOptions): Query {
  const { number, customerId, agentId, outcome, direction, kind, tag, queueId, from, to } = filter;
  let query: Query = db.selectFrom('call_history');
  if (tag !== undefined) {
    query = query
      .innerJoin('call_history_tags', 'call_history_tags.call_id', 'call_history.call_id')
      .where('call_history_tags.tag', '=', tag) as unknown as Query;
  }
  // Never both: an agent who asks for somebody else's calls finds none.
  if (ownOf !== undefined) query = query.where('call_history.agent_id', '=', ownOf);
  if (agentId !== undefined) query = query.where('call_history.agent_id', '=', agentId);
  if (customerId !== undefined) query = query.where('call_history.customer_id', '=', customerId);
  if (outcome !== undefined) query = query.where('call_history.outcome', '=', outcome);
  if (direction !== undefined) query = query.where('call_history.direction', '=', direction);
  if (kind !== undefined) query = query.where('call_history.kind', '=', kind);
  if (queueId !== undefined) query = query.where('call_history.queue_id', '=', queueId);
  if (from !== undefined) query = query.where('call_history.started_at', '>=', dayStart(from, timeZone));
  if (to !== undefined) query = query.where('call_history.started_at', '<', dayEnd(to, timeZone));
  return number === undefined ? query : byNumber(query, number, plan);
}

function byNumber(query: Query, text: string, plan: NumberingPlan): Query {
  const wanted = readNumber(text, plan);
  if (wanted === undefined)
    throw new Problem('invalid-input', 'The number is too short to look for.', {
      fields: [{ path: 'number', message: `must have ${FEWEST_DIGITS} digits or more` }],
    });
  if ('whole' in wanted) return query.where('call_history.number', '=', wanted.whole);
  const column = 'begins' in wanted ? 'number' : 'reversed_number';
  const beginning = 'begins' in wanted ? wanted.begins : wanted.endsReversed;
  // Few calls against many: found first, ordered afterwards. Left to itself, SQLite would read along the order instead.
  return query.where('call_history.call_id', 'in', (eb) =>
    eb
      .selectFrom('call_history as found')
      .select('found.call_id')
      .where(startsWith(`found.${column}`, beginning)),
  );
}
