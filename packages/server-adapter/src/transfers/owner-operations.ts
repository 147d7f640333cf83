import { createHash, randomBytes } from 'node:crypto';
import { type contract, normalizeNumber, TRANSFER_DAYS } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import type { RedeemedCode } from '../one-time-codes/index.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { sealConsent } from './consent-record.ts';
import type { Db, TransferParts } from './transfer-parts.ts';
import {
  changeTransfer,
  contentOf,
  findTransfer,
  newOwnerOf,
  notThere,
  publishTransfer,
  stateAfter,
  type TransferRow,
  toTransfer,
} from './transfer-rows.ts';
import { ownerWording, type TransferDevice } from './wording.ts';

type Writes = Pick<Implementation<typeof contract.transfers>, 'start' | 'own' | 'sendCode' | 'confirm' | 'withdraw'>;

const DAY_MS = 86_400_000;
const PURPOSE = 'transfer-give';

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
export const subjectOf = (row: Pick<TransferRow, 'id'>): string => `transfer:${row.id}`;

/** Sold meanwhile, or no more there. */
export async function requireStillOwned(tx: Tx, parts: TransferParts, row: TransferRow): Promise<void> {
  const device = await parts.findDevice(tx.db, row.device_id);
  if (device === undefined || device.customerId !== row.customer_id)
    throw new Problem('transfer-device-moved', "The device is not the present owner's any more.");
}

