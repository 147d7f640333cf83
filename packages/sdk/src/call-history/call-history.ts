import { CallweaveError } from '../errors/callweave-error.ts';
import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { callHistoryRoutes } from '../http/routes/call-history.ts';
import { queuesRoutes } from '../http/routes/queues.ts';
import type { Call } from '../protocol/call.ts';
import type { CallFilter } from '../protocol/call-history.ts';
import type { Queue } from '../protocol/queue.ts';

export interface CallPage {
  readonly calls: readonly Call[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

export interface CallHistory {
  /** Past and present calls, newest first. Agents find their own. @param after `next` of the page before */
  search(filter: CallFilter, after?: string | null, limit?: number): Promise<CallPage>;
  count(filter: CallFilter): Promise<number>;
  /** Queues that calls may have come through, to choose from. */
  queues(): Promise<readonly Queue[]>;
  /**
   * The table of all calls that a search finds, as CSV.
   * @param options.onProgress called with the rows that are here and the rows that there are
   * @param options.forExcel begins with a byte order mark, by which Excel knows the encoding
   */
  export(
    filter: CallFilter,
    options?: {
      readonly onProgress?: (rows: number, of: number) => void;
      readonly forExcel?: boolean;
      readonly signal?: AbortSignal;
    },
  ): Promise<Blob>;
}

export interface CallHistoryOptions {
  readonly client: Pick<Client, 'callHistory' | 'queues'>;
  readonly url: string;
  readonly headers?: (() => Record<string, string> | Promise<Record<string, string>>) | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

const NEW_LINE = 10;

export function createCallHistory({ client, url, headers, fetch = globalThis.fetch }: CallHistoryOptions): CallHistory {
  return {
    search: (filter, after, limit = 50) =>
      client.callHistory.search({ ...filter, limit, ...(after === undefined || after === null ? {} : { after }) }),
    count: async (filter) => (await client.callHistory.count(filter)).calls,

    queues: async () => (await client.queues.list()).queues,

    async export(filter, { onProgress = () => {}, forExcel = false, signal } = {}) {
      const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
      const query = new URLSearchParams([...given, ['bom', forExcel ? '1' : '0']]);
      const answer = await fetch(`${url.replace(/\/$/, '')}/call-history/export?${query}`, {
        credentials: 'include',
        headers: { ...(await headers?.()) },
        ...(signal ? { signal } : {}),
      }).catch((error: unknown) => {
        throw new CallweaveError(signal?.aborted ? 'aborted' : 'network', 'The table could not be fetched.', {
          cause: error,
        });
      });
      if (!answer.ok || answer.body === null) throw await refusal(answer);
      const total = Number(answer.headers.get('callweave-rows') ?? 0);
      const parts: BlobPart[] = [];
      // The heading is a line, too.
      let lines = -1;
      const reader = answer.body.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        parts.push(next.value as Uint8Array<ArrayBuffer>);
        for (const byte of next.value) if (byte === NEW_LINE) lines += 1;
        onProgress(Math.min(Math.max(0, lines), total), total);
      }
      return new Blob(parts, { type: 'text/csv;charset=utf-8' });
    },
  };
}

async function refusal(answer: Response): Promise<CallweaveError> {
  const body = (await answer.json().catch(() => undefined)) as
    | { error?: { code?: string; message?: string } }
    | undefined;
  const code = body?.error?.code ?? 'bad-answer';
  return new CallweaveError(code as never, body?.error?.message ?? `The adapter answered ${answer.status}.`);
}

/** Past calls: a list, and a table to save. */
export const callHistory: Feature<CallHistory> = {
  name: 'callHistory',
  create: ({ clientFor, url, request }) =>
    createCallHistory({ ...request, url, client: clientFor({ callHistory: callHistoryRoutes, queues: queuesRoutes }) }),
};
