import type { contract, PriceListContent } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { BillingContext, Db } from './billing-context.ts';
import { priceListInForce, toPriceList } from './price-list-rows.ts';

/** The contract's `priceLists`: a draft that is worked on, and published versions that stay as they are. */
export function createPriceLists({ store, clock, policy }: BillingContext): Implementation<typeof contract.priceLists> {
  return {
    async list() {
      const rows = await store.db.selectFrom('price_lists').selectAll().orderBy('version', 'desc').execute();
      const shown = rows.map(toPriceList);
      return {
        priceLists: [
          ...shown.filter(({ version }) => version === null),
          ...shown.filter(({ version }) => version !== null),
        ],
        current: (await priceListInForce(store.db, clock.now()))?.id ?? null,
        currency: policy.currency,
      };
    },
    async current() {
      return { priceList: (await priceListInForce(store.db, clock.now())) ?? null };
    },

    saveDraft: {
      async write(tx, { revision, ...content }, { caller }) {
        if (content.currency !== policy.currency)
          throw new Problem('other-currency', `Prices are in ${policy.currency}.`, {
            fields: [{ path: 'currency', message: `must be ${policy.currency}` }],
          });
        requireOnePriceEach(content);
        const draft = await findDraft(tx.db);
        if ((draft?.revision ?? null) !== revision)
          throw new Problem('price-list-changed', 'The draft is not the one that was read.');
        const saved = {
          content: JSON.stringify(content),
          revision: (revision ?? 0) + 1,
          updated_at: tx.now.toISOString(),
          updated_by: caller.accountId,
        };
        const row =
          draft === undefined
            ? await tx.db
                .insertInto('price_lists')
                .values({ id: newId('prices', tx.now), state: 'draft', ...saved })
                .returningAll()
                .executeTakeFirstOrThrow()
            : await tx.db
                .updateTable('price_lists')
                .set(saved)
                .where('id', '=', draft.id)
                .returningAll()
                .executeTakeFirstOrThrow();
        return toPriceList(row);
      },
    },

    discardDraft: {
      async write(tx) {
        await tx.db.deleteFrom('price_lists').where('state', '=', 'draft').execute();
        return {};
      },
    },

    publish: {
      async write(tx, { revision, validFrom = tx.now.toISOString() }, { caller }) {
        const draft = await findDraft(tx.db);
        if (draft === undefined) throw new Problem('not-found', 'There is no draft to publish.');
        if (draft.revision !== revision)
          throw new Problem('price-list-changed', 'The draft is not the one that was read.');
        if (validFrom < tx.now.toISOString())
          throw new Problem('publish-in-past', 'Prices cannot begin to hold in the past.', {
            fields: [{ path: 'validFrom', message: 'must not be in the past' }],
          });
        const version = await tx.next('price-list-versions');
        const row = await tx.db
          .updateTable('price_lists')
          .set({
            state: 'published',
            version,
            valid_from: validFrom,
            published_at: tx.now.toISOString(),
            published_by: caller.accountId,
          })
          .where('id', '=', draft.id)
          .returningAll()
          .executeTakeFirstOrThrow();
        await tx.record({
          actor: caller.accountId,
          action: 'price-list.published',
          subject: `price-list:${row.id}`,
          data: { version, validFrom, content: JSON.parse(row.content) },
        });
        return toPriceList(row);
      },
    },
  };
}

const findDraft = (db: Db) => db.selectFrom('price_lists').selectAll().where('state', '=', 'draft').executeTakeFirst();

function requireOnePriceEach({ renewals }: PriceListContent): void {
  const types = renewals.map(({ typeId }) => typeId);
  const twice = types.findIndex((typeId, index) => types.indexOf(typeId) !== index);
  if (twice >= 0)
    throw new Problem('invalid-input', 'A device type has its prices twice.', {
      fields: [{ path: `renewals.${twice}.typeId`, message: 'stands in the list already' }],
    });
}
