import { expect, it } from 'vitest';
import { logSms } from '../connectors/sms/log.ts';
import { describeStores } from '../store/testing.ts';
import { createTestDesk, type TestAnswer, type TestDesk } from '../testing/desk.ts';
import { findBuyer } from './index.ts';

const SARA = {
  name: 'سارا محمدی',
  nationalCode: '0013542419',
  telephone: '0912 123 4567',
  operator: 'رضا کریمی',
  address: { city: 'شیراز', street: 'خیابان زند', building: 'پلاک ۱۲، طبقهٔ ۲' },
};
const OWN_PASSWORD = 'a long password of mine';

const cookieOf = (answer: TestAnswer) => ({ cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' });
const signIn = (desk: TestDesk, username: string, password: string) =>
  desk.anyone('POST', '/session', { username, password });

describeStores('buyers', (makeStore) => {
  it('are made by a manager as a customer of devices, in their number’s E.164 form, and are read-only for themselves', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    const made = await manager('POST', '/buyers', SARA);
    expect(made.body).toMatchObject({
      name: SARA.name,
      telephone: '+989121234567',
      address: SARA.address,
      account: null,
      invitable: true,
      keptByHost: false,
    });
    const { customerId } = made.body;
    expect((await manager('GET', `/customers/${customerId}`)).body).toMatchObject({ kind: 'devices', pin: 'none' });
    const buyer = await desk.asBuyer(customerId);
    expect((await buyer('GET', '/buyer')).body).toEqual({
      ...SARA,
      customerId,
      telephone: '+989121234567',
      locale: 'fa',
    });
    expect(await findBuyer(store.db, customerId)).toMatchObject({ operator: SARA.operator });
    for (const [method, path, body] of [
      ['POST', '/buyers', SARA],
      ['PATCH', `/buyers/${customerId}`, { name: 'Somebody' }],
      ['GET', `/buyers/${customerId}`],
      ['POST', `/buyers/${customerId}/invitation`, {}],
      ['PATCH', '/session/profile', { locale: 'cs' }],
    ] as const)
      expect((await buyer(method, path, body)).code, `${method} ${path}`).toBe('not-allowed');
    await desk.stop();
  });

  it('keeps the national code checked and unique, and says which field is wrong', async () => {
    const desk = await createTestDesk(await makeStore());
    const manager = await desk.as('manager');
    await manager('POST', '/buyers', SARA);
    expect((await manager('POST', '/buyers', { ...SARA, telephone: '09121234568' })).code).toBe('national-code-taken');
    const wrong = await manager('POST', '/buyers', { ...SARA, nationalCode: '0013542418' });
    expect(wrong.body.error.fields[0].path).toBe('nationalCode');
    const noNumber = await manager('POST', '/buyers', { ...SARA, nationalCode: '0499370899', telephone: 'none' });
    expect(noNumber.body.error.fields[0].path).toBe('telephone');
    const { name: _, ...nameless } = { ...SARA, nationalCode: '0499370899' };
    expect((await manager('POST', '/buyers', nameless)).body.error.fields[0].path).toBe('name');
    await desk.stop();
  });

  it('audits each corrected field, also in the customer behind, whom agents cannot correct past the managers', async () => {
    const desk = await createTestDesk(await makeStore());
    const manager = await desk.as('manager');
    const { customerId } = (await manager('POST', '/buyers', SARA)).body;
    const corrected = await manager('PATCH', `/buyers/${customerId}`, {
      telephone: '09121234569',
      address: { ...SARA.address, city: 'تهران' },
      reason: 'moved',
    });
    expect(corrected.body).toMatchObject({ telephone: '+989121234569', address: { city: 'تهران' } });
    expect((await manager('GET', `/customers/${customerId}`)).body.numbers).toEqual(['+989121234569']);
    const { entries } = (await manager('GET', `/changes?subject=buyer:${customerId}`)).body;
    expect(entries[0]).toMatchObject({ reason: 'moved', actorName: 'The manager', intact: true });
    expect(entries[0].changes).toEqual({
      telephone: { from: '+989121234567', to: '+989121234569' },
      address: { from: SARA.address, to: { ...SARA.address, city: 'تهران' } },
    });
    const agent = await desk.as('agent');
    const tried = await agent('PATCH', `/customers/${customerId}`, { name: 'Somebody else' });
    expect(tried.code).toBe('kept-as-buyer');
    await desk.stop();
  });

  it('finds buyers by name, national code and number, and pages through all by name', async () => {
    const desk = await createTestDesk(await makeStore());
    const manager = await desk.as('manager');
    const others = [
      { ...SARA, name: 'Bahar', nationalCode: '0499370899', telephone: '09121234568' },
      { ...SARA, name: 'Arash', nationalCode: '0076229645', telephone: '09121234569' },
    ];
    for (const one of [SARA, ...others]) expect((await manager('POST', '/buyers', one)).status).toBe(200);
    await manager('POST', '/customers', {
      name: 'Bahar Broker',
      kind: 'both',
      nationalCode: '0067749828',
      numbers: ['09120000000'],
    });
    const names = async (query: string) =>
      (await manager('GET', `/buyers?query=${encodeURIComponent(query)}`)).body.buyers.map(
        ({ name }: { name: string }) => name,
      );
    expect(await names('bahar')).toEqual(['Bahar']);
    expect(await names('محمدی')).toEqual([SARA.name]);
    expect(await names('۰۹۱۲۱۲۳۴۵۶۹')).toEqual(['Arash']);
    expect(await names('0499370899')).toEqual(['Bahar']);
    expect(await names('nobody')).toEqual([]);
    const first = (await manager('GET', '/buyers?limit=2')).body;
    expect(first.buyers.map(({ name }: { name: string }) => name)).toEqual(['Arash', 'Bahar']);
    const rest = (await manager('GET', `/buyers?limit=2&after=${first.next}`)).body;
    expect(rest).toMatchObject({ next: null, buyers: [{ name: SARA.name }] });
    await desk.stop();
  });
});

describeStores('an import of buyers', (makeStore) => {
  it('tells what is wrong line by line and writes nothing, and then all of a right file, audited', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    await manager('POST', '/buyers', SARA);
    const upload = async (...lines: string[]) => {
      const csv = ['نام;کد ملی;تلفن;اپراتور;شهر;خیابان;پلاک', ...lines].join('\n');
      const { body } = await manager('POST', '/imports', { kind: 'buyers', csv });
      const get = async () => (await manager('GET', `/imports/${body.id}`)).body;
      await expect.poll(async () => (await get()).state, { timeout: 30_000 }).toBeOneOf(['ready', 'faulty']);
      return { id: body.id as string, get, ...(await get()) };
    };
    const right = [
      'بهار نوری;499370899;9121234568;بهار;تهران;ولیعصر;۱',
      "Jan;'0790419904;+420601112233;Eva;Praha;Dlouhá;7",
    ];
    const faulty = await upload(
      ...right,
      'دوباره;0013542419;09121234567;الف;ب;پ;ت',
      'کد نادرست;0013542418;1234;الف;ب;;ت',
      'دو بار;0499370899;09121234568;الف;ب;پ;ت',
    );
    expect(faulty.state).toBe('faulty');
    expect(
      faulty.faults.map(({ line, column, code }: Record<string, unknown>) => `${line} ${column} ${code}`).sort(),
    ).toEqual([
      '4 national_code taken',
      '5 national_code not-a-code',
      '5 street missing',
      '5 telephone not-a-number',
      '6 national_code twice',
    ]);
    expect((await manager('GET', '/buyers')).body.buyers).toHaveLength(1);
    const ready = await upload(...right);
    await manager('POST', `/imports/${ready.id}/confirm`);
    await expect.poll(async () => (await ready.get()).state, { timeout: 30_000 }).toBe('applied');
    const { buyers } = (await manager('GET', '/buyers')).body;
    expect(buyers).toHaveLength(3);
    const bahar = buyers.find(({ nationalCode }: { nationalCode: string }) => nationalCode === '0499370899');
    expect(bahar).toMatchObject({ name: 'بهار نوری', telephone: '+989121234568', account: null });
    const { entries } = (await manager('GET', `/changes?subject=buyer:${bahar.customerId}`)).body;
    expect(entries[0]).toMatchObject({ actorName: 'The manager', changes: { name: { from: null, to: 'بهار نوری' } } });
    await desk.stop();
  });
});

