import { createHash } from 'node:crypto';
import type { AttachmentType, contract } from '@callweave/sdk/protocol';
import { fileKey, type RecordingStore } from '../../connectors/recordings/recording-store.ts';
import type { Caller, Implementation } from '../../http/operation.ts';
import { newId } from '../../id.ts';
import { Problem } from '../../problem.ts';
import type { Tx } from '../../store/store.ts';
import type { TicketParts } from '../parts.ts';
import type { TicketPolicy } from '../policy.ts';
import { type AttachmentRow, findTicket, toAttachment } from '../rows.ts';
import { sideOf } from '../standing.ts';
import { contentTypeOf } from './content-type.ts';
import { attachmentDisposition, EXTENSIONS, safeFileName } from './file-name.ts';
import { queueScan } from './scan.ts';

/** Files that one person has uploaded and sent with no message. */
const MOST_LOOSE = 20;

interface Uploaded {
  readonly id: string;
  readonly type: AttachmentType;
  readonly sha256: string;
  readonly file: string;
}

const unknown = (id: string) => new Problem('not-found', `There is no attachment ${id}.`);

export interface AttachmentOperationsOptions {
  readonly parts: TicketParts;
  readonly policy: TicketPolicy;
  /** A file waits for the scanner. */
  readonly wake: () => void;
  readonly onError: (error: unknown) => void;
}

export function createAttachmentOperations({
  parts,
  policy,
  wake,
  onError,
}: AttachmentOperationsOptions): Implementation<typeof contract.ticketAttachments> {
  const { store, calls, clock } = parts;

  function place(): RecordingStore {
    if (parts.files === undefined) throw new Problem('attachments-off', 'There is no place for files here.');
    return parts.files;
  }

  const uploadedBy = (db: Tx['db'], accountId: string, uploadId: string) =>
    db
      .selectFrom('ticket_attachments')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('upload_id', '=', uploadId)
      .executeTakeFirst();

  const looseOf = async (db: Tx['db'], accountId: string): Promise<number> => {
    const row = await db
      .selectFrom('ticket_attachments')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', accountId)
      .where('entry_id', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };

  const tooMany = () => new Problem('attachment-too-many', `${MOST_LOOSE} files wait to be sent already.`);

  /** An attachment that this person may see: their own until it is sent, then as the entry that it belongs to. */
  async function visible(attachmentId: string, caller: Caller): Promise<AttachmentRow> {
    const { db } = store;
    const row = await db.selectFrom('ticket_attachments').selectAll().where('id', '=', attachmentId).executeTakeFirst();
    if (row === undefined) throw unknown(attachmentId);
    if (row.entry_id === null || row.ticket_id === null) {
      if (row.account_id !== caller.accountId) throw unknown(attachmentId);
      return row;
    }
    const ticket = await findTicket(db, row.ticket_id);
    const side = ticket === undefined ? undefined : await sideOf(db, calls, caller, ticket);
    if (side === undefined) throw unknown(attachmentId);
    if (side === 'staff') return row;
    const entry = await db
      .selectFrom('ticket_entries')
      .select('internal')
      .where('id', '=', row.entry_id)
      .executeTakeFirst();
    if (entry?.internal !== 0) throw unknown(attachmentId);
    return row;
  }

  return {
    upload: {
      async prepare({ uploadId }, { caller, body }): Promise<Uploaded | undefined> {
        const files = place();
        if ((await uploadedBy(store.db, caller.accountId, uploadId)) !== undefined) return undefined;
        if (body.length > policy.maxBytes)
          throw new Problem('too-large', `A file has at most ${policy.maxBytes} bytes.`);
        if (body.length === 0) throw new Problem('attachment-empty', 'The file is empty.');
        const type = contentTypeOf(body);
        if (type === undefined || !policy.mediaTypes.includes(type))
          throw new Problem('attachment-type', 'This kind of file is not taken.');
        if ((await looseOf(store.db, caller.accountId)) >= MOST_LOOSE) throw tooMany();
        const id = newId('attachment', clock.now());
        const file = fileKey('attachment', id, EXTENSIONS[type][0]);
        await files.put(file, body);
        return { id, type, file, sha256: createHash('sha256').update(body).digest('hex') };
      },
      async write(tx, { uploadId, name }, { caller, body }, prepared: Uploaded | undefined) {
        const known = await uploadedBy(tx.db, caller.accountId, uploadId);
        if (prepared === undefined || known !== undefined) {
          // Sent twice at the same moment: the other one's is kept.
          if (prepared !== undefined) tx.afterCommit(() => void place().delete(prepared.file).catch(onError));
          if (known === undefined) throw new Problem('conflict', 'The file was removed in the meantime.');
          return toAttachment(known);
        }
        if ((await looseOf(tx.db, caller.accountId)) >= MOST_LOOSE) throw tooMany();
        const row: AttachmentRow = {
          id: prepared.id,
          account_id: caller.accountId,
          upload_id: uploadId,
          ticket_id: null,
          entry_id: null,
          name: safeFileName(name, prepared.type),
          media_type: prepared.type,
          bytes: body.length,
          sha256: prepared.sha256,
          file: prepared.file,
          state: 'scanning',
          scanned: 0,
          finding: null,
          created_at: tx.now.toISOString(),
        };
        await tx.db.insertInto('ticket_attachments').values(row).execute();
        await queueScan(tx, row.id);
        await tx.record({
          actor: caller.accountId,
          action: 'attachment.uploaded',
          subject: `attachment:${row.id}`,
          data: { sha256: row.sha256, bytes: row.bytes, mediaType: row.media_type },
        });
        tx.afterCommit(wake);
        return toAttachment(row);
      },
    },

    get: async ({ attachmentId }, { caller }) => toAttachment(await visible(attachmentId, caller)),

    async file({ attachmentId }, { caller, request }) {
      const row = await visible(attachmentId, caller);
      if (row.state === 'infected') throw new Problem('attachment-infected', 'Malware was found in this file.');
      if (row.state !== 'ready') throw new Problem('attachment-scanning', 'The file is still being checked.');
      if (row.file === null) throw unknown(attachmentId);
      const text = row.media_type === 'text/plain';
      const headers = {
        'content-type': text ? 'text/plain; charset=utf-8' : row.media_type,
        'content-length': String(row.bytes),
        'cache-control': 'private, no-store',
        'content-disposition': attachmentDisposition(row.name),
        // Whatever a browser makes of it: it runs nothing, and is of no origin.
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      };
      // A stream that nobody reads would keep its file open.
      if (request.method === 'HEAD') return new Response(null, { headers });
      return new Response(await place().read(row.file), { headers });
    },

    discard: {
      async write(tx, { attachmentId }, { caller }) {
        const row = await tx.db
          .selectFrom('ticket_attachments')
          .selectAll()
          .where('id', '=', attachmentId)
          .where('account_id', '=', caller.accountId)
          .where('entry_id', 'is', null)
          .executeTakeFirst();
        if (row === undefined) throw unknown(attachmentId);
        await tx.db.deleteFrom('ticket_attachments').where('id', '=', row.id).execute();
        const { file } = row;
        if (file !== null) tx.afterCommit(() => void place().delete(file).catch(onError));
        return {};
      },
    },
  };
}
