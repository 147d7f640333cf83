import { type Customer, contract, type InputOf, IRAN } from '@callweave/sdk/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { callerOf, change, read } from '../http/testing/invoke.ts';
import { createSecrets } from '../secrets/hash.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { DIRECTORY_FIXTURES, describeDirectory } from './directory.contract.ts';
import type { Directory, DirectoryCustomer } from './directory.ts';
import { embeddedDirectory } from './embedded-directory.ts';
import { mirrorCustomer } from './mirror.ts';
import { type CustomersOptions, createCustomers } from './operations.ts';
import { DEFAULT_PIN_POLICY } from './pin-policy.ts';
import { noteFailure, verificationSecrets } from './verification-secrets.ts';

const AGENT = callerOf('account_agent', 'agent');
const SUPERVISOR = callerOf('account_supervisor', 'supervisor');
const problem = (code: string, ...paths: string[]) =>
  expect.objectContaining({
    code,
    ...(paths.length > 0 && { fields: paths.map((path) => expect.objectContaining({ path })) }),
  });

const ZAHRA: InputOf<typeof contract.customers.create> = {
  name: ' زهرا کریمی ',
  kind: 'both',
  nationalCode: '۰۰۱۳۵۴۲۴۱۹',
  numbers: ['۰۹۱۲ ۱۲۳ ۴۵۶۷', '(021) 8877-6655'],
  responders: ['account_a', 'account_b'],
  contractSignedOn: '2026-01-10',
  questions: [
    { text: 'نام دبستان شما؟', answer: 'فردوسي' },
    { text: 'شهر تولد؟', answer: 'تبریز' },
  ],
};

const secrets = createSecrets({ pepper: 'a pepper for tests that is long enough', cost: 4, parallelization: 1 });

function customersOf(store: Store): CustomersOptions {
  return {
    store,
    directory: embeddedDirectory(store, IRAN),
    ownBase: true,
    plan: IRAN,
    pinPolicy: DEFAULT_PIN_POLICY,
    hashSecret: secrets.hashSecret,
    responders: async (_db, ids) => new Set(ids.filter((id) => ['account_a', 'account_b'].includes(id))),
  };
}

describeStores('the embedded directory', (makeStore) => {
  describeDirectory(async () => {
    const options = customersOf(await makeStore());
    const { create } = createCustomers(options);
    for (const fixture of DIRECTORY_FIXTURES) {
      await change(
        options.store,
        contract.customers.create,
        create,
        { ...fixture, numbers: [...fixture.numbers], responders: [...fixture.responders] },
        AGENT,
      );
    }
    return options.directory;
  });
});

