import type { Customer, contract, NumberingPlan } from '@callweave/sdk/protocol';
import { foldText, foldTight } from '@callweave/sdk/protocol';
import type { Caller, Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';
import { loadRow, toCustomer, toDirectoryCustomers } from './customer-rows.ts';
import { requireFree, writeNumbers, writeWords } from './customer-writes.ts';
import { normalizeNumbers } from './declared-numbers.ts';
import type { Directory, DirectoryCustomer } from './directory.ts';
import { mirrorCustomer } from './mirror.ts';
import { issuePin, type PinPolicy } from './pin-policy.ts';
import { issueUsername } from './usernames.ts';

export interface CustomersOptions {
  readonly store: Store;
  readonly directory: Directory;
  /** False when the host keeps the customers: then the desk reads them, and keeps only their secrets. */
  readonly ownBase: boolean;
  readonly plan: NumberingPlan;
  readonly pinPolicy: PinPolicy;
  /** Keyed and slow (promise 6); run outside of writes. */
  readonly hashSecret: (text: string) => Promise<string>;
  /** Whether the identity of this customer is kept by managers alone. */
  readonly isBuyer?: (db: Store['db'], customerId: string) => Promise<boolean>;
  /** Of these accounts, those that are active and have the role agent. */
  readonly responders: (db: Store['db'], accountIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

interface HashedQuestion {
  readonly text: string;
  readonly answerHash: string;
}

/** The contract's `customers`. */
export function createCustomers(options: CustomersOptions): Implementation<typeof contract.customers> {
  const { store, directory, plan } = options;

  async function known(customerId: string): Promise<DirectoryCustomer> {
    const customer = await directory.findById(customerId);
    if (!customer) throw new Problem('not-found', `There is no customer ${customerId}.`);
    return customer;
  }

  async function show(tx: Tx, customerId: string, host?: DirectoryCustomer): Promise<Customer> {
    const row = await loadRow(tx.db, customerId);
    if (!row) throw new Problem('not-found', `There is no customer ${customerId}.`);
    const own = host ?? (await toDirectoryCustomers(tx.db, [row]))[0];
    if (!own) throw new Problem('not-found', `There is no customer ${customerId}.`);
    return toCustomer(tx.db, own, row);
  }

  function requireOwnBase(): void {
    if (!options.ownBase)
      throw new Problem('customer-kept-by-host', 'Customers are kept by the system that this desk is part of.');
  }

  async function requireResponders(tx: Tx, responders: readonly string[]): Promise<void> {
    const able = await options.responders(tx.db, responders);
    const fields = responders.flatMap((id, index) =>
      able.has(id) && responders.indexOf(id) === index
        ? []
        : [{ path: `responders.${index}`, message: able.has(id) ? 'is named twice' : 'is not an active agent' }],
    );
    if (fields.length > 0)
      throw new Problem('unknown-responder', 'A responder must be an active account with the role agent, named once.', {
        fields,
      });
  }

  async function writeQuestions(tx: Tx, customerId: string, questions: readonly HashedQuestion[]): Promise<void> {
    await tx.db.deleteFrom('security_questions').where('customer_id', '=', customerId).execute();
    if (questions.length === 0) return;
    await tx.db
      .insertInto('security_questions')
      .values(
        questions.map(({ text, answerHash }, position) => ({
          id: newId('question', tx.now),
          customer_id: customerId,
          text,
          answer_hash: answerHash,
          position,
        })),
      )
      .execute();
  }

  async function hashQuestions(questions: readonly { text: string; answer: string }[]): Promise<HashedQuestion[]> {
    const fields = questions.flatMap(({ text, answer }, index) => {
      if (foldTight(answer) === '')
        return [{ path: `questions.${index}.answer`, message: 'needs at least one letter or digit' }];
      if (questions.findIndex((other) => foldTight(other.text) === foldTight(text)) !== index)
        return [{ path: `questions.${index}.text`, message: 'is asked twice' }];
      return [];
    });
    if (fields.length > 0) throw new Problem('invalid-input', 'Some questions cannot be used.', { fields });
    return Promise.all(
      questions.map(async ({ text, answer }) => ({ text, answerHash: await options.hashSecret(foldTight(answer)) })),
    );
  }

  function deliverPin(tx: Tx, customerId: string, numbers: readonly string[], pin: string): void {
    const { pinPolicy } = options;
    if (pinPolicy.kind === 'random') tx.afterCommit(() => pinPolicy.deliver({ customerId, numbers }, pin));
  }

  const note = (tx: Tx, caller: Caller, action: string, customerId: string, data: Record<string, unknown> = {}) =>
    tx.record({ actor: caller.accountId, action: `customer.${action}`, subject: `customer:${customerId}`, data });

  return {
    async find({ query, limit }) {
      const found = await directory.search(query, limit);
      return { customers: found.slice(0, limit).map(({ id, name, username, kind }) => ({ id, name, username, kind })) };
    },

    async get({ customerId }) {
      return toCustomer(store.db, await known(customerId), await loadRow(store.db, customerId));
    },

    create: {
      async prepare(input) {
        requireOwnBase();
        const pin = issuePin(options.pinPolicy);
        const [pinHash, questions] = await Promise.all([options.hashSecret(pin), hashQuestions(input.questions)]);
        return { numbers: normalizeNumbers(input.numbers, plan), pin, pinHash, questions };
      },
      async write(
        tx,
        input,
        { caller },
        {
          numbers,
          pin,
          pinHash,
          questions,
        }: { numbers: string[]; pin: string; pinHash: string; questions: HashedQuestion[] },
      ) {
        await requireResponders(tx, input.responders);
        await requireFree(tx, {
          nationalCode: input.nationalCode,
          ...(input.username !== undefined && { username: input.username }),
        });
        const id = newId('customer', tx.now);
        const now = tx.now.toISOString();
        await tx.db
          .insertInto('customers')
          .values({
            id,
            username: input.username ?? (await issueUsername(tx)),
            name: input.name,
            name_folded: foldText(input.name),
            kind: input.kind,
            national_code: input.nationalCode,
            first_responder: input.responders[0] ?? null,
            second_responder: input.responders[1] ?? null,
            contract_signed_on: input.contractSignedOn,
            pin_hash: pinHash,
            pin_state: 'initial',
            failures: 0,
            locked: 0,
            locale: input.locale,
            branch: input.branch,
            created_at: now,
            updated_at: now,
            origin: 'own',
          })
          .execute();
        await writeNumbers(tx, id, numbers);
        await writeWords(tx, id, input.name);
        await writeQuestions(tx, id, questions);
        await note(tx, caller, 'created', id, {
          kind: input.kind,
          responders: input.responders,
          contractSignedOn: input.contractSignedOn,
          numbers: numbers.length,
          questions: questions.length,
        });
        deliverPin(tx, id, numbers, pin);
        return show(tx, id);
      },
    },

    update: {
      async prepare(input) {
        requireOwnBase();
        return { numbers: input.numbers && normalizeNumbers(input.numbers, plan) };
      },
      async write(tx, input, { caller }, { numbers }: { numbers: string[] | undefined }) {
        const row = await loadRow(tx.db, input.customerId);
        if (row?.origin !== 'own') throw new Problem('not-found', `There is no customer ${input.customerId}.`);
        const identity = [input.name, input.nationalCode, input.numbers, input.locale];
        if (identity.some((value) => value !== undefined) && (await options.isBuyer?.(tx.db, row.id)))
          throw new Problem('kept-as-buyer', 'The identity of a buyer is corrected by a manager, with an audit.');
        if (input.responders) await requireResponders(tx, input.responders);
        if (input.nationalCode !== undefined) await requireFree(tx, { nationalCode: input.nationalCode }, row.id);
        await tx.db
          .updateTable('customers')
          .set({
            ...(input.name !== undefined && { name: input.name, name_folded: foldText(input.name) }),
            ...(input.kind !== undefined && { kind: input.kind }),
            ...(input.nationalCode !== undefined && { national_code: input.nationalCode }),
            ...(input.responders !== undefined && {
              first_responder: input.responders[0] ?? null,
              second_responder: input.responders[1] ?? null,
            }),
            ...(input.contractSignedOn !== undefined && { contract_signed_on: input.contractSignedOn }),
            ...(input.locale !== undefined && { locale: input.locale }),
            ...(input.branch !== undefined && { branch: input.branch }),
            updated_at: tx.now.toISOString(),
          })
          .where('id', '=', row.id)
          .execute();
        if (numbers) await writeNumbers(tx, row.id, numbers);
        if (input.name !== undefined) await writeWords(tx, row.id, input.name);
        const changed = Object.keys(input).filter(
          (key) => key !== 'customerId' && input[key as keyof typeof input] !== undefined,
        );
        await note(tx, caller, 'updated', row.id, {
          changed,
          ...(input.responders && { responders: input.responders }),
          ...(input.contractSignedOn !== undefined && { contractSignedOn: input.contractSignedOn }),
        });
        return show(tx, row.id);
      },
    },

    setQuestions: {
      async prepare({ customerId, questions }) {
        return { customer: await known(customerId), questions: await hashQuestions(questions) };
      },
      async write(
        tx,
        _input,
        { caller },
        { customer, questions }: { customer: DirectoryCustomer; questions: HashedQuestion[] },
      ) {
        await mirrorCustomer(tx, customer);
        await writeQuestions(tx, customer.id, questions);
        await note(tx, caller, 'questions-set', customer.id, { questions: questions.length });
        return show(tx, customer.id, customer);
      },
    },

    resetPin: {
      async prepare({ customerId }) {
        const pin = issuePin(options.pinPolicy);
        return { customer: await known(customerId), pin, pinHash: await options.hashSecret(pin) };
      },
      async write(
        tx,
        _input,
        { caller },
        { customer, pin, pinHash }: { customer: DirectoryCustomer; pin: string; pinHash: string },
      ) {
        await mirrorCustomer(tx, customer);
        await tx.db
          .updateTable('customers')
          .set({ pin_hash: pinHash, pin_state: 'initial', updated_at: tx.now.toISOString() })
          .where('id', '=', customer.id)
          .execute();
        await note(tx, caller, 'pin-reset', customer.id);
        deliverPin(tx, customer.id, customer.numbers, pin);
        return show(tx, customer.id, customer);
      },
    },

    unlock: {
      prepare: async ({ customerId }) => ({ customer: await known(customerId) }),
      async write(tx, { reason }, { caller }, { customer }: { customer: DirectoryCustomer }) {
        await mirrorCustomer(tx, customer);
        await tx.db
          .updateTable('customers')
          .set({ locked: 0, failures: 0, updated_at: tx.now.toISOString() })
          .where('id', '=', customer.id)
          .execute();
        await note(tx, caller, 'unlocked', customer.id, { reason });
        return show(tx, customer.id, customer);
      },
    },
  };
}
