import { IRAN } from '@callweave/sdk/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { embeddedDirectory } from '../customers/index.ts';
import { dayIn } from '../orders/index.ts';
import { describeStores } from '../store/testing.ts';
import { createDevices } from './create-devices.ts';
import { createDeviceBook } from './device-book.ts';
import { createDeviceDesk, SetClock } from './testing/device-desk.ts';

type Desk = Awaited<ReturnType<typeof createDeviceDesk>>;

describeStores('devices', (makeStore) => {
  let desk: Desk;
  let typeId: string;
  let customerId: string;
  beforeEach(async () => {
    const clock = new SetClock();
    desk = await createDeviceDesk(await makeStore({ clock }), clock);
    typeId = (await desk.type()).id;
    customerId = (await desk.customer()).id;
  });
  afterEach(() => desk.stop());

  const book = () => {
    const dayOf = (at: Date) => dayIn('Asia/Tehran', at);
    return createDeviceBook(dayOf, () => dayOf(desk.clock.now()));
  };

  test('a device has the state that follows from its days, where the house is', async () => {
    const { id } = await desk.device({
      customerId,
      typeId,
      serial: ' AB-12 ',
      installedOn: '2026-01-01',
      serviceEndsOn: '2026-11-22',
    });
    const get = async () => (await desk.manager('GET', `/devices/${id}`)).body;
    expect(await get()).toMatchObject({
      brand: 'Artin',
      serial: 'AB-12',
      asOf: '2026-11-22',
      service: { state: 'active', daysLeft: 0, choice: 'none' },
    });
    // Half past eight in the evening in London is midnight in Tehran: the next day.
    desk.clock.at = new Date('2026-11-22T20:29:00.000Z');
    expect(await get()).toMatchObject({ service: { state: 'active' } });
    desk.clock.at = new Date('2026-11-22T20:31:00.000Z');
    expect(await get()).toMatchObject({ asOf: '2026-11-23', service: { state: 'expired', daysLeft: null } });
  });

  test('a buyer sees their own devices; those of others are not there', async () => {
    const other = (await desk.customer()).id;
    const mine = await desk.device({ customerId, typeId, serial: 'A1' });
    const theirs = await desk.device({ customerId: other, typeId, serial: 'A2' });
    const buyer = await desk.asBuyer(customerId);
    const { body } = await buyer('GET', '/own-devices');
    expect(body.devices.map(({ id }: { id: string }) => id)).toEqual([mine.id]);
    expect((await buyer('GET', `/devices/${mine.id}`)).status).toBe(200);
    const foreign = await buyer('GET', `/devices/${theirs.id}`);
    const missing = await buyer('GET', `/devices/${theirs.id.slice(0, -1)}0`);
    expect([foreign.status, foreign.code]).toEqual([missing.status, missing.code]);
    expect(foreign.code).toBe('not-found');
    for (const [method, path] of [
      ['GET', '/devices'],
      ['POST', '/devices'],
      ['PATCH', `/devices/${mine.id}`],
      ['POST', '/device-types'],
      ['POST', '/imports'],
    ] as const)
      expect((await buyer(method, path, method === 'GET' ? undefined : {})).code).toBe('not-allowed');
    // A buyer's account that stands for no customer owns nothing.
    expect((await (await desk.as('buyer'))('GET', '/own-devices')).body).toEqual({ devices: [], more: false });
    expect((await (await desk.as('buyer'))('GET', `/devices/${mine.id}`)).code).toBe('not-found');
  });

  test.each([
    ['serial', 'ab 12', true],
    ['its beginning', 'AB', true],
    ['Persian digits', 'ab-۱۲', true],
    ['dongle', 'd٧٧', true],
    ['user id', 'Sara.K', true],
    ['not its end', '12', false],
    ['marks alone', '--', false],
  ])('is found by %s', async (_, query, found) => {
    await desk.device({ customerId, typeId, serial: 'AB-12', dongle: 'D77', userId: 'sara.k' });
    await desk.device({ customerId, typeId, serial: 'X9' });
    const technician = await desk.as('technician');
    const { body } = await technician('GET', `/devices?query=${encodeURIComponent(query)}`);
    expect(body.devices.map(({ serial }: { serial: string }) => serial)).toEqual(found ? ['AB-12'] : []);
  });

  test('pages follow each other without a gap', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.unshift((await desk.device({ customerId, typeId, serial: `N${i}` })).id);
    const seen: string[] = [];
    for (let more = true; more; ) {
      const after: string = seen.length === 0 ? '' : `&after=${seen.at(-1)}`;
      const { body } = await desk.manager('GET', `/devices?customerId=${customerId}&limit=2${after}`);
      seen.push(...body.devices.map(({ id }: { id: string }) => id));
      more = body.more;
    }
    // Ids of one millisecond have no order among themselves.
    expect(seen).toEqual([...ids].sort().reverse());
  });

  test('no two devices are known by the same', async () => {
    const first = await desk.device({ customerId, typeId, serial: 'AB-12', dongle: 'D1' });
    const create = (input: object) => desk.manager('POST', '/devices', { customerId, typeId, ...input });
    expect((await create({ serial: 'ab12' })).body.error).toMatchObject({
      code: 'device-taken',
      fields: [{ path: 'serial' }],
    });
    const otherType = await desk.type({ model: 'S2' });
    expect((await create({ serial: 'ab12', typeId: otherType.id })).status).toBe(200);
    expect((await create({ dongle: 'd۱', typeId: otherType.id })).code).toBe('device-taken');
    expect((await create({})).body.error.fields).toMatchObject([{ path: 'serial' }]);
    expect((await create({ serial: 'Q', typeId: 'devicetype_none' })).code).toBe('unknown-device-type');
    expect((await create({ serial: 'Q', customerId: 'customer_none' })).code).toBe('not-found');
    const days = { serial: 'Q', installedOn: '2026-05-01', warrantyEndsOn: '2026-04-30' };
    expect((await create(days)).body.error.fields).toMatchObject([{ path: 'warrantyEndsOn' }]);
    // Its own serial number is none of another.
    expect((await desk.manager('PATCH', `/devices/${first.id}`, { serial: 'AB12' })).status).toBe(200);
    expect((await desk.manager('POST', '/device-types', { ...otherType, id: undefined, model: 's-۲' })).code).toBe(
      'device-type-taken',
    );
  });

  test('who changed what is kept, value by value', async () => {
    const { id } = await desk.device({ customerId, typeId, serial: 'A1', warrantyEndsOn: '2027-01-01' });
    await desk.manager('PATCH', `/devices/${id}`, { serial: 'A2', warrantyEndsOn: '2027-01-01', reason: 'misread' });
    const { body } = await desk.manager('GET', `/changes?subject=device:${id}`);
    expect(JSON.stringify(body)).toContain('misread');
    const rows = await desk.store.db
      .selectFrom('changes')
      .select(['changes', 'reason', 'actor'])
      .where('subject', '=', `device:${id}`)
      .orderBy('id')
      .execute();
    const edit = rows.find(({ reason }) => reason === 'misread');
    expect(edit?.actor).toBe(desk.manager.accountId);
    expect(JSON.parse(edit?.changes ?? '{}')).toEqual({ serial: { from: 'A1', to: 'A2' } });
  });

  test('service: from the installation on, by what comes with the type; then by what is chosen', async () => {
    const { id: deviceId } = await desk.device({ customerId, typeId, serial: 'A1' });
    const actor = 'account_x';
    const { store } = desk;
    const b = book();
    expect((await b.findDevice(store.db, deviceId))?.service.state).toBe('not-activated');
    await expect(
      store.write((tx) => b.extendService(tx, { deviceId, years: 1, renewalId: 'renewal_1', actor })),
    ).rejects.toMatchObject({ code: 'service-not-activated' });

    const activate = () => store.write((tx) => b.activateService(tx, { deviceId, installedOn: '2026-11-20', actor }));
    expect(await activate()).toMatchObject({
      installationSealed: true,
      serviceEndsOn: '2027-11-19',
      warrantyEndsOn: '2028-11-19',
      service: { state: 'active', daysLeft: 362 },
    });
    const written = await store.db.selectFrom('changes').select('id').execute();
    await activate();
    expect(await store.db.selectFrom('changes').select('id').execute()).toEqual(written);
    const sealed = await desk.manager('PATCH', `/devices/${deviceId}`, { installedOn: '2026-11-01' });
    expect(sealed.code).toBe('installation-sealed');

    await store.write((tx) => b.declineService(tx, { deviceId, reason: 'sold', actor }));
    expect((await b.findDevice(store.db, deviceId))?.service).toMatchObject({ state: 'active', choice: 'declined' });
    desk.clock.at = new Date('2027-12-01T08:00:00.000Z');
    expect((await b.findDevice(store.db, deviceId))?.service.state).toBe('declined');
    await store.write((tx) => b.setPerCase(tx, { deviceId, actor }));
    expect((await b.findDevice(store.db, deviceId))?.service.state).toBe('per-case');
    const renewed = await store.write((tx) =>
      b.extendService(tx, { deviceId, years: 2, renewalId: 'renewal_2', actor }),
    );
    expect(renewed).toMatchObject({ serviceEndsOn: expect.stringMatching(/^2029-/), service: { choice: 'none' } });
    expect(renewed.service.state).toBe('renewed');
  });

  test('when a day is over, pages are told to load what follows from it, once', async () => {
    const { chores = [] } = createDevices({
      store: desk.store,
      directory: embeddedDirectory(desk.store, IRAN),
      clock: desk.clock,
      dayOf: (at) => dayIn('Asia/Tehran', at),
    });
    const told = async () => {
      for (const { run } of chores) await run();
      const events = await desk.store.db
        .selectFrom('events')
        .select(['type', 'audience'])
        .where('type', '=', 'devices-changed')
        .execute();
      return events.filter(({ audience }) => audience.includes('role:buyer')).length;
    };
    const before = await told();
    desk.clock.at = new Date('2026-11-22T20:31:00.000Z');
    expect(await told()).toBe(before + 1);
    expect(await told()).toBe(before + 1);
  });

  test('a device that has another owner is told to both, each what is theirs', async () => {
    const other = (await desk.customer()).id;
    const { id: deviceId } = await desk.device({ customerId, typeId, serial: 'A1' });
    await desk.store.write((tx) =>
      book().moveToOwner(tx, { deviceId, customerId: other, transferId: 'transfer_1', actor: 'account_x' }),
    );
    expect(await book().devicesOf(desk.store.db, customerId)).toEqual([]);
    expect(await book().devicesOf(desk.store.db, other)).toMatchObject([{ id: deviceId }]);
    const events = await desk.store.db.selectFrom('events').selectAll().orderBy('seq').execute();
    const toFormer = events.filter(({ audience }) => audience.includes(`customer:${customerId}`)).at(-1);
    expect(toFormer).toMatchObject({ type: 'devices-changed', data: '{}' });
    const toNew = events.filter(({ audience }) => audience.includes(`customer:${other}`));
    expect(toNew.map(({ type }) => type)).toEqual(['device']);
  });
});
