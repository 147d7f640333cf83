import { type Call, contract, type InputOf, IRAN } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { findCall, openCall, updateCall } from '../calls/index.ts';
import { publishCalls, sampleCall } from '../calls/testing/sample-call.ts';
import { callerOf, fetchBytes, read } from '../http/testing/invoke.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { csvCell } from './csv.ts';
import { dayEnd, dayStart } from './day-range.ts';
import { type CallHistoryDomain, createCallHistory } from './index.ts';
import { readNumber } from './search.ts';

const BOSS = callerOf('boss', 'supervisor');
const TEHRAN = 'Asia/Tehran';

describe('a number as people write it', () => {
  test.each([
    ['+98 912 345 6789', { whole: '+989121234567'.replace('1234567', '3456789') }],
    ['۰۹۱۲ ۳۴۵ ۶۷۸۹', { whole: '+989123456789' }],
    ['0098 912 345 6789', { whole: '+989123456789' }],
    ['(021) 8102-1380', { whole: '+982181021380' }],
    ['9123456789', { endsReversed: '9876543219' }],
    ['6789', { endsReversed: '9876' }],
    ['٦٧٨٩', { endsReversed: '9876' }],
    ['0912', { begins: '+98912' }],
    ['+9891', { begins: '+9891' }],
    ['00420', { begins: '+420' }],
    ['+420 601 123 456', { whole: '+420601123456' }],
    ['67', undefined],
    ['abc', undefined],
  ])('%s', (text, meant) => {
    expect(readNumber(text, IRAN)).toEqual(meant);
  });
});

describe('a day where the market is', () => {
  test('begins and ends there, also when clocks are changed', () => {
    expect([dayStart('2026-11-22', TEHRAN), dayEnd('2026-11-22', TEHRAN)]).toEqual([
      '2026-11-21T20:30:00.000Z',
      '2026-11-22T20:30:00.000Z',
    ]);
    expect([dayStart('2026-10-25', 'Europe/Prague'), dayEnd('2026-10-25', 'Europe/Prague')]).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
    expect(dayStart('2026-11-22', 'Pacific/Kiritimati')).toBe('2026-11-21T10:00:00.000Z');
    expect(dayStart('2026-11-22', 'Pacific/Niue')).toBe('2026-11-22T11:00:00.000Z');
  });
});

describe('a cell of the table', () => {
  test.each([
    ['plain', 'plain'],
    ['a "b", c', '"a ""b"", c"'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', `"'=1+1"`],
    ['+989121234567', `"'+989121234567"`],
    ['-2', `"'-2"`],
    ['@sum', `"'@sum"`],
    ['\t=cmd', `"'\t=cmd"`],
    ['＝1', `"'＝1"`],
    [null, ''],
    [7, '7'],
  ])('%j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  test('no text begins as a formula does, and each is read back as it was', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `=${text}`),
        ),
        (text) => {
          const cell = csvCell(text);
          const content = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
          expect(/^\s*[=+\-@]/.test(content)).toBe(false);
          expect(content === text || content === `'${text}`).toBe(true);
        },
      ),
    );
  });
});