describeStores('a buyer’s first sign-in', (makeStore) => {
  async function invited(options: Parameters<typeof createTestDesk>[1] = {}) {
    const store = await makeStore();
    const desk = await createTestDesk(store, options);
    const manager = await desk.as('manager');
    const { customerId } = (await manager('POST', '/buyers', SARA)).body;
    const invitation = await manager('POST', `/buyers/${customerId}/invitation`, { username: 'sara' });
    expect(invitation.status).toBe(200);
    return { store, desk, manager, customerId, secret: invitation.body.secret as string, invitation };
  }

  it('sets the password with the one-time secret; before that nothing is answered, and the secret opens once only', async () => {
    const { desk, manager, customerId, secret, invitation, store } = await invited();
    expect(invitation.body.buyer.account).toMatchObject({ username: 'sara', state: 'invited' });
    const first = await signIn(desk, 'Sara ', ` ${secret.toUpperCase()} `);
    expect(first.body).toMatchObject({ mustSetPassword: true, account: { customerId, roles: ['buyer'] } });
    const cookie = cookieOf(first);
    for (const path of ['/buyer', '/events', '/calls'])
      expect((await desk.anyone('GET', path, undefined, cookie)).code, path).toBe('password-not-set');
    expect((await desk.anyone('GET', '/session', undefined, cookie)).body.mustSetPassword).toBe(true);
    const weak = await desk.anyone('POST', '/session/password', { password: secret }, cookie);
    expect(weak.code).toBe('password-too-near');
    // Somebody else who saw the secret signed in, too.
    const other = cookieOf(await signIn(desk, 'sara', secret));
    const set = await desk.anyone('POST', '/session/password', { password: OWN_PASSWORD }, cookie);
    expect(set.status).toBe(200);
    expect(set.body.mustSetPassword).toBeUndefined();
    expect((await desk.anyone('GET', '/buyer', undefined, cookie)).body.name).toBe(SARA.name);
    expect((await desk.anyone('GET', '/session', undefined, other)).code).toBe('not-signed-in');
    expect((await signIn(desk, 'sara', secret)).code).toBe('wrong-credentials');
    expect((await signIn(desk, 'sara', OWN_PASSWORD)).status).toBe(200);
    const again = await desk.anyone('POST', '/session/password', { password: 'another password' }, cookie);
    expect(again.code).toBe('password-set-already');
    expect((await manager('GET', `/buyers/${customerId}`)).body.account.state).toBe('active');
    const kept = JSON.stringify([
      await store.db.selectFrom('accounts').selectAll().execute(),
      await store.db.selectFrom('idempotency').selectAll().execute(),
      await store.db.selectFrom('ledger').selectAll().execute(),
      await store.db.selectFrom('changes').selectAll().execute(),
      await store.db.selectFrom('events').selectAll().execute(),
    ]);
    expect(kept.includes(secret)).toBe(false);
    await desk.stop();
  });

  it('ends when it was not used in time, which only who holds the right secret is told', async () => {
    const { store, desk, manager, customerId, secret } = await invited();
    await store.write((tx) =>
      tx.db
        .updateTable('accounts')
        .set({ invite_expires_at: new Date(tx.now.getTime() - 1).toISOString() })
        .where('username', '=', 'sara')
        .execute(),
    );
    expect((await signIn(desk, 'sara', secret)).code).toBe('invitation-over');
    expect((await signIn(desk, 'sara', 'guess-guess-guess-gues')).code).toBe('wrong-credentials');
    expect((await manager('GET', `/buyers/${customerId}`)).body.account.state).toBe('invitation-over');
    await desk.stop();
  });

  it('is reset by a manager: whoever was signed in is out, the password is gone, and a new secret is needed', async () => {
    const { desk, manager, customerId, secret } = await invited();
    const cookie = cookieOf(await signIn(desk, 'sara', secret));
    await desk.anyone('POST', '/session/password', { password: OWN_PASSWORD }, cookie);
    const reset = await manager('POST', `/buyers/${customerId}/invitation`, {});
    expect(reset.body.buyer.account).toMatchObject({ username: 'sara', state: 'invited' });
    expect((await desk.anyone('GET', '/buyer', undefined, cookie)).code).toBe('not-signed-in');
    expect((await signIn(desk, 'sara', OWN_PASSWORD)).code).toBe('wrong-credentials');
    expect((await signIn(desk, 'sara', secret)).code).toBe('wrong-credentials');
    expect((await signIn(desk, 'sara', reset.body.secret)).body.mustSetPassword).toBe(true);
    await desk.stop();
  });

  it('locks after ten wrong secrets, which a manager lifts, and an account can be switched off', async () => {
    const { desk, manager, customerId, secret } = await invited();
    for (let tries = 0; tries < 10; tries += 1)
      expect((await signIn(desk, 'sara', 'wrong-wrong-wrong-wron')).code).toBe('wrong-credentials');
    expect((await signIn(desk, 'sara', secret)).code).toBe('account-locked');
    expect((await manager('GET', `/buyers/${customerId}`)).body.account.state).toBe('locked');
    await manager('PATCH', `/buyers/${customerId}/account`, { unlock: true });
    const open = await signIn(desk, 'sara', secret);
    expect(open.status).toBe(200);
    const off = await manager('PATCH', `/buyers/${customerId}/account`, { active: false, reason: 'sold everything' });
    expect(off.body.account.state).toBe('off');
    expect((await desk.anyone('GET', '/session', undefined, cookieOf(open))).code).toBe('not-signed-in');
    expect((await signIn(desk, 'sara', secret)).code).toBe('wrong-credentials');
    const { entries } = (await manager('GET', `/changes?subject=buyer:${customerId}`)).body;
    expect(entries[0]).toMatchObject({ reason: 'sold everything', changes: { active: { from: true, to: false } } });
    await desk.stop();
  });

  it('goes to the buyer’s telephone when the manager asks for it', async () => {
    const { store, desk, manager, customerId } = await invited({ sms: { driver: logSms({ write: () => {} }) } });
    await manager('POST', `/buyers/${customerId}/invitation`, { byTextMessage: true });
    const [message] = await store.db.selectFrom('messages').selectAll().execute();
    expect(message).toMatchObject({ recipient: '+989121234567', template: 'buyer-invitation', locale: 'fa' });
    await desk.stop();
  });

  it('is not offered where the host signs people in and keeps the customers', async () => {
    const host = {
      id: 'host-17',
      name: 'Zahra',
      username: '40017',
      kind: 'devices',
      numbers: ['+989121110017'],
      responders: [],
      contractSignedOn: null,
      locale: 'en',
    } as const;
    const desk = await createTestDesk(await makeStore(), {
      authenticate: async (request) => {
        const role = request.headers.get('x-role');
        if (role === 'manager') return { id: 'boss', username: 'boss', name: 'Boss', roles: ['manager'] };
        if (role === 'buyer')
          return { id: 'zahra', username: 'zahra', name: 'Zahra', roles: ['buyer'], customerId: 'host-17' };
        return undefined;
      },
      directory: {
        findByNumber: async () => [host],
        findById: async (id) => (id === host.id ? host : undefined),
        search: async () => [host],
      },
    });
    const as = (role: string) => (method: string, path: string, body?: unknown) =>
      desk.anyone(method, path, body, { 'x-role': role });
    const { name: _, telephone: __, ...rest } = SARA;
    expect((await as('manager')('POST', '/buyers', SARA)).code).toBe('customer-kept-by-host');
    const made = await as('manager')('POST', '/buyers', { ...rest, customerId: 'host-17' });
    expect(made.body).toMatchObject({ name: 'Zahra', telephone: host.numbers[0], keptByHost: true, invitable: false });
    expect((await as('manager')('PATCH', '/buyers/host-17', { name: 'Other' })).code).toBe('customer-kept-by-host');
    expect((await as('manager')('POST', '/buyers/host-17/invitation', {})).code).toBe('not-allowed');
    expect((await as('buyer')('GET', '/buyer')).body).toMatchObject({ name: 'Zahra', operator: SARA.operator });
    await desk.stop();
  });
});
