import type { Domain } from '../domain.ts';
import { createAcceptanceOperations } from './acceptance-operations.ts';
import { createOwnerOperations, subjectOf } from './owner-operations.ts';
import { createReviewOperations } from './review-operations.ts';
import type { TransferParts, TransfersOptions } from './transfer-parts.ts';
import { changeTransfer, findTransfer } from './transfer-rows.ts';

const HOUR_MS = 3_600_000;
const BATCH = 100;

export interface CreateTransfersParts extends Omit<TransferParts, 'options'> {
  readonly options: TransfersOptions | undefined;
}

export interface Transfers extends Domain {
  /** Ends what nobody went on with in time; for tests, and once an hour by itself. */
  expire(): Promise<void>;
}

/** Ownership transfers (D8, G7): two consents by one-time codes, sealed, and the decision of the house. */
export function createTransfers({ options = {}, ...others }: CreateTransfersParts): Transfers {
  const parts: TransferParts = { ...others, options: { ...options } };
  const { store, clock, codes } = parts;

  async function expire(): Promise<void> {
    for (;;) {
      const due = await store.db
        .selectFrom('transfers')
        .select('id')
        .where('state', 'in', ['offered', 'confirmed'])
        .where('expires_at', '<=', clock.now().toISOString())
        .limit(BATCH)
        .execute();
      if (due.length === 0) return;
      for (const { id } of due)
        await store.write(async (tx) => {
          const row = await findTransfer(tx.db, id);
          // Somebody may have ended it since.
          if (row === undefined || (row.state !== 'offered' && row.state !== 'confirmed')) return;
          await tx.record({
            actor: 'system',
            action: 'transfer.expired',
            subject: subjectOf(row),
            data: { deviceId: row.device_id },
          });
          await changeTransfer(tx, parts, row, { state: 'expired' });
        });
    }
  }

  return {
    operations: {
      transfers: { ...createOwnerOperations(parts), ...createReviewOperations(parts) },
      transferAcceptances: createAcceptanceOperations(parts),
    },
    chores: [
      { name: 'transfers.expire', everyMs: HOUR_MS, run: expire },
      { name: 'one-time-codes.forget', everyMs: HOUR_MS, run: () => codes.forgetOld() },
    ],
    expire,
  };
}