describeStores('customers', (makeStore) => {
  let store: Store;
  let customers: ReturnType<typeof createCustomers>;
  let options: CustomersOptions;

  beforeEach(async () => {
    store = await makeStore();
    options = customersOf(store);
    customers = createCustomers(options);
  });

  const create = (input: Partial<typeof ZAHRA> = {}, caller = AGENT) =>
    change(store, contract.customers.create, customers.create, { ...ZAHRA, ...input }, caller);
  const update = (customerId: string, input: Omit<InputOf<typeof contract.customers.update>, 'customerId'>) =>
    change(store, contract.customers.update, customers.update, { customerId, ...input }, AGENT);
  const find = async (query: string) =>
    (await read(contract.customers.find, customers.find, { query }, AGENT)).customers.map(({ username }) => username);
  const get = (customerId: string) => read(contract.customers.get, customers.get, { customerId }, AGENT);
  const count = async () => (await store.db.selectFrom('customers').select('id').execute()).length;

  test('created at the desk: numbers in E.164, the next username, the initial PIN, and no secret shown', async () => {
    const created = await create();
    expect(created).toMatchObject({
      name: 'زهرا کریمی',
      username: '10000',
      nationalCode: '0013542419',
      numbers: ['+989121234567', '+982188776655'],
      responders: ['account_a', 'account_b'],
      contractSignedOn: '2026-01-10',
      questions: [{ text: 'نام دبستان شما؟' }, { text: 'شهر تولد؟' }],
      pin: 'initial',
      locked: false,
      locale: 'fa',
    });
    expect(await get(created.id)).toEqual(created);
    expect(contract.customers.get.output.safeParse(created).success).toBe(true);

    const kept = await verificationSecrets(store.db, created.id);
    expect(await secrets.verifySecret('1234', kept.pinHash)).toBe(true);
    expect(await secrets.verifySecret('فردوسی', kept.questions[0]?.answerHash ?? null)).toBe(true);
    const everything = JSON.stringify([
      await store.db.selectFrom('customers').selectAll().execute(),
      await store.db.selectFrom('security_questions').selectAll().execute(),
    ]);
    for (const secret of ['1234"', 'فردوسی', 'فردوسي', 'تبریز']) expect(everything).not.toContain(secret);
    const [line] = await store.db.selectFrom('ledger').selectAll().execute();
    expect(line).toMatchObject({
      actor: AGENT.accountId,
      action: 'customer.created',
      subject: `customer:${created.id}`,
    });
    for (const personal of ['زهرا', '0013542419', '9121234567']) expect(JSON.stringify(line)).not.toContain(personal);
  });

  test('usernames: chosen, or the next one that is free', async () => {
    await create({ username: '10001' });
    const codes = ['0499370899', '0790419904'];
    expect((await create({ nationalCode: codes[0] ?? '' })).username).toBe('10000');
    expect((await create({ nationalCode: codes[1] ?? '' })).username).toBe('10002');
    await expect(create({ nationalCode: '0084575948', username: '۱۰۰۰۱' })).rejects.toEqual(
      problem('username-taken', 'username'),
    );
  });

  test('what is wrong is named, and nothing is written', async () => {
    await create();
    const rows = await count();
    const other = { nationalCode: '0499370899' };
    await expect(create()).rejects.toEqual(problem('national-code-taken', 'nationalCode'));
    await expect(create({ ...other, numbers: ['0912 123 4567', '12'] })).rejects.toEqual(
      problem('invalid-input', 'numbers.1'),
    );
    await expect(create({ ...other, numbers: ['09121234567', '+98 912 123 4567'] })).rejects.toEqual(
      problem('invalid-input', 'numbers.1'),
    );
    await expect(create({ ...other, responders: ['account_a', 'account_gone'] })).rejects.toEqual(
      problem('unknown-responder', 'responders.1'),
    );
    await expect(create({ ...other, responders: ['account_a', 'account_a'] })).rejects.toEqual(
      problem('unknown-responder', 'responders.1'),
    );
    await expect(create({ ...other, questions: [{ text: 'a?', answer: '—' }] })).rejects.toEqual(
      problem('invalid-input', 'questions.0.answer'),
    );
    await expect(
      create({
        ...other,
        questions: [
          { text: 'a?', answer: 'x' },
          { text: 'A ?', answer: 'y' },
        ],
      }),
    ).rejects.toEqual(problem('invalid-input', 'questions.1.text'));
    expect(await count()).toBe(rows);
    expect(contract.customers.create.input.safeParse({ ...ZAHRA, nationalCode: '0013542410' }).success).toBe(false);
    expect(
      contract.customers.create.input.safeParse({
        ...ZAHRA,
        questions: Array.from({ length: 11 }, (_, index) => ({ text: `q${index}`, answer: 'a' })),
      }).success,
    ).toBe(false);
    expect(contract.customers.create.input.safeParse({ ...ZAHRA, numbers: [] }).success).toBe(false);
  });

  test('two at once with one national code: one is created', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => create()));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of tries)
      if (result.status === 'rejected') expect(result.reason).toEqual(problem('national-code-taken'));
  });

  test('edited: only what is given changes, and searching follows', async () => {
    const { id } = await create();
    await update(id, { name: 'زهرا یوسفی', numbers: ['09350000000'] });
    const edited = await get(id);
    expect(edited).toMatchObject({
      name: 'زهرا یوسفی',
      numbers: ['+989350000000'],
      nationalCode: '0013542419',
      responders: ['account_a', 'account_b'],
    });
    expect([await find('کریمی'), await find('یوسفی'), await find('09121234567'), await find('0935 000 0000')]).toEqual([
      [],
      ['10000'],
      [],
      ['10000'],
    ]);
    expect((await update(id, { responders: [], contractSignedOn: null })).responders).toEqual([]);
    expect((await update(id, { nationalCode: '0013542419' })).nationalCode).toBe('0013542419');
    await create({ nationalCode: '0499370899', numbers: ['09121111111'] });
    await expect(update(id, { nationalCode: '0499370899' })).rejects.toEqual(
      problem('national-code-taken', 'nationalCode'),
    );
    await expect(update(id, { numbers: ['x'] })).rejects.toEqual(problem('invalid-input', 'numbers.0'));
    await expect(update('customer_none', { name: 'x' })).rejects.toEqual(problem('not-found'));
  });

  test('questions are replaced as a whole', async () => {
    const { id, questions } = await create();
    const set = await change(
      store,
      contract.customers.setQuestions,
      customers.setQuestions,
      { customerId: id, questions: [{ text: 'رنگ؟', answer: 'آبی' }] },
      SUPERVISOR,
    );
    expect(set.questions.map(({ text }) => text)).toEqual(['رنگ؟']);
    expect(questions.map(({ id: old }) => old)).not.toContain(set.questions[0]?.id);
  });

  test('locked by failures in a row, released by a supervisor with a reason; the PIN issued again', async () => {
    const { id } = await create();
    const failures = await Promise.all(Array.from({ length: 10 }, () => store.write((tx) => noteFailure(tx, id, 10))));
    expect(failures.map(({ locked }) => locked).filter(Boolean)).toHaveLength(1);
    expect((await get(id)).locked).toBe(true);
    const released = await change(
      store,
      contract.customers.unlock,
      customers.unlock,
      { customerId: id, reason: 'called back' },
      SUPERVISOR,
    );
    expect(released.locked).toBe(false);
    expect((await verificationSecrets(store.db, id)).failures).toBe(0);
    const line = await store.db
      .selectFrom('ledger')
      .selectAll()
      .where('action', '=', 'customer.unlocked')
      .executeTakeFirstOrThrow();
    expect([line.actor, JSON.parse(line.data)]).toEqual([SUPERVISOR.accountId, { reason: 'called back' }]);

    await store.write((tx) =>
      tx.db.updateTable('customers').set({ pin_hash: 'own', pin_state: 'set' }).where('id', '=', id).execute(),
    );
    expect(
      (await change(store, contract.customers.resetPin, customers.resetPin, { customerId: id }, SUPERVISOR)).pin,
    ).toBe('initial');
    expect(await secrets.verifySecret('1234', (await verificationSecrets(store.db, id)).pinHash)).toBe(true);
  });

  test('a random initial PIN goes to the customer alone, after the commit, and is none that guessers try', async () => {
    const sent: { customerId: string; numbers: readonly string[]; pin: string }[] = [];
    customers = createCustomers({
      ...options,
      pinPolicy: { kind: 'random', length: 6, deliver: (to, pin) => sent.push({ ...to, pin }) },
    });
    await expect(create({ responders: ['account_gone'] })).rejects.toEqual(problem('unknown-responder'));
    expect(sent).toEqual([]);
    const created = await create();
    await expect.poll(() => sent.length).toBe(1);
    expect(sent[0]).toMatchObject({
      customerId: created.id,
      numbers: created.numbers,
      pin: expect.stringMatching(/^\d{6}$/),
    });
    expect(JSON.stringify(created)).not.toContain(sent[0]?.pin);
    expect(
      await secrets.verifySecret(sent[0]?.pin ?? '', (await verificationSecrets(store.db, created.id)).pinHash),
    ).toBe(true);
  });

  describe('the embedded directory', () => {
    test('a mirrored host customer is not in it', async () => {
      await store.write((tx) => mirrorCustomer(tx, HOST_CUSTOMER));
      expect(await embeddedDirectory(store, IRAN).findById(HOST_CUSTOMER.id)).toBeUndefined();
      expect(await find('میزبان')).toEqual([]);
    });
  });

  describe('a customer base of the host', () => {
    const host: Directory = {
      findByNumber: async (number) => (HOST_CUSTOMER.numbers.includes(number) ? [HOST_CUSTOMER] : []),
      findById: async (id) => (id === HOST_CUSTOMER.id ? HOST_CUSTOMER : undefined),
      search: async () => [HOST_CUSTOMER],
    };
    beforeEach(() => {
      customers = createCustomers({ ...options, directory: host, ownBase: false });
    });

    test('is read, and not written; a look-up creates nothing', async () => {
      expect(await find('anything')).toEqual(['77']);
      const shown: Customer = await get(HOST_CUSTOMER.id);
      expect(shown).toMatchObject({
        name: 'مشتری میزبان',
        pin: 'none',
        questions: [],
        locked: false,
        nationalCode: '',
      });
      expect(contract.customers.get.output.safeParse(shown).success).toBe(true);
      expect(await count()).toBe(0);
      await expect(create()).rejects.toEqual(problem('customer-kept-by-host'));
      await expect(update(HOST_CUSTOMER.id, { name: 'x' })).rejects.toEqual(problem('customer-kept-by-host'));
      await expect(get('77-unknown')).rejects.toEqual(problem('not-found'));
    });

    test('its secrets lie here, keyed by the host’s id', async () => {
      await change(
        store,
        contract.customers.setQuestions,
        customers.setQuestions,
        { customerId: HOST_CUSTOMER.id, questions: [{ text: 'شهر؟', answer: 'یزد' }] },
        SUPERVISOR,
      );
      const shown = await change(
        store,
        contract.customers.resetPin,
        customers.resetPin,
        { customerId: HOST_CUSTOMER.id },
        SUPERVISOR,
      );
      expect(shown).toMatchObject({
        id: HOST_CUSTOMER.id,
        name: 'مشتری میزبان',
        numbers: HOST_CUSTOMER.numbers,
        responders: HOST_CUSTOMER.responders,
        contractSignedOn: '2026-05-05',
        pin: 'initial',
        questions: [{ text: 'شهر؟' }],
      });
      expect(await store.db.selectFrom('customers').select(['id', 'origin', 'national_code']).execute()).toEqual([
        { id: HOST_CUSTOMER.id, origin: 'host', national_code: '' },
      ]);
      expect(await store.db.selectFrom('customer_numbers').select('number').execute()).toEqual([]);
      expect(
        await secrets.verifySecret(
          'یزد',
          (await verificationSecrets(store.db, HOST_CUSTOMER.id)).questions[0]?.answerHash ?? null,
        ),
      ).toBe(true);
    });
  });
});

const HOST_CUSTOMER: DirectoryCustomer = {
  id: 'portal-77',
  name: 'مشتری میزبان',
  username: '77',
  kind: 'both',
  numbers: ['+989120000077'],
  responders: ['account_a'],
  contractSignedOn: '2026-05-05',
  locale: 'fa',
};