describeStores('call history', (makeStore) => {
  const running: CallHistoryDomain[] = [];
  afterEach(() => Promise.all(running.splice(0).map((domain) => domain.stop())));

  async function start(store: Store) {
    const errors: unknown[] = [];
    const history = createCallHistory({
      store,
      clock: { now: () => new Date('2026-11-22T12:00:00.000Z') },
      plan: IRAN,
      timeZone: TEHRAN,
      onError: (error) => errors.push(error),
    });
    running.push(history);
    await history.start();
    const search = async (input: InputOf<typeof contract.callHistory.search> = {}, caller = BOSS) => {
      await history.caughtUp();
      expect(errors).toEqual([]);
      return read(contract.callHistory.search, history.operations.callHistory.search, input, caller);
    };
    const ids = async (input?: InputOf<typeof contract.callHistory.search>, caller = BOSS) =>
      (await search(input, caller)).calls.map(({ id }) => id);
    const table = async (input: InputOf<typeof contract.callHistory.export> = {}, caller = BOSS) => {
      await history.caughtUp();
      const answer = await fetchBytes(
        contract.callHistory.export,
        history.operations.callHistory.export,
        input,
        caller,
      );
      return { answer, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer()) };
    };
    return { history, search, ids, table };
  }

  /** A call that is over, in the table of calls and in the log, as the flow leaves it. */
  async function over(store: Store, id: string, startedAt: string, changes: Partial<Call> = {}): Promise<void> {
    await store.write((tx) =>
      openCall(
        tx,
        {
          id,
          direction: changes.direction ?? 'inbound',
          callerNumber: changes.callerNumber ?? '+989121234567',
          calledNumber: changes.calledNumber ?? '+982181021380',
          customers: [],
          startedAt: new Date(startedAt),
          holdAlertSeconds: null,
        },
        `${id}_leg`,
      ),
    );
    const row = await findCall(store.db, id);
    if (row === undefined) throw new Error(`no ${id}`);
    const outcome = changes.outcome ?? 'answered';
    await store.write((tx) =>
      updateCall(tx, row, {
        state: 'ended',
        outcome,
        tags: JSON.stringify(changes.tags ?? []),
        customer_id: changes.customer?.id ?? null,
        candidates: JSON.stringify(changes.customer ? [{ ...changes.customer, matched: true }] : []),
        agent_id: changes.agent?.id ?? null,
        ended_at: startedAt,
      }),
    );
  }

  const customer = { id: 'customer_1', name: '=Sara', username: '10001', kind: 'securities' } as const;
  const mina = { id: 'mina', name: 'Mina' };
  const hamid = { id: 'hamid', name: 'Hamid' };

  async function aWeek() {
    const store = await makeStore();
    const started = await start(store);
    await over(store, 'call_1', '2026-11-18T08:00:00.000Z', { agent: mina, customer, tags: ['complaint'] });
    await over(store, 'call_2', '2026-11-19T08:00:00.000Z', {
      agent: hamid,
      callerNumber: '+989351112233',
      tags: ['complaint', 'vip'],
    });
    await over(store, 'call_3', '2026-11-20T08:00:00.000Z', { outcome: 'abandoned', callerNumber: '+982188776655' });
    await over(store, 'call_4', '2026-11-21T20:29:59.999Z', {
      agent: mina,
      direction: 'outbound',
      calledNumber: '+989121234567',
    });
    await over(store, 'call_5', '2026-11-21T20:30:00.000Z', { agent: mina, callerNumber: '' });
    return { store, ...started };
  }

  test('finds by number in any form, person, outcome, direction, tag and day; newest first', async () => {
    const { ids } = await aWeek();
    expect(await ids()).toEqual(['call_5', 'call_4', 'call_3', 'call_2', 'call_1']);
    expect(await ids({ number: '0912 123 4567' })).toEqual(['call_4', 'call_1']);
    expect(await ids({ number: '۴۵۶۷' })).toEqual(['call_4', 'call_1']);
    expect(await ids({ number: '9351112233' })).toEqual(['call_2']);
    expect(await ids({ number: '88776655' })).toEqual(['call_3']);
    expect(await ids({ number: '0935' })).toEqual(['call_2']);
    // Our own number is in every call, and finds none.
    expect(await ids({ number: '+982181021380' })).toEqual([]);
    expect(await ids({ customerId: 'customer_1' })).toEqual(['call_1']);
    expect(await ids({ agentId: 'hamid' })).toEqual(['call_2']);
    expect(await ids({ outcome: 'abandoned' })).toEqual(['call_3']);
    expect(await ids({ direction: 'outbound' })).toEqual(['call_4']);
    expect(await ids({ tag: 'complaint' })).toEqual(['call_2', 'call_1']);
    expect(await ids({ tag: 'complaint', agentId: 'mina' })).toEqual(['call_1']);
    // Midnight in Tehran lies between these two.
    expect(await ids({ from: '2026-11-22' })).toEqual(['call_5']);
    expect(await ids({ from: '2026-11-20', to: '2026-11-21' })).toEqual(['call_4', 'call_3']);
    await expect(ids({ number: '12' })).rejects.toMatchObject({ code: 'invalid-input', fields: [{ path: 'number' }] });
  });

  test('an agent finds their own calls, whatever they ask for', async () => {
    const { ids, table } = await aWeek();
    const agent = callerOf('mina', 'agent');
    expect(await ids({}, agent)).toEqual(['call_5', 'call_4', 'call_1']);
    expect(await ids({ agentId: 'hamid' }, agent)).toEqual([]);
    expect(await ids({ number: '9351112233' }, agent)).toEqual([]);
    expect(await ids({ tag: 'complaint' }, agent)).toEqual(['call_1']);
    expect((await table({}, agent)).text.trim().split('\r\n')).toHaveLength(4);
  });

  test('goes through all pages without a gap or a repetition, also while calls come in', async () => {
    const { store, search } = await aWeek();
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; ; page += 1) {
      const { calls, next } = await search({ limit: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...calls.map(({ id }) => id));
      if (next === null) break;
      after = next;
      await over(store, `call_new_${page}`, '2026-11-22T09:00:00.000Z', { agent: mina });
    }
    expect(seen).toEqual(['call_5', 'call_4', 'call_3', 'call_2', 'call_1']);
  });

  test('a tag that is taken away finds the call no more; a queue that was left still does', async () => {
    const { store, ids } = await aWeek();
    const call = sampleCall({ id: 'call_2', startedAt: '2026-11-19T08:00:00.000Z', agent: hamid });
    await publishCalls(store, {
      ...call,
      tags: ['vip'],
      waiting: { queueId: 'sales', position: 1, since: call.startedAt },
    });
    await publishCalls(store, { ...call, tags: ['vip', 'late'], state: 'ended', outcome: 'answered' });
    expect(await ids({ tag: 'complaint' })).toEqual(['call_1']);
    expect(await ids({ tag: 'late' })).toEqual(['call_2']);
    expect(await ids({ queueId: 'sales' })).toEqual(['call_2']);
  });

  test('calls from before there was a history are found, too', async () => {
    const store = await makeStore();
    for (let index = 0; index < 250; index += 1)
      await over(
        store,
        `call_${String(index).padStart(3, '0')}`,
        new Date(Date.parse('2026-01-01') + index * 60_000).toISOString(),
        { agent: mina },
      );
    await store.write((tx) => tx.db.deleteFrom('events').execute());
    const { search, ids } = await start(store);
    expect((await search({ limit: 200 })).calls).toHaveLength(200);
    expect(await ids({ limit: 1 })).toEqual(['call_249']);
    expect(await store.db.selectFrom('call_history').select('call_id').execute()).toHaveLength(250);
  });

  test('the table holds every call of the search, harms no spreadsheet, and taking it is written down', async () => {
    const { store, table } = await aWeek();
    const { answer, text } = await table({ tag: 'complaint', bom: '1' });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'callweave-rows': '2',
    });
    expect(text.startsWith('\ufeffid,kind,direction,')).toBe(true);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain(`"'=Sara"`);
    expect(lines[2]).toContain(`"'+989121234567"`);
    expect((await table({})).text.startsWith('id,')).toBe(true);
    const written = await store.db
      .selectFrom('ledger')
      .select(['actor', 'data'])
      .where('action', '=', 'calls.exported')
      .execute();
    expect(written.map(({ actor, data }) => [actor, JSON.parse(data)])).toEqual([
      ['boss', { calls: 2, filters: ['tag'] }],
      ['boss', { calls: 5, filters: [] }],
    ]);
  });
});
