import {
  isTransferRunning,
  nextTransferState,
  type Transfer,
  type TransferAction,
  type TransferConsent,
  type TransferOffer,
  type TransferReview,
  type TransferSide,
  type TransferState,
} from '@callweave/sdk/protocol';
import { maskNumber } from '../messages/index.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { readConsent } from './consent-record.ts';
import type { Db, TransferParts } from './transfer-parts.ts';
import {
  inEachLanguage,
  maskNationalCode,
  type NewOwner,
  newOwnerWording,
  ownerWording,
  type TransferContent,
  type TransferDevice,
} from './wording.ts';

export type TransferRow = Database['transfers'];

export const notThere = (id: string) => new Problem('not-found', `There is no transfer ${id}.`);

export const findTransfer = (db: Db, id: string): Promise<TransferRow | undefined> =>
  db.selectFrom('transfers').selectAll().where('id', '=', id).executeTakeFirst();

export const newOwnerOf = (row: TransferRow): NewOwner => JSON.parse(row.new_owner) as NewOwner;

export function contentOf(row: TransferRow): TransferContent {
  return {
    device: JSON.parse(row.device) as TransferDevice,
    newOwner: newOwnerOf(row),
    debtRule: row.debt_rule,
  };
}

function consentOf(text: string | null): TransferConsent | null {
  const record = readConsent(text);
  return record === undefined ? null : { at: record.at, locale: record.locale, text: record.text };
}

/** A transfer as the present owner sees it. */
export function toTransfer(row: TransferRow): Transfer {
  const content = contentOf(row);
  return {
    id: row.id,
    deviceId: row.device_id,
    customerId: row.customer_id,
    state: row.state as TransferState,
    device: content.device,
    newOwner: content.newOwner,
    wordings: inEachLanguage(ownerWording, content),
    startedAt: row.started_at,
    expiresAt: row.expires_at,
    confirmed: consentOf(row.owner_record),
    accepted: consentOf(row.new_owner_record),
    decided:
      row.decided_at === null ? null : { at: row.decided_at, by: row.decided_name ?? '', reason: row.reason ?? '' },
    endedAt: row.ended_at,
    revision: row.revision,
    review: null,
  };
}

/** As the house sees it, with what it needs to decide. */
export async function toReviewed(db: Db, row: TransferRow, parts: TransferParts): Promise<Transfer> {
  const shown = toTransfer(row);
  const [owner, known, balance, openTickets] = [
    await parts.findBuyer(db, row.customer_id),
    await parts.findBuyerByNationalCode(db, shown.newOwner.nationalCode),
    await parts.balanceOf(db, row.customer_id),
    await parts.countOpenTickets(db, row.device_id),
  ];
  const owes = isTransferRunning(shown.state) && balance.amount > 0;
  const review: TransferReview = {
    owner: { id: row.customer_id, name: readConsent(row.owner_record)?.name ?? owner?.name ?? '' },
    known:
      known === undefined
        ? null
        : {
            customerId: known.customerId,
            name: known.name,
            sameTelephone: known.telephone === shown.newOwner.telephone,
          },
    debt: owes ? balance : null,
    debtBlocks: owes && row.debt_rule === 'paid-first',
    openTickets: isTransferRunning(shown.state) ? openTickets : 0,
    ownerAddress: readConsent(row.owner_record)?.address ?? '',
    newOwnerAddress: readConsent(row.new_owner_record)?.address ?? '',
  };
  return { ...shown, review };
}

/** As the new owner sees it who has no account. */
export function toOffer(row: TransferRow): TransferOffer {
  const content = contentOf(row);
  const { name, nationalCode, telephone, locale } = content.newOwner;
  return {
    state: row.state as TransferState,
    device: content.device,
    name,
    nationalCode: maskNationalCode(nationalCode),
    telephone: maskNumber(telephone),
    locale,
    wordings: inEachLanguage(newOwnerWording, content),
    expiresAt: row.expires_at,
    acceptedAt: consentOf(row.new_owner_record)?.at ?? null,
  };
}

/** The state after an action; throws what the reader can do about it when the action is not allowed. */
export function stateAfter(
  row: Pick<TransferRow, 'state' | 'expires_at'>,
  action: Exclude<TransferAction, 'expire'>,
  by: TransferSide,
  now: Date,
): TransferState {
  const next = nextTransferState(row.state as TransferState, action, by);
  if (next === undefined) throw new Problem('transfer-state', `The transfer is ${row.state}.`);
  // The chore comes once an hour; the time ends when it ends.
  const timed = nextTransferState(row.state as TransferState, 'expire', 'clock') !== undefined;
  if (timed && action !== 'withdraw' && row.expires_at <= now.toISOString())
    throw new Problem('transfer-expired', 'The time that the owners had is over.');
  return next;
}

/** Writes what has changed, tells both sides, and gives the transfer as the present owner sees it. */
export async function changeTransfer(
  tx: Tx,
  parts: TransferParts,
  row: TransferRow,
  set: Partial<TransferRow> & { readonly state: TransferState },
): Promise<TransferRow> {
  const ended = !isTransferRunning(set.state);
  const changes = {
    ...set,
    revision: row.revision + 1,
    ...(ended ? { running_device_id: null, ended_at: tx.now.toISOString() } : {}),
  };
  const { numUpdatedRows } = await tx.db
    .updateTable('transfers')
    .set(changes)
    .where('id', '=', row.id)
    .where('revision', '=', row.revision)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Problem('conflict', 'The transfer has changed in the meantime.');
  const after = { ...row, ...changes };
  await publishTransfer(tx, parts, after);
  return after;
}

export async function publishTransfer(tx: Tx, parts: TransferParts, row: TransferRow): Promise<void> {
  await tx.publish({ type: 'transfer', data: toTransfer(row) }, [`customer:${row.customer_id}`]);
  await tx.publish({ type: 'transfer', data: await toReviewed(tx.db, row, parts) }, [
    'role:manager',
    'role:supervisor',
  ]);
}
