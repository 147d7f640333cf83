import { type contract, type NumberingPlan, normalizeNumber } from '@callweave/sdk/protocol';
import { verifyWebhook } from '../connectors/webhook-signature.ts';
import type { RequestContext, WriteOperation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import { FaxDocumentError } from './document/document-error.ts';
import { publishFax } from './fax-rows.ts';
import { examineDocument, type FaxDocument, type FaxShelf, keepDocument } from './store-fax.ts';

export interface InboundOptions {
  /** `whsec_…`: what the provider, or the gateway, signs with. Without it nothing is taken. */
  readonly secret: string | undefined;
  readonly plan: NumberingPlan;
  readonly now: () => Date;
}

type Inbound = WriteOperation<typeof contract.faxes.inbound, string>;

/**
 * A fax handed in by a provider or a mail gateway: the file alone, or a form with `from`, `to` and one file. It is stored
 * before it is answered, once per `webhook-id`, however often it comes.
 */
export function inboundFax(shelf: FaxShelf, options: InboundOptions): Inbound {
  return {
    async prepare(query, { request, body }) {
      const { secret, now } = options;
      // The same for whoever signs wrongly and where nothing is taken at all: what is configured is nobody's business.
      if (secret === undefined || !verifyWebhook(secret, request.headers, body, now()))
        throw new Problem('not-found', 'No fax is taken here, or it is not signed as it should be.');
      const providerId = (request.headers.get('webhook-id') ?? '').slice(0, 200);
      const known = await findByProvider(shelf, providerId);
      if (known !== undefined && known.state !== 'receiving') return known.id;

      const { bytes, from, to } = await unpack(body, request);
      const document = await examined(bytes);
      const caller = numberIn(from ?? query.from ?? '', options.plan);
      const called = numberIn(to ?? query.to ?? '', options.plan);
      // A crash between the two writes leaves it `receiving`; the provider comes again, and it is finished then.
      const id = known?.id ?? (await open(shelf, { providerId, caller, called }));
      await keepDocument(shelf, id, document, {});
      return id;
    },
    // All is written by now: the file had to be on the disk before its row said so.
    write: async (_tx, _input, _context: RequestContext, faxId) => ({ faxId }),
  };
}

/** The telephone number in what a provider or a mail's header says: `+98 21 2233 4455`, `"02122334455" <fax@example>`. */
function numberIn(text: string, plan: NumberingPlan): string {
  const parts = [text, ...(text.match(/\+?\d[\d ().-]{5,}\d/g) ?? [])];
  return parts.map((part) => normalizeNumber(part, plan)).find((number) => number !== undefined) ?? '';
}

async function findByProvider({ store }: FaxShelf, providerId: string) {
  return store.db.selectFrom('faxes').select(['id', 'state']).where('provider_id', '=', providerId).executeTakeFirst();
}

async function open(
  shelf: FaxShelf,
  fax: { readonly providerId: string; readonly caller: string; readonly called: string },
): Promise<string> {
  return shelf.store.write(async (tx) => {
    const id = newId('fax', tx.now);
    await tx.db
      .insertInto('faxes')
      .values({
        ...emptyFax,
        id,
        source: 'provider',
        provider_id: fax.providerId,
        leg: null,
        caller_number: fax.caller,
        called_number: fax.called,
        started_at: tx.now.toISOString(),
      })
      // The same one at the same moment: both go on with the row that is there.
      .onConflict((conflict) => conflict.column('provider_id').doNothing())
      .execute();
    const row = await tx.db
      .selectFrom('faxes')
      .select('id')
      .where('provider_id', '=', fax.providerId)
      .executeTakeFirstOrThrow();
    if (row.id === id) await publishFax(tx, id, shelf.binDays);
    return row.id;
  });
}

/** What every fax begins with. */
export const emptyFax = {
  state: 'receiving',
  station_id: '',
  finished_at: null,
  format: null,
  file: null,
  pages: 0,
  damaged_lines: 0,
  failure: null,
  failure_detail: '',
  customer_id: null,
  candidates: '[]',
  read_at: null,
  note: '',
  sha256: null,
  deleted_at: null,
} as const;

async function examined(bytes: Uint8Array): Promise<FaxDocument> {
  try {
    return await examineDocument(bytes);
  } catch (error) {
    if (error instanceof FaxDocumentError) throw new Problem('fax-unreadable', error.message, { cause: error });
    throw error;
  }
}

/** The file and its fields, out of the body as it was signed. */
async function unpack(
  body: Uint8Array,
  request: Request,
): Promise<{ bytes: Uint8Array; from?: string | undefined; to?: string | undefined }> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) return { bytes: body };
  let form: FormData;
  try {
    form = await new Response(body as Uint8Array<ArrayBuffer>, { headers: { 'content-type': type } }).formData();
  } catch (error) {
    throw new Problem('fax-unreadable', 'The form cannot be read.', { cause: error });
  }
  // A mail brings pictures of its signature too: the first file that is a fax counts.
  const files = [...form.values()].filter((value) => typeof value !== 'string');
  const chosen = files.find(({ type: media, name }) => /tiff?|pdf/i.test(`${media} ${name}`)) ?? files[0];
  if (chosen === undefined) throw new Problem('fax-unreadable', 'The form holds no file.');
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
  };
  return { bytes: new Uint8Array(await chosen.arrayBuffer()), from: text('from'), to: text('to') };
}
