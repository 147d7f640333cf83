import { readFile } from 'node:fs/promises';
import { contract, InstrumentKind } from '@callweave/sdk/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { callerOf, change, read } from '../http/testing/invoke.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { parseInstruments } from './instrument-csv.ts';
import { createInstruments } from './operations.ts';

const MANAGER = callerOf('account_manager', 'manager');
const sample = () => readFile(new URL('../../samples/instruments.csv', import.meta.url), 'utf8');

function fieldsOf(csv: string): string[] {
  try {
    parseInstruments(csv);
  } catch (error) {
    return (error as { fields: { path: string }[] }).fields.map(({ path }) => path);
  }
  throw new Error('was accepted');
}

describe('a catalogue file', () => {
  test('the sample has some forty instruments of every kind', async () => {
    const rows = parseInstruments(await sample());
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(InstrumentKind.options));
    expect(
      rows
        .filter(({ kind }) => kind === 'right')
        .every(({ symbol, code }) => symbol.endsWith('ح') && code.startsWith('IRR')),
    ).toBe(true);
    expect(new Set(rows.map(({ symbol }) => symbol)).size).toBe(rows.length);
  });

  test('quotes, a byte order mark, Windows line ends, columns in any order, defaults', () => {
    const csv = '\ufeffsymbol,code,kind,name\r\n"فولاد",iro1fold0001,Share,"فولاد، ""مبارکه"""\r\n\r\n';
    expect(parseInstruments(csv)).toEqual([
      { code: 'IRO1FOLD0001', symbol: 'فولاد', name: 'فولاد، "مبارکه"', kind: 'share', lot: 1, active: true },
    ]);
  });

  test('every wrong row is named by its line and column, and none is taken', () => {
    const csv = [
      'code,symbol,name,kind,lot,active',
      'IRO1FOLD0001,فولاد,فولاد,share,1,true',
      'x,فملی,مس,share,1,true',
      'IRO1AAAA0001,الف,الف,stock,0,maybe',
      'IRO1FOLD0001,فولاد,دوباره,share,1,1',
      'IRO1BBBB0001,,ب,share,1.5,no',
    ].join('\n');
    expect(fieldsOf(csv).sort()).toEqual(
      [
        'csv.line 3.code',
        'csv.line 4.active',
        'csv.line 4.kind',
        'csv.line 4.lot',
        'csv.line 5.code',
        'csv.line 6.lot',
        'csv.line 6.symbol',
      ].sort(),
    );
  });

  test.each([
    ['', ['csv']],
    ['code,symbol,name,kind', ['csv']],
    ['code,name\nA,B', ['csv.line 1']],
    ['code,symbol,name,kind,price\nA,B,C,share,1', ['csv.line 1']],
    ['code,symbol,name,kind,code\nA,B,C,share,D', ['csv.line 1']],
    ['code,symbol,name,kind\nIRO1FOLD0001,"فولاد', ['csv']],
    ['code,symbol,name,kind\nIRO1FOLD0001,فولاد', ['csv']],
    ['<html></html>', ['csv.line 1']],
  ])('refuses %j', (csv, fields) => {
    expect(fieldsOf(csv)).toEqual(fields);
  });

  test('a file that is wrong all over is answered briefly', () => {
    const csv = `code,symbol,name,kind\n${'x,y,z,w\n'.repeat(5000)}`;
    expect(fieldsOf(csv)).toHaveLength(50);
  });
});

describeStores('instruments', (makeStore) => {
  let store: Store;
  let instruments: ReturnType<typeof createInstruments>;

  beforeEach(async () => {
    store = await makeStore();
    instruments = createInstruments({ store });
  });

  const importCsv = (csv: string) => change(store, contract.instruments.import, instruments.import, { csv }, MANAGER);
  const symbols = async (query: string, more: { section?: 'securities' | 'commodity'; limit?: number } = {}) =>
    (await read(contract.instruments.find, instruments.find, { query, ...more }, MANAGER)).instruments.map(
      ({ symbol }) => symbol,
    );

  test('import counts what is new and what changed; a repetition changes nothing; a wrong file nothing at all', async () => {
    const csv = await sample();
    const rows = parseInstruments(csv).length;
    expect(await importCsv(csv)).toEqual({ imported: rows, changed: 0 });
    expect(await importCsv(csv)).toEqual({ imported: 0, changed: 0 });
    const edit =
      'code,symbol,name,kind,lot,active\nIRO1FOLD0001,فولاد,نام تازه,share,10,false\nIRO1NEWW0001,تازه,تازه,share,1,true';
    expect(await importCsv(edit)).toEqual({ imported: 1, changed: 1 });
    expect(await symbols('فولاد مبارکه')).not.toContain('فولاد');
    await expect(importCsv(`${edit}\nbad,,,`)).rejects.toMatchObject({ code: 'invalid-input' });
    expect((await store.db.selectFrom('instruments').select('code').execute()).length).toBe(rows + 1);
    expect(await store.db.selectFrom('ledger').select('action').execute()).toHaveLength(3);
  });

  test('search forgives keyboards: ي and ك, zero-width characters, digits of any script, case', async () => {
    await importCsv(await sample());
    expect((await symbols('فولاد'))[0]).toBe('فولاد');
    expect(await symbols('فولاد')).toContain('فولادح');
    expect((await symbols('ف\u200cملي'))[0]).toBe('فملی');
    expect((await symbols('كگل'))[0]).toBe('کگل');
    expect((await symbols('های وب'))[0]).toBe('های‌وب');
    expect(await symbols('اخزا۰۰۱')).toEqual(['اخزا001']);
    expect((await symbols('صکوک404'))[0]).toBe('صکوک۴۰۴');
    expect(await symbols('iro1fold')).toEqual(['فولاد']);
    expect(await symbols('پالایش')).toEqual(expect.arrayContaining(['شپنا', 'شتران', 'شبندر']));
    expect(await symbols('مبارکه')).toContain('فولاد');
    expect(await symbols('ناموجود')).toEqual([]);
    for (const wild of ['%', '_', '!', "'"]) expect(await symbols(`${wild}x`)).toEqual([]);
  });

  test('exact before prefix before inside; section and limit are kept', async () => {
    await importCsv(await sample());
    const found = await symbols('شمش');
    expect(found[0]).toBe('شمش');
    expect(await symbols('سیمان', { section: 'securities' })).toEqual([]);
    expect(await symbols('سیمان', { section: 'commodity' })).toEqual(['سیمان']);
    expect(await symbols('', { limit: 5 })).toHaveLength(5);
    expect(await symbols('حق تقدم', { limit: 3 })).toHaveLength(3);
  });
});
