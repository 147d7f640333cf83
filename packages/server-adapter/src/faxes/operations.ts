import type { contract } from '@callweave/sdk/protocol';
import { mirrorCustomer } from '../customers/index.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { writePdf } from './document/pdf.ts';
import { writePng } from './document/png.ts';
import { decodePage, readTiff } from './document/tiff.ts';
import { changeFax, type FaxRow, findFax, publishFax, toFaxes } from './fax-rows.ts';
import { type InboundOptions, inboundFax } from './inbound.ts';
import type { FaxShelf } from './store-fax.ts';

/** The contract's `faxes`: the office's one box, and what is done with what is in it. */
export function createFaxOperations(shelf: FaxShelf, inbound: InboundOptions): Implementation<typeof contract.faxes> {
  const { store, files, directory, binDays } = shelf;

  async function shown(faxId: string, db = store.db): Promise<FaxRow> {
    const row = await findFax(db, faxId);
    if (row === undefined) throw new Problem('not-found', `There is no fax ${faxId}.`);
    return row;
  }

  /** The whole file: it is bounded when it is taken. */
  async function fileOf(faxId: string, format: 'tiff' | 'any'): Promise<{ row: FaxRow; bytes: Uint8Array }> {
    const row = await shown(faxId);
    if (row.state === 'receiving') throw new Problem('fax-not-finished', 'The fax is still coming in.');
    if (row.state === 'expired') throw new Problem('not-found', 'This fax was deleted at the end of its time.');
    if (row.file === null) throw new Problem('not-found', 'No page of this fax came.');
    if (format === 'tiff' && row.format !== 'tiff')
      throw new Problem('not-found', 'This fax came as PDF: it has no pictures of its pages, and no TIFF.');
    const bytes = new Uint8Array(await new Response(await files.read(row.file)).arrayBuffer());
    return { row, bytes };
  }

  async function noted(tx: Tx, caller: Caller, action: string, row: FaxRow, data: Record<string, unknown> = {}) {
    await tx.record({ actor: caller.accountId, action: `fax.${action}`, subject: `fax:${row.id}`, data });
  }

  return {
    async list({ customerId, unread, deleted, before, limit }) {
      let query = store.db
        .selectFrom('faxes')
        .selectAll()
        .where('deleted_at', deleted === true ? 'is not' : 'is', null)
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
      if (unread === true) query = query.where('read_at', 'is', null);
      if (before !== undefined) query = query.where('id', '<', before);
      const rows = await query.execute();
      const counted = await store.db
        .selectFrom('faxes')
        .select((each) => each.fn.countAll<number>().as('count'))
        .where('deleted_at', 'is', null)
        .where('read_at', 'is', null)
        .where('state', '!=', 'receiving')
        .executeTakeFirstOrThrow();
      return {
        faxes: await toFaxes(store.db, rows.slice(0, limit), binDays),
        unread: Number(counted.count),
        more: rows.length > limit,
      };
    },

    async get({ faxId }) {
      const [fax] = await toFaxes(store.db, [await shown(faxId)], binDays);
      return fax as NonNullable<typeof fax>;
    },

    assign: {
      async prepare({ customerId }) {
        if (customerId === null) return undefined;
        const customer = await directory.findById(customerId);
        if (customer === undefined) throw new Problem('not-found', `There is no customer ${customerId}.`);
        return customer;
      },
      async write(tx, { faxId, customerId }, { caller }, customer) {
        const row = await shown(faxId, tx.db);
        if (customer !== undefined) await mirrorCustomer(tx, customer);
        await noted(tx, caller, 'assigned', row, { customerId, before: row.customer_id });
        return changeFax(tx, faxId, { customer_id: customerId }, binDays);
      },
    },

    markRead: {
      async write(tx, { faxId, read }, { caller }) {
        const row = await shown(faxId, tx.db);
        if ((row.read_at !== null) === read) return publishFax(tx, faxId, binDays);
        await noted(tx, caller, read ? 'read' : 'unread', row);
        return changeFax(tx, faxId, { read_at: read ? tx.now.toISOString() : null }, binDays);
      },
    },

    note: {
      async write(tx, { faxId, note }) {
        await shown(faxId, tx.db);
        return changeFax(tx, faxId, { note }, binDays);
      },
    },

    delete: {
      async write(tx, { faxId }, { caller }) {
        const row = await shown(faxId, tx.db);
        if (row.state === 'receiving') throw new Problem('fax-not-finished', 'The fax is still coming in.');
        if (row.deleted_at !== null) return publishFax(tx, faxId, binDays);
        await noted(tx, caller, 'deleted', row, { sha256: row.sha256 });
        return changeFax(tx, faxId, { deleted_at: tx.now.toISOString() }, binDays);
      },
    },

    restore: {
      async write(tx, { faxId }, { caller }) {
        const row = await shown(faxId, tx.db);
        if (row.deleted_at !== null) await noted(tx, caller, 'restored', row, { sha256: row.sha256 });
        return changeFax(tx, faxId, { deleted_at: null }, binDays);
      },
    },

    async page({ faxId, page }) {
      const { row, bytes } = await fileOf(faxId, 'tiff');
      const found = /^[1-9]\d{0,2}$/.test(page) ? readTiff(bytes)[Number(page) - 1] : undefined;
      if (found === undefined) throw new Problem('not-found', `This fax has ${row.pages} pages.`);
      const repeat = Math.min(4, Math.max(1, Math.round(found.xDpi / found.yDpi)));
      return file(await writePng(decodePage(found), repeat), 'image/png', `${faxId}-${page}.png`, 'inline');
    },

    async pdf({ faxId }) {
      const { row, bytes } = await fileOf(faxId, 'any');
      const pdf = row.format === 'pdf' ? bytes : writePdf(readTiff(bytes), new Date(row.started_at));
      // What somebody else made is downloaded, and never opened in our own origin.
      return file(pdf, 'application/pdf', `${faxId}.pdf`, 'attachment');
    },

    async tiff({ faxId }) {
      const { bytes } = await fileOf(faxId, 'tiff');
      return file(bytes, 'image/tiff', `${faxId}.tiff`, 'attachment');
    },

    inbound: inboundFax(shelf, inbound),
  };
}

function file(bytes: Uint8Array, type: string, name: string, disposition: 'inline' | 'attachment'): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': type,
      'content-length': String(bytes.length),
      'cache-control': 'private, no-store',
      'content-disposition': `${disposition}; filename="${name}"`,
    },
  });
}
