import { latestCallTo } from './field-call-book.ts';
import { complete, stateOf, type WholePairing } from './pairing-view.ts';
import { projectIsOver } from './project-view.ts';
import { type Db, findPairing } from './rows.ts';

export type Link =
  | { readonly kind: 'paired'; readonly whole: WholePairing }
  /** Nobody has called them from this number for long. */
  | { readonly kind: 'unknown' }
  /** Somebody has, and can no longer be reached by it. */
  | { readonly kind: 'over'; readonly reason: 'pairing-over' | 'project-over' };

/**
 * Whom somebody wants who calls a fictitious number: the field caller who still has to call them back, otherwise the one
 * who called them last.
 */
export async function linkOf(
  db: Db,
  call: { readonly fictitiousNumber: string; readonly otherNumber: string },
  options: { readonly at: Date; readonly today: string; readonly recentDays: number },
): Promise<Link> {
  if (call.otherNumber === '') return { kind: 'unknown' };
  const open = await db
    .selectFrom('callback_cases')
    .select('pairing_id')
    .where('fictitious_number', '=', call.fictitiousNumber)
    .where('other_number', '=', call.otherNumber)
    .where('state', '=', 'open')
    .where('expires_at', '>', options.at.toISOString())
    .orderBy('last_missed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const since = new Date(options.at.getTime() - options.recentDays * 86_400_000);
  const pairingId =
    open?.pairing_id ?? (await latestCallTo(db, call.fictitiousNumber, call.otherNumber, since))?.pairing_id;
  const row = pairingId === undefined ? undefined : await findPairing(db, pairingId);
  const [whole] = row === undefined ? [] : await complete(db, [row]);
  if (whole === undefined) return { kind: 'unknown' };
  if (stateOf(whole, options.today) === 'active') return { kind: 'paired', whole };
  return { kind: 'over', reason: projectIsOver(whole.project, options.today) ? 'project-over' : 'pairing-over' };
}

/** Whether a number is one of our fictitious ones. */
export async function isFictitious(db: Db, number: string): Promise<boolean> {
  const row = await db.selectFrom('fictitious_numbers').select('id').where('number', '=', number).executeTakeFirst();
  return row !== undefined;
}

/** The field caller who is known by this real number. */
export async function fieldCallerByNumber(db: Db, number: string) {
  if (number === '') return undefined;
  return db
    .selectFrom('field_callers')
    .selectAll()
    .where('number', '=', number)
    .where('active', '=', 1)
    .executeTakeFirst();
}
