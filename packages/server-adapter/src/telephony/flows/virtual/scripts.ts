import type { RefusedAttempt } from '@callweave/sdk/protocol';
import {
  fieldCallerByNumber,
  findPairing,
  findProject,
  isFictitious,
  linkOf,
  noteAttempt,
  openCases,
  usablePairings,
} from '../../../numbers/index.ts';
import { askWhomToCall } from './access-dialogue.ts';
import { askWhichCallback } from './callback-dialogue.ts';
import { languageOf, subjectOf } from './subject.ts';
import type { Side } from './virtual-book.ts';
import type { VirtualCall } from './virtual-call.ts';

/** Who has called which number of ours. */
export interface Visit {
  /** E.164, or empty when withheld. */
  readonly caller: string;
  readonly called: string;
}

/** Tells somebody that they cannot be connected, politely, and logs that they tried. */
async function turnAway(
  call: VirtualCall,
  side: Side,
  visit: Visit,
  reason: RefusedAttempt['reason'],
  key: string,
): Promise<void> {
  await call.services.store.write((tx) => noteAttempt(tx, { ...visit, reason }));
  if (await call.legs.answer(side)) await call.bid(side, [key], 'failed');
}

const withheld = (visit: Visit, reason: RefusedAttempt['reason']) => (visit.caller === '' ? 'withheld' : reason);

/** The access number (B3): through which number, then whom. */
export async function access(call: VirtualCall, visit: Visit): Promise<void> {
  const { store, clock, dayOf, virtual, policy } = call.services;
  const caller = await fieldCallerByNumber(store.db, visit.caller);
  call.language = (caller?.locale as typeof call.language | undefined) ?? call.language;
  const pairings = caller === undefined ? [] : await usablePairings(store.db, caller.id, dayOf(clock.now()));
  await call.legs.tag('field');
  if (pairings.length === 0) return turnAway(call, 'field', visit, withheld(visit, 'not-paired'), 'virtual-not-paired');
  if (!(await call.legs.answer('field'))) return;
  call.converse(async (menu) => {
    const wanted = await askWhomToCall(menu, pairings, {
      mistakes: virtual.mistakes,
      plan: policy.numbering,
      isOurs: async (number) =>
        number === virtual.accessNumber ||
        number === virtual.exchangeNumber ||
        call.asked(isFictitious(store.db, number)),
      refused: () => call.asked(store.write((tx) => noteAttempt(tx, { ...visit, reason: 'dial-refused' }))),
    });
    if (wanted === undefined) return () => giveUp(call, visit);
    return async () => call.dial(subjectOf(wanted.whole, 'out', wanted.number));
  });
}

/** The exchange's number (B6): the missed call that waits, or the one whose ordinal is keyed. */
export async function callBack(call: VirtualCall, visit: Visit): Promise<void> {
  const { store, clock, dayOf, virtual, policy } = call.services;
  const caller = await fieldCallerByNumber(store.db, visit.caller);
  call.language = (caller?.locale as typeof call.language | undefined) ?? call.language;
  await call.legs.tag('field');
  if (caller === undefined) return turnAway(call, 'field', visit, withheld(visit, 'not-paired'), 'virtual-not-paired');
  const pairings = await usablePairings(store.db, caller.id, dayOf(clock.now()));
  const cases = (await openCases(store.db, caller.id, clock.now())).filter(({ pairing_id }) =>
    pairings.some(({ pairing }) => pairing.id === pairing_id),
  );
  if (cases.length === 0) return turnAway(call, 'field', visit, 'no-callback', 'virtual-no-callback');
  if (!(await call.legs.answer('field'))) return;
  call.converse(async (menu) => {
    const chosen = await askWhichCallback(menu, cases, { mistakes: virtual.mistakes, plan: policy.numbering });
    const whole = pairings.find(({ pairing }) => pairing.id === chosen?.pairing_id);
    if (chosen === undefined || whole === undefined) return () => giveUp(call, visit);
    return async () => call.dial(subjectOf(whole, 'callback', chosen.other_number, chosen));
  });
}

/** A fictitious number (B5): rings at the field caller who called from it. */
export async function ringFieldCaller(call: VirtualCall, visit: Visit): Promise<void> {
  const { store, clock, dayOf, virtual, exchange, policy } = call.services;
  call.language = languageOf(visit.called, policy.language);
  await call.legs.tag('callee');
  const link = await linkOf(
    store.db,
    { fictitiousNumber: visit.called, otherNumber: visit.caller },
    { at: clock.now(), today: dayOf(clock.now()), recentDays: virtual.recentDays },
  );
  if (link.kind === 'unknown')
    return turnAway(call, 'callee', visit, withheld(visit, 'unknown-caller'), 'virtual-unknown-caller');
  if (link.kind === 'over') return turnAway(call, 'callee', visit, link.reason, 'virtual-number-over');
  const callee = call.legs.get('callee');
  if (callee === undefined) return;
  const subject = subjectOf(link.whole, 'in', visit.caller);
  const leg = call.newLeg('field');
  call.subject = subject;
  await call.book.open(
    subject,
    [
      { side: 'callee', leg: callee, state: 'ringing' },
      { side: 'field', leg, state: 'ringing' },
    ],
    'own-phone',
  );
  // They hear it ring; that it is answered by somebody else's telephone is nothing they can tell.
  await exchange.progress(callee).catch(() => {});
  await call.ring(
    leg,
    {
      side: 'field',
      device: { kind: 'number', number: subject.realNumber },
      callerId: virtual.exchangeNumber,
      seconds: virtual.ringSeconds,
    },
    () => call.connect(),
  );
}

async function giveUp(call: VirtualCall, visit: Visit): Promise<void> {
  await call.services.store.write((tx) => noteAttempt(tx, { ...visit, reason: 'too-many-mistakes' }));
  await call.bid('field', ['virtual-too-many-mistakes'], 'failed');
}

/** What was written of a call's subject, with what its field caller is reached by now. */
export async function subjectFromRows(
  call: VirtualCall,
  row: {
    readonly kind: string;
    readonly pairing_id: string;
    readonly other_number: string;
    readonly case_id: string | null;
  },
): Promise<ReturnType<typeof subjectOf> | undefined> {
  const { db } = call.services.store;
  const pairing = await findPairing(db, row.pairing_id);
  if (pairing === undefined) return undefined;
  const project = await findProject(db, pairing.project_id);
  const fieldCaller = await db
    .selectFrom('field_callers')
    .selectAll()
    .where('id', '=', pairing.field_caller_id)
    .executeTakeFirst();
  if (project === undefined || fieldCaller === undefined) return undefined;
  const whole = { pairing, project, fieldCaller };
  return { ...subjectOf(whole, row.kind as 'out' | 'in' | 'callback', row.other_number), caseId: row.case_id };
}
