import type { contract } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import type { RedeemedCode } from '../one-time-codes/index.ts';
import { Problem } from '../problem.ts';
import { sealConsent } from './consent-record.ts';
import { requireStillOwned, subjectOf, tokenHash } from './owner-operations.ts';
import type { Db, TransferParts } from './transfer-parts.ts';
import { changeTransfer, contentOf, newOwnerOf, stateAfter, type TransferRow, toOffer } from './transfer-rows.ts';
import { newOwnerWording } from './wording.ts';

const PURPOSE = 'transfer-take';
/** A person with a link, and all people together. Guessing a link is hopeless by its length; this spares the database. */
const ONE = { burst: 30, perSecond: 0.5 } as const;
const ALL = { burst: 600, perSecond: 50 } as const;
const COMPLAINT = 'Too many links are opened from here.';

/** The contract's `transferAcceptances`: what the new owner does, whose only proof are the link and the code. */
export function createAcceptanceOperations(parts: TransferParts): Implementation<typeof contract.transferAcceptances> {
  const { store, clock, codes } = parts;
  const limitOne = createRateLimit(ONE, clock, COMPLAINT);
  const limitAll = createRateLimit(ALL, clock, COMPLAINT);

  function limit(request: Request): void {
    limitOne(parts.clientAddress(request));
    limitAll('');
  }

  async function byLink(db: Db, token: string): Promise<TransferRow> {
    const row = await db
      .selectFrom('transfers')
      .selectAll()
      .where('token_hash', '=', tokenHash(token))
      .executeTakeFirst();
    if (row === undefined) throw new Problem('not-found', 'This link leads nowhere.');
    return row;
  }

  return {
    async get({ token }, { request }) {
      limit(request);
      return toOffer(await byLink(store.db, token));
    },

    sendCode: {
      async prepare(_input, { request }) {
        limit(request);
      },
      async write(tx, { token }) {
        const row = await byLink(tx.db, token);
        stateAfter(row, 'accept', 'new-owner', tx.now);
        const { telephone, locale } = newOwnerOf(row);
        return codes.send(tx, {
          subject: subjectOf(row),
          purpose: PURPOSE,
          to: telephone,
          locale,
          template: 'transfer-take-code',
        });
      },
    },

    accept: {
      async prepare({ token, locale, digest, code }, { request }) {
        limit(request);
        const row = await byLink(store.db, token);
        stateAfter(row, 'accept', 'new-owner', clock.now());
        if (newOwnerWording(contentOf(row), locale).digest !== digest)
          throw new Problem('transfer-text-changed', 'The text is not the one that was shown.');
        return codes.redeem({ subject: subjectOf(row), purpose: PURPOSE, code });
      },
      async write(tx, { token, locale, digest }, { request }, code: RedeemedCode) {
        const row = await byLink(tx.db, token);
        const state = stateAfter(row, 'accept', 'new-owner', tx.now);
        await requireStillOwned(tx, parts, row);
        const { text, digest: expected } = newOwnerWording(contentOf(row), locale);
        if (expected !== digest) throw new Problem('transfer-text-changed', 'The text is not the one that was shown.');
        await codes.use(tx, code);
        const { name, nationalCode, telephone } = newOwnerOf(row);
        const { record, recordHash } = sealConsent(
          {
            transferId: row.id,
            deviceId: row.device_id,
            party: 'new-owner',
            customerId: null,
            accountId: null,
            name,
            nationalCode,
            telephone,
            at: tx.now.toISOString(),
            address: parts.clientAddress(request),
            locale,
            text,
          },
          { code, request },
        );
        await tx.record({
          actor: 'new-owner',
          action: 'transfer.accepted',
          subject: subjectOf(row),
          data: { deviceId: row.device_id, recordHash },
        });
        return toOffer(await changeTransfer(tx, parts, row, { state, new_owner_record: record }));
      },
    },

    decline: {
      async prepare(_input, { request }) {
        limit(request);
      },
      async write(tx, { token }) {
        const row = await byLink(tx.db, token);
        const state = stateAfter(row, 'decline', 'new-owner', tx.now);
        await tx.record({
          actor: 'new-owner',
          action: 'transfer.declined',
          subject: subjectOf(row),
          data: { deviceId: row.device_id },
        });
        return toOffer(await changeTransfer(tx, parts, row, { state }));
      },
    },
  };
}
