import type { contract } from '@callweave/sdk/protocol';
import type { SmsReport } from '../connectors/sms/sms-driver.ts';
import type { WhatsAppDriver, WhatsAppNews } from '../connectors/whatsapp/whatsapp-driver.ts';
import type { Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Channels } from './channels.ts';
import { noteHeard } from './conversations.ts';
import { settleMessage } from './fall-back.ts';
import { findMessage, type MessageRow, toMessage } from './message-rows.ts';

export interface MessageOperationsParts {
  readonly store: Store;
  readonly channels: Channels;
  readonly whatsapp: WhatsAppDriver | undefined;
  /** The address of a report as the service knows it. */
  readonly reportUrl: (key: string) => string | undefined;
}

export function createMessageOperations({
  store,
  channels,
  whatsapp,
  reportUrl,
}: MessageOperationsParts): Implementation<typeof contract.messages> {
  const driver = channels.sms?.driver;

  /** What a service does not sign, or does not know, and what was made up: all look as if nothing were at this address. */
  function readReport({ key, ...fields }: Record<string, unknown> & { key: string }, request: Request): Read {
    const url = reportUrl(key);
    const reports =
      url === undefined
        ? undefined
        : driver?.readReport?.({
            key,
            url,
            header: (name) => request.headers.get(name),
            fields: fields as Record<string, string>,
          });
    if (reports === undefined) throw new Problem('not-found', 'No report is taken at this address.');
    return { key, reports };
  }

  async function take(tx: Tx, { key, reports }: Read): Promise<Record<string, never>> {
    for (const report of reports) {
      // A report of a message that we do not know is none of our business: lines are shared with other systems.
      const row = (await byProviderId(tx, report, driver?.name)) ?? (await byKey(tx, key));
      if (row !== undefined) await settleMessage(tx, row, { ...report, driver: driver?.name }, channels);
    }
    return {};
  }

  async function takeNews(tx: Tx, { reports, heard }: WhatsAppNews): Promise<Record<string, never>> {
    for (const { id, ...report } of reports) {
      const named = id === undefined ? undefined : await findMessage(tx.db, id);
      const row =
        (await byProviderId(tx, report, whatsapp?.name)) ??
        // It may be here before we have written that the message was taken; one that goes by SMS meanwhile is not meant.
        (named?.channel === 'whatsapp' && named.provider_id === null ? named : undefined);
      if (row !== undefined) await settleMessage(tx, row, { ...report, driver: whatsapp?.name }, channels);
    }
    await noteHeard(tx, heard);
    return {};
  }

  async function byProviderId(
    tx: Tx,
    { providerId }: SmsReport,
    name: string | undefined,
  ): Promise<MessageRow | undefined> {
    return tx.db
      .selectFrom('messages')
      .selectAll()
      .where('provider_id', '=', providerId)
      .where('driver', '=', name ?? '')
      .executeTakeFirst();
  }

  /** The report may be here before we have written that the message was taken: then it names the message itself. */
  async function byKey(tx: Tx, key: string): Promise<MessageRow | undefined> {
    if (driver?.reportKey !== undefined) return undefined;
    const row = await findMessage(tx.db, key);
    return row?.provider_id === null && row.channel === 'sms' ? row : undefined;
  }

  return {
    async list({ state, limit }) {
      let query = store.db.selectFrom('messages').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit);
      if (state !== undefined) query = query.where('state', '=', state);
      return { messages: (await query.execute()).map(toMessage) };
    },
    report: {
      async prepare(input, { request }) {
        return readReport(input, request);
      },
      write: (tx, _input, _context, read: Read) => take(tx, read),
    },
    async reportByQuery(input, { request }) {
      const read = readReport(input, request);
      return store.write((tx) => take(tx, read));
    },
    async whatsAppChallenge(query) {
      const challenge = whatsapp?.challenge(query as Record<string, string>);
      if (challenge === undefined) throw new Problem('not-found', 'No WhatsApp webhook of ours is asked like this.');
      return new Response(challenge, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
    },
    whatsAppNews: {
      async prepare(_input, { request, body }) {
        const news = whatsapp?.readNews(body, request.headers.get('x-hub-signature-256'));
        if (news === undefined) throw new Problem('not-found', 'No WhatsApp webhook of ours is asked like this.');
        return news;
      },
      write: (tx, _input, _context, news: WhatsAppNews) => takeNews(tx, news),
    },
  };
}

interface Read {
  readonly key: string;
  readonly reports: readonly SmsReport[];
}
