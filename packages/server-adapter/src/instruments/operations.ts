import { createHash } from 'node:crypto';
import type { contract, Instrument } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import type { Store } from '../store/store.ts';
import { importInstruments, searchInstruments } from './catalogue.ts';
import { parseInstruments } from './instrument-csv.ts';

/** The contract's `instruments`. */
export function createInstruments({ store }: { readonly store: Store }): Implementation<typeof contract.instruments> {
  return {
    async find({ query, section, limit }) {
      return { instruments: await searchInstruments(store.db, query, { section, limit }) };
    },
    import: {
      prepare: async ({ csv }) => ({ rows: parseInstruments(csv) }),
      async write(tx, { csv }, { caller }, { rows }: { rows: Instrument[] }) {
        const counts = await importInstruments(tx, rows);
        const sha256 = createHash('sha256').update(csv).digest('hex');
        await tx.record({
          actor: caller.accountId,
          action: 'instruments.imported',
          subject: 'catalogue:instruments',
          data: { ...counts, rows: rows.length, sha256 },
        });
        return counts;
      },
    },
  };
}
