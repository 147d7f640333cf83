import type { contract } from '@callweave/sdk/protocol';
import type { SmsDriver, SmsReport } from '../connectors/sms/sms-driver.ts';
import type { Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { findMessage, type MessageRow, toMessage } from './message-rows.ts';
import { moveMessage, type Polling } from './progress.ts';

export interface MessageOperationsParts {
  readonly store: Store;
  readonly driver: SmsDriver | undefined;
  readonly polling: Polling;
  /** The address of a report as the service knows it. */
  readonly reportUrl: (key: string) => string | undefined;
}

export function createMessageOperations({
  store,
  driver,
  polling,
  reportUrl,
}: MessageOperationsParts): Implementation<typeof contract.messages> {
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
      const row = (await byProviderId(tx, report)) ?? (await byKey(tx, key));
      if (row !== undefined) await moveMessage(tx, row, { ...report, driver: driver?.name }, polling);
    }
    return {};
  }

  async function byProviderId(tx: Tx, { providerId }: SmsReport): Promise<MessageRow | undefined> {
    return tx.db
      .selectFrom('messages')
      .selectAll()
      .where('provider_id', '=', providerId)
      .where('driver', '=', driver?.name ?? '')
      .executeTakeFirst();
  }

  /** The report may be here before we have written that the message was taken: then it names the message itself. */
  async function byKey(tx: Tx, key: string): Promise<MessageRow | undefined> {
    if (driver?.reportKey !== undefined) return undefined;
    const row = await findMessage(tx.db, key);
    return row?.provider_id === null ? row : undefined;
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
  };
}

interface Read {
  readonly key: string;
  readonly reports: readonly SmsReport[];
}
