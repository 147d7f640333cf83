import { randomUUID } from 'node:crypto';
import type { Installation } from '@callweave/sdk/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noRecordings } from '../connectors/recordings/no-recordings.ts';
import { runEvidenceCommand, verifyInstallation } from '../evidence/index.ts';
import { describeStores } from '../store/testing.ts';
import { createInstallationDesk, type InstallationDesk, item } from './testing/installation-desk.ts';

describeStores('installations', (makeStore) => {
  let desk: InstallationDesk;
  beforeEach(async () => {
    desk = await createInstallationDesk(makeStore);
  });
  afterEach(() => desk.stop());

  const own = async (): Promise<Installation[]> => (await desk.buyer('GET', '/own-installations')).body.installations;
  const deviceNow = async () => (await desk.manager('GET', `/devices/${desk.scanner.id}`)).body;

  test('service starts when the buyer confirms, and not before', async () => {
    await desk.publish(desk.type.id, ['Cabling', 'Test scan']);
    const form = await desk.prepare();
    expect(await deviceNow()).toMatchObject({ installationSealed: false, service: { state: 'not-activated' } });
    const [waiting] = await own();
    expect(waiting).toEqual(form);
    expect(waiting?.wordings.fa.text).toContain('Cabling انجام شد');
    expect(waiting?.wordings.fa.text).toContain('۲۹ آبان ۱۴۰۵');

    const answer = await desk.confirm(form);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      state: 'confirmed',
      confirmed: { locale: 'fa', text: form.wordings.fa.text, code: expect.stringMatching(/^[0-9A-Z]{20}$/) },
    });
    expect(await deviceNow()).toMatchObject({
      installedOn: '2026-11-20',
      installationSealed: true,
      service: { state: 'active' },
    });
  });

  test('nothing but the whole, as it was shown, by its buyer, is confirmed', async () => {
    await desk.publish(desk.type.id, ['Cabling', 'Test scan']);
    const form = await desk.prepare();
    const [first] = form.checklist.items;
    expect((await desk.confirm(form, { ticked: [first?.id] })).code).toBe('checklist-incomplete');
    expect((await desk.confirm(form, { allDone: false })).code).toBe('checklist-incomplete');
    expect((await desk.confirm(form, { digest: form.wordings.en.digest })).code).toBe('installation-changed');
    const stranger = await desk.asBuyer((await desk.customer()).id);
    const foreign = await desk.confirm(form, {}, stranger);
    const missing = await desk.confirm({ ...form, id: `${form.id.slice(0, -1)}_` }, {}, stranger);
    expect([foreign.status, foreign.code]).toEqual([missing.status, missing.code]);
    expect(foreign.code).toBe('not-found');
    expect((await stranger('GET', `/installations/${form.id}/certificate`)).code).toBe('not-found');
    expect((await stranger('GET', '/own-installations')).body.installations).toEqual([]);
    expect((await desk.confirm(form, {}, desk.manager)).code).toBe('not-allowed');
    expect(await deviceNow()).toMatchObject({ installationSealed: false });
  });

  test('a form that changed since it was shown has to be read again', async () => {
    await desk.publish('general', ['Cabling']);
    const form = await desk.prepare();
    expect(form.checklist.items).toHaveLength(1);
    const published = await desk.publish(desk.type.id, ['Cabling', 'Training']);
    expect((await desk.confirm(form)).code).toBe('installation-changed');
    const [moved] = await own();
    expect(moved).toMatchObject({ id: form.id, checklist: { id: published.id, version: 1 }, revision: 2 });
    const again = await desk.prepare(desk.scanner, '2026-11-21', '');
    expect(again.id).toBe(form.id);
    expect((await desk.confirm(moved as Installation)).code).toBe('installation-changed');
    expect((await desk.confirm(again)).status).toBe(200);
  });

  test('sent twice it is confirmed once; a second tab is told so; afterwards nothing changes', async () => {
    await desk.publish(desk.type.id, ['Cabling']);
    const form = await desk.prepare();
    const key = { 'idempotency-key': randomUUID() };
    const both = await Promise.all([desk.confirm(form, {}, desk.buyer, key), desk.confirm(form, {}, desk.buyer, key)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0].text).toBe(both[1].text);
    expect((await desk.confirm(form)).code).toBe('installation-confirmed');
    const { body: lines } = await desk.manager('GET', `/audit?subject=installation:${form.id}`);
    expect(lines.entries.filter(({ action }: { action: string }) => action === 'installation.confirmed')).toHaveLength(
      1,
    );

    const tries = [
      desk.technician('POST', '/installations', { deviceId: desk.scanner.id, installedOn: '2026-11-01' }),
      desk.technician('POST', `/installations/${form.id}/withdraw`, {}),
    ];
    for (const answer of await Promise.all(tries)) expect(answer.code).toBe('installation-confirmed');
    await desk.publish(desk.type.id, ['Something else']);
    const [kept] = await own();
    expect(kept?.checklist.items[0]?.texts.en).toBe('Cabling was done');
    expect(kept?.confirmed?.text).toBe(form.wordings.fa.text);
  });

  test('a form can be taken back while it waits; the day is today or before, and a checklist is needed', async () => {
    const prepare = (installedOn: string) =>
      desk.technician('POST', '/installations', { deviceId: desk.scanner.id, installedOn });
    expect((await prepare('2026-11-20')).code).toBe('no-checklist');
    await desk.publish('general', ['Cabling']);
    expect((await prepare('2026-11-23')).code).toBe('installation-day');
    const { body: form } = await prepare('2026-11-22');
    expect((await desk.technician('POST', `/installations/${form.id}/withdraw`, {})).body.state).toBe('withdrawn');
    expect(await own()).toEqual([]);
    expect((await desk.confirm(form)).code).toBe('not-found');
  });

  test('a published version never changes; two managers do not overwrite each other', async () => {
    const save = (items: unknown[], revision: number, typeId = 'general') =>
      desk.manager('PUT', `/checklists/${typeId}/draft`, { items, revision });
    const one = await save([item('One')], 0);
    expect((await save([item('Other')], 0)).code).toBe('conflict');
    expect((await save([item('One')], 0, 'devicetype_none')).code).toBe('unknown-device-type');
    const two = await save([...one.body.items, item('Two')], 1);
    expect(two.body.items[0].id).toBe(one.body.items[0].id);
    expect((await desk.manager('POST', '/checklists/general/publish', { revision: 1 })).code).toBe('conflict');
    const first = (await desk.manager('POST', '/checklists/general/publish', { revision: 2 })).body;
    expect(first).toMatchObject({ version: 1, state: 'published' });
    const next = (await save([], 0)).body;
    expect(next).toMatchObject({ version: 2, state: 'draft' });
    expect((await desk.manager('POST', '/checklists/general/publish', { revision: 1 })).code).toBe('checklist-empty');
    const { body } = await desk.technician('GET', '/checklists');
    expect(body.checklists).toEqual(expect.arrayContaining([first, next]));
    expect((await desk.technician('PUT', '/checklists/general/draft', { items: [], revision: 1 })).code).toBe(
      'not-allowed',
    );
  });

  test('who, when and from where is sealed; the chain holds neither name nor address', async () => {
    await desk.publish(desk.type.id, ['Cabling']);
    const form = await desk.prepare();
    await desk.confirm(form, {}, desk.buyer, { 'user-agent': 'Portal test browser' });
    const row = await desk.store.db.selectFrom('installations').select('record').executeTakeFirstOrThrow();
    expect(JSON.parse(row.record ?? '')).toMatchObject({
      accountId: desk.buyer.accountId,
      at: desk.clock.at.toISOString(),
      userAgent: 'Portal test browser',
      locale: 'fa',
      text: form.wordings.fa.text,
      checklistVersion: 1,
    });
    const report = (await desk.manager('GET', `/installations/${form.id}/evidence`)).body;
    expect(report.checks.map(({ name, ok }: { name: string; ok: boolean }) => [name, ok])).toEqual([
      ['chain', true],
      ['confirmation', true],
      ['form', true],
      ['checklist', true],
    ]);
    expect(report.proven).toBe(true);
    const chain = JSON.stringify(await desk.store.db.selectFrom('ledger').selectAll().execute());
    for (const secret of ['Portal test browser', 'The buyer', 'SN-48', 'Second floor'])
      expect(chain).not.toContain(secret);
    expect((await desk.manager('GET', '/installations/inst_none/evidence')).code).toBe('not-found');
    const lines: string[] = [];
    const open = async () => ({ db: desk.store.db, files: noRecordings(), close: async () => {} });
    expect(await runEvidenceCommand(['verify', form.id], { open, print: (line) => lines.push(line) })).toBe(0);
    expect(lines.at(-1)).toMatch(/^Proven: 4 checks/);
  });

  test('whatever is changed afterwards is found', async () => {
    await desk.publish(desk.type.id, ['Cabling', 'Test scan']);
    const form = await desk.prepare();
    await desk.confirm(form);
    const { db } = desk.store;
    const proven = async () => (await verifyInstallation({ db }, form.id)).proven;
    const row = await db.selectFrom('installations').selectAll().executeTakeFirstOrThrow();
    const write = (set: Record<string, unknown>) =>
      desk.store.write((tx) => tx.db.updateTable('installations').set(set).where('id', '=', form.id).execute());
    expect(await proven()).toBe(true);
    const forged = JSON.parse(row.record ?? '{}');
    const changes: Record<string, unknown>[] = [
      { installed_on: '2025-11-20' },
      { customer_id: 'customer_other' },
      { device_id: 'device_other' },
      { device: JSON.stringify({ brand: 'Artin', model: 'S1', serial: 'SN-48/12-B' }) },
      { notes: 'Another floor' },
      { state: 'waiting' },
      { confirmed_at: '2026-11-21T08:00:00.000Z' },
      { prepared_by: 'account_other' },
      { code: '00000000000000000000' },
      { record: null },
      { record: JSON.stringify({ ...forged, address: '192.0.2.1' }) },
      { record: (row.record ?? '').replace('Cabling', 'Cablinf') },
      { record: 'not even JSON' },
    ];
    for (const change of changes) {
      await write(change);
      expect({ change, proven: await proven() }).toEqual({ change, proven: false });
      await write(row);
      expect(await proven()).toBe(true);
    }
    const items = async (text: string) =>
      desk.store.write((tx) => tx.db.updateTable('checklists').set({ items: text }).execute());
    const list = await db.selectFrom('checklists').select('items').executeTakeFirstOrThrow();
    await items(list.items.replace('Cabling', 'Cablinf'));
    expect(await proven()).toBe(false);
    await items(list.items);
    await desk.store.write((tx) => tx.db.deleteFrom('installations').execute());
    const gone = await verifyInstallation({ db }, form.id);
    expect(gone.checks.find(({ ok }) => !ok)?.detail).toMatch(/the installation is gone/);
  });

  test('another form is told live, to its buyer and to those who work here', async () => {
    await desk.publish(desk.type.id, ['Cabling']);
    const form = await desk.prepare();
    const events = await desk.store.db.selectFrom('events').selectAll().where('type', '=', 'installation').execute();
    expect(events).toHaveLength(1);
    expect(JSON.parse(events[0]?.data ?? '')).toEqual(form);
    expect(JSON.parse(events[0]?.audience ?? '')).toContain(`customer:${desk.owner.id}`);
    expect(JSON.parse(events[0]?.audience ?? '')).not.toContain('role:buyer');
  });
});