/** What the present owner does. Of a transfer that is not theirs nothing is told. */
export function createOwnerOperations(parts: TransferParts): Writes {
  const { store, clock, codes, messages, options } = parts;

  async function ownTransfer(db: Db, id: string, customerId: string | undefined): Promise<TransferRow> {
    const row = await findTransfer(db, id);
    if (row === undefined || row.customer_id !== customerId) throw notThere(id);
    return row;
  }

  async function present(db: Db, customerId: string) {
    const buyer = await parts.findBuyer(db, customerId);
    if (buyer === undefined) throw new Problem('not-found', 'The house has not entered you as a buyer yet.');
    return buyer;
  }

  return {
    start: {
      async write(tx, { deviceId, newOwner }, { caller }) {
        const device = await parts.findDevice(tx.db, deviceId);
        if (device === undefined || caller.customerId === undefined || device.customerId !== caller.customerId)
          throw new Problem('not-found', `There is no device ${deviceId}.`);
        if (options.acceptUrl === undefined)
          throw new Problem('transfers-off', 'There is no page on which a new owner could accept.');
        const telephone = normalizeNumber(newOwner.telephone, parts.plan);
        if (telephone === undefined)
          throw new Problem('invalid-input', 'The telephone number cannot be used.', {
            fields: [
              {
                path: 'newOwner.telephone',
                message: 'is not a telephone number; write it with area code, or with + and country code',
              },
            ],
          });
        const owner = await present(tx.db, caller.customerId);
        if (owner.nationalCode === newOwner.nationalCode)
          throw new Problem('transfer-to-self', 'The device is theirs already.');
        const row: TransferRow = {
          id: newId('transfer', tx.now),
          device_id: deviceId,
          running_device_id: deviceId,
          customer_id: caller.customerId,
          state: 'offered',
          device: JSON.stringify({
            brand: device.brand,
            model: device.model,
            identifier: device.serial ?? device.dongle ?? device.userId ?? '',
          } satisfies TransferDevice),
          new_owner: JSON.stringify({ ...newOwner, telephone }),
          debt_rule: options.debts ?? 'paid-first',
          token_hash: null,
          started_by: caller.accountId,
          started_at: tx.now.toISOString(),
          expires_at: new Date(tx.now.getTime() + TRANSFER_DAYS * DAY_MS).toISOString(),
          owner_record: null,
          new_owner_record: null,
          decided_by: null,
          decided_name: null,
          decided_at: null,
          reason: null,
          new_customer_id: null,
          ended_at: null,
          revision: 1,
        };
        const { numInsertedOrUpdatedRows } = await tx.db
          .insertInto('transfers')
          .values(row)
          .onConflict((conflict) => conflict.column('running_device_id').doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n)
          throw new Problem('transfer-open', 'A transfer of this device is going on already.');
        await tx.record({
          actor: caller.accountId,
          action: 'transfer.started',
          subject: subjectOf(row),
          data: { deviceId, customerId: row.customer_id, until: row.expires_at },
        });
        await publishTransfer(tx, parts, row);
        return toTransfer(row);
      },
    },

    async own(_input, { caller }) {
      if (caller.customerId === undefined) return { transfers: [] };
      const rows = await store.db
        .selectFrom('transfers')
        .selectAll()
        .where('customer_id', '=', caller.customerId)
        .orderBy('id', 'desc')
        .limit(200)
        .execute();
      return { transfers: rows.map(toTransfer) };
    },

    sendCode: {
      async write(tx, { transferId }, { caller }) {
        const row = await ownTransfer(tx.db, transferId, caller.customerId);
        stateAfter(row, 'confirm', 'owner', tx.now);
        const { telephone, locale } = await present(tx.db, row.customer_id);
        return codes.send(tx, {
          subject: subjectOf(row),
          purpose: PURPOSE,
          to: telephone,
          locale,
          template: 'transfer-give-code',
        });
      },
    },

    confirm: {
      async prepare({ transferId, locale, digest, code }, { caller }) {
        const row = await ownTransfer(store.db, transferId, caller.customerId);
        stateAfter(row, 'confirm', 'owner', clock.now());
        if (ownerWording(contentOf(row), locale).digest !== digest)
          throw new Problem('transfer-text-changed', 'The text is not the one that was shown.');
        return codes.redeem({ subject: subjectOf(row), purpose: PURPOSE, code });
      },
      async write(tx, { transferId, locale, digest }, { caller, request }, code: RedeemedCode) {
        const row = await ownTransfer(tx.db, transferId, caller.customerId);
        const state = stateAfter(row, 'confirm', 'owner', tx.now);
        await requireStillOwned(tx, parts, row);
        const { text, digest: expected } = ownerWording(contentOf(row), locale);
        if (expected !== digest) throw new Problem('transfer-text-changed', 'The text is not the one that was shown.');
        await codes.use(tx, code);
        const owner = await present(tx.db, row.customer_id);
        const { record, recordHash } = sealConsent(
          {
            transferId: row.id,
            deviceId: row.device_id,
            party: 'owner',
            customerId: row.customer_id,
            accountId: caller.accountId,
            name: owner.name,
            nationalCode: owner.nationalCode,
            telephone: owner.telephone,
            at: tx.now.toISOString(),
            address: parts.clientAddress(request),
            locale,
            text,
          },
          { code, request },
        );
        const token = randomBytes(32).toString('base64url');
        await tx.record({
          actor: caller.accountId,
          action: 'transfer.confirmed',
          subject: subjectOf(row),
          data: { deviceId: row.device_id, recordHash },
        });
        const newOwner = newOwnerOf(row);
        await messages.send(tx, {
          to: newOwner.telephone,
          template: 'transfer-offer',
          values: { link: `${options.acceptUrl ?? ''}${token}` },
          locale: newOwner.locale,
          purpose: 'transfer-offer',
          dedupeKey: `transfer-offer:${row.id}`,
          sendBefore: new Date(row.expires_at),
        });
        return toTransfer(
          await changeTransfer(tx, parts, row, { state, owner_record: record, token_hash: tokenHash(token) }),
        );
      },
    },

    withdraw: {
      async write(tx, { transferId }, { caller }) {
        const row = await ownTransfer(tx.db, transferId, caller.customerId);
        const state = stateAfter(row, 'withdraw', 'owner', tx.now);
        await tx.record({
          actor: caller.accountId,
          action: 'transfer.withdrawn',
          subject: subjectOf(row),
          data: { deviceId: row.device_id },
        });
        return toTransfer(await changeTransfer(tx, parts, row, { state }));
      },
    },
  };
}
