import type { CallFilter, contract, NumberingPlan } from '@callweave/sdk/protocol';
import { streamOf } from '../byte-stream.ts';
import { callsById, callsFrom } from '../calls/index.ts';
import type { Clock } from '../clock.ts';
import type { Domain } from '../domain.ts';
import { createProjection } from '../events/projection.ts';
import type { Caller, Implementation } from '../http/operation.ts';
import type { Store } from '../store/store.ts';
import { BYTE_ORDER_MARK, CSV_HEAD, csvRow } from './csv.ts';
import { indexCall } from './index-call.ts';
import { countCalls, type Place, type SearchOptions, searchCalls } from './search.ts';

export interface CallHistoryOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly plan: NumberingPlan;
  readonly timeZone: string;
  readonly onError: (error: unknown) => void;
}

export interface CallHistoryDomain extends Domain {
  readonly operations: { readonly callHistory: Implementation<typeof contract.callHistory> };
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Settles when all that has happened so far can be found. */
  caughtUp(): Promise<void>;
}

const EXPORT_PAGE = 500;
const FILL_PAGE = 200;
/** Set when the calls from before there was a history are in it. */
const FILLED = 'call-history-filled';

/** Past calls, found by anything that people remember of them. */
export function createCallHistory(options: CallHistoryOptions): CallHistoryDomain {
  const { store, clock, plan, timeZone, onError } = options;
  const projection = createProjection({
    store,
    name: 'call-history',
    types: ['call'],
    apply: (tx, event) => indexCall(tx, event.data),
    onError,
  });
  let stopped = true;
  let filling: Promise<void> | undefined;

  const scope = (caller: Caller): SearchOptions => ({
    plan,
    timeZone,
    ...(caller.roles.some((role) => role === 'supervisor' || role === 'manager') ? {} : { ownOf: caller.accountId }),
  });
  const show = (places: readonly Place[], caller: Caller) =>
    callsById(
      store.db,
      places.map(({ id }) => id),
      clock.now(),
      { id: caller.accountId, name: caller.name },
    );

  async function* table(filter: CallFilter, caller: Caller, bom: boolean): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(`${bom ? BYTE_ORDER_MARK : ''}${CSV_HEAD}`);
    let after: Place | undefined;
    for (;;) {
      const places = await searchCalls(store.db, filter, { after, limit: EXPORT_PAGE }, scope(caller));
      if (places.length === 0) return;
      const calls = await show(places, caller);
      yield encoder.encode(calls.map(csvRow).join(''));
      after = places.at(-1);
    }
  }

  /** Calls that were before, from the oldest on. What events say of a call is newer, and stays. */
  async function fill(): Promise<void> {
    const done = await store.db.selectFrom('counters').select('value').where('name', '=', FILLED).executeTakeFirst();
    if (done !== undefined) return;
    let after: Place = { startedAt: '', id: '' };
    while (!stopped) {
      const calls = await callsFrom(store.db, after, FILL_PAGE, clock.now());
      const last = calls.at(-1);
      if (last === undefined) {
        await store.write((tx) => tx.next(FILLED));
        return;
      }
      after = { startedAt: last.startedAt, id: last.id };
      await store.write(async (tx) => {
        const known = await tx.db
          .selectFrom('call_history')
          .select('call_id')
          .where(
            'call_id',
            'in',
            calls.map(({ id }) => id),
          )
          .execute();
        for (const call of calls) if (!known.some(({ call_id }) => call_id === call.id)) await indexCall(tx, call);
      });
    }
  }

  return {
    operations: {
      callHistory: {
        async search({ after, limit, ...filter }, { caller }) {
          const [startedAt = '', id = ''] = after?.split('~') ?? [];
          const places = await searchCalls(
            store.db,
            filter,
            { after: after === undefined ? undefined : { startedAt, id }, limit: limit + 1 },
            scope(caller),
          );
          const page = places.slice(0, limit);
          const last = page.at(-1);
          return {
            calls: await show(page, caller),
            next: places.length > limit && last !== undefined ? `${last.startedAt}~${last.id}` : null,
          };
        },

        count: async (filter, { caller }) => ({ calls: await countCalls(store.db, filter, scope(caller)) }),

        async export({ bom, ...filter }, { caller, request }) {
          const calls = await countCalls(store.db, filter, scope(caller));
          const headers = {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': 'attachment; filename="calls.csv"',
            // So that whoever reads it can say how far it is.
            'callweave-rows': String(calls),
          };
          if (request.method === 'HEAD') return new Response(null, { headers });
          // Names and numbers leave the house here: who took them, and by which search, is written down first.
          await store.write((tx) =>
            tx.record({
              actor: caller.accountId,
              action: 'calls.exported',
              subject: 'calls',
              data: { calls, filters: Object.keys(filter).sort() },
            }),
          );
          return new Response(streamOf(table(filter, caller, bom === '1')), { headers });
        },
      },
    },
    async start() {
      stopped = false;
      await projection.start();
      filling = fill().catch(onError);
    },
    async stop() {
      stopped = true;
      await filling;
      await projection.stop();
    },
    async caughtUp() {
      await filling;
      await projection.caughtUp();
    },
  };
}
