import type { Import } from '@callweave/sdk/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDeviceDesk } from '../devices/testing/device-desk.ts';
import { describeStores } from '../store/testing.ts';
import { readImportDay } from './import-day.ts';

type Desk = Awaited<ReturnType<typeof createDeviceDesk>>;

test.each([
  ['2026-11-22', '2026-11-22'],
  ['2026/1/5', '2026-01-05'],
  ['22.11.2026', '2026-11-22'],
  ['5. 1. 2026', '2026-01-05'],
  ['۱۴۰۵/۰۹/۰۱', '2026-11-22'],
  ['1405-9-1', '2026-11-22'],
  ['01/09/1405', '2026-11-22'],
  ['2026-02-29', undefined],
  ['1404/12/30', undefined],
  ['26-11-22', undefined],
  ['soon', undefined],
  ['2026-11', undefined],
])('the day %s', (text, expected) => {
  expect(readImportDay(text)).toBe(expected);
});

describeStores('imports', (makeStore) => {
  let desk: Desk;
  let buyer: { id: string; username: string };
  beforeEach(async () => {
    desk = await createDeviceDesk(await makeStore());
    await desk.type();
    buyer = await desk.customer();
  });
  afterEach(() => desk.stop());

  const get = async (id: string): Promise<Import> => (await desk.manager('GET', `/imports/${id}`)).body;
  const reached = async (id: string, ...states: Import['state'][]): Promise<Import> => {
    await expect.poll(async () => (await get(id)).state, { timeout: 30_000 }).toBeOneOf(states);
    return get(id);
  };
  const upload = async (csv: string): Promise<Import> => {
    const { status, body, text } = await desk.manager('POST', '/imports', { kind: 'devices', csv });
    expect(status, text).toBe(200);
    return reached(body.id, 'ready', 'faulty');
  };
  const serials = async () =>
    (await desk.store.db.selectFrom('devices').select('serial').execute()).map(({ serial }) => serial).sort();

  test('Persian headings, semicolons, a byte order mark, quotes and Jalali days', async () => {
    const csv = `\ufeffکد ملی;برند;مدل;شماره‌ سريال;تاریخ نصب;پایان خدمات\r\n${buyer.username};"Artin";s1;"A;""1""";۱۴۰۵/۰۱/۰۱;2027-03-20\r\n`;
    const ready = await upload(csv);
    expect(ready).toMatchObject({ state: 'ready', rows: 1, checked: 1, faultCount: 0 });
    expect(ready.preview[0]).toMatchObject({ line: 2, cells: { serial: 'A;"1"', brand: 'Artin' } });
    expect(await serials()).toEqual([]);
    await desk.manager('POST', `/imports/${ready.id}/confirm`);
    expect(await reached(ready.id, 'applied', 'faulty')).toMatchObject({ state: 'applied', applied: 1, preview: [] });
    const { body } = await desk.manager('GET', '/devices');
    expect(body.devices).toMatchObject([
      { customerId: buyer.id, serial: 'A;"1"', installedOn: '2026-03-21', serviceEndsOn: '2027-03-20' },
    ]);
    // Confirmed twice, it is written once.
    expect((await desk.manager('POST', `/imports/${ready.id}/confirm`)).body.state).toBe('applied');
    expect(await serials()).toHaveLength(1);
  });

  test('every fault is told by line and column, and one fault stops all', async () => {
    await desk.device({ customerId: buyer.id, typeId: (await desk.type({ model: 'S9' })).id, serial: 'THERE' });
    const csv = [
      'customer\tbrand\tmodel\tserial\tinstalled on\twarranty end',
      `${buyer.username}\tArtin\tS1\tGOOD\t2026-01-01\t2027-01-01`,
      `00000\tArtin\tS1\tX1`,
      `${buyer.username}\tNobody\tS1\tX2`,
      `${buyer.username}\tArtin\tS9\tthere`,
      `${buyer.username}\tArtin\tS1\t`,
      `${buyer.username}\tArtin\tS1\tgood`,
      `${buyer.username}\tArtin\tS1\tX3\t31.2.2026`,
      `${buyer.username}\tArtin\tS1\tX4\t2026-05-01\t2026-04-30`,
      `Buyer 1\tArtin\tS1\tX5`,
    ].join('\n');
    const faulty = await upload(csv);
    expect(faulty.state).toBe('faulty');
    expect(faulty.faults.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '3 customer unknown-customer',
      '4 model unknown-type',
      '5 serial taken',
      '6 serial one-needed',
      '7 serial twice',
      '8 installed_on not-a-day',
      '9 warranty_ends_on order-of-days',
      '10 customer unknown-customer',
    ]);
    expect((await desk.manager('POST', `/imports/${faulty.id}/confirm`)).code).toBe('import-state');
    expect(await serials()).toEqual(['THERE']);
  });

  test('headings that are missing or mean nothing', async () => {
    const faulty = await upload('customer,brand,colour\n1,2,3\n');
    expect(faulty.faults.map(({ column, code }) => `${column} ${code}`)).toEqual(['colour columns', 'model columns']);
    expect(await upload('customer,brand,model\n')).toMatchObject({ state: 'faulty', faultCount: 1 });
    expect((await desk.manager('POST', '/imports', { kind: 'devices', csv: ' \n' })).code).toBe('import-unreadable');
    const { body } = await desk.manager('GET', '/import-columns?kind=devices');
    expect(body.columns.filter(({ required }: { required: boolean }) => required)).toHaveLength(3);
  });

  test('thousands of rows: progress, then all at once', async () => {
    const csv = [
      'customer,brand,model,serial',
      ...Array.from({ length: 4000 }, (_, i) => `${buyer.username},Artin,S1,SN${i}`),
    ].join('\n');
    const half = csv.length / 2;
    const first = (await desk.manager('POST', '/imports', { kind: 'devices', csv: csv.slice(0, half), more: true }))
      .body as Import;
    expect(first.state).toBe('receiving');
    const wrongPart = await desk.manager('POST', `/imports/${first.id}/parts`, { part: 2, csv: csv.slice(half) });
    expect(wrongPart.code).toBe('import-state');
    await desk.manager('POST', `/imports/${first.id}/parts`, { part: 1, csv: csv.slice(half) });
    await reached(first.id, 'ready');
    await desk.manager('POST', `/imports/${first.id}/confirm`);
    await reached(first.id, 'applied', 'faulty');
    expect(await serials()).toHaveLength(4000);
    const events = await desk.store.db
      .selectFrom('events')
      .select(['type', 'data', 'audience'])
      .where('type', '=', 'import')
      .orderBy('seq')
      .execute();
    const checked = events.map(({ data }) => (JSON.parse(data) as Import).checked);
    expect(checked).toEqual([...checked].sort((a, b) => a - b));
    expect(new Set(checked).size).toBeGreaterThan(6);
    expect(events.every(({ audience }) => audience === '["role:manager"]')).toBe(true);
    // One word to the pages for all of them.
    const told = await desk.store.db.selectFrom('events').select('seq').where('type', '=', 'devices-changed').execute();
    expect(told.length).toBeLessThanOrEqual(3);
  });

  test('what became wrong between the check and the confirmation takes back all of it', async () => {
    const csv = ['customer,brand,model,serial', ...[1, 2, 3].map((i) => `${buyer.username},Artin,S1,R${i}`)].join('\n');
    const [one, two] = [await upload(csv), await upload(csv)];
    await desk.manager('POST', `/imports/${one.id}/confirm`);
    await reached(one.id, 'applied');
    await desk.manager('POST', `/imports/${two.id}/confirm`);
    const refused = await reached(two.id, 'faulty', 'applied');
    expect(refused).toMatchObject({ state: 'faulty', applied: 0, faultCount: 3 });
    expect(await serials()).toEqual(['R1', 'R2', 'R3']);
  });

  test('taken back before it is written, it leaves nothing, and its file is forgotten', async () => {
    const ready = await upload(`customer,brand,model,serial\n${buyer.username},Artin,S1,GONE`);
    expect((await desk.manager('POST', `/imports/${ready.id}/abort`)).body.state).toBe('aborted');
    expect((await desk.manager('POST', `/imports/${ready.id}/confirm`)).code).toBe('import-state');
    expect(await desk.store.db.selectFrom('import_parts').selectAll().execute()).toEqual([]);
    expect(await serials()).toEqual([]);
    const { body } = await desk.manager('GET', '/imports?kind=devices');
    expect(body.imports).toMatchObject([{ id: ready.id, state: 'aborted' }]);
  });
});
