import { type Buyer, type contract, type NumberingPlan, normalizeNumber } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import {
  type Directory,
  type DirectoryCustomer,
  insertPlainCustomer,
  mirrorCustomer,
  updateIdentity,
} from '../customers/index.ts';
import type { Implementation } from '../http/operation.ts';
import type { MessageSender } from '../messages/index.ts';
import { Problem } from '../problem.ts';
import type { Secrets } from '../secrets/hash.ts';
import type { Store, Tx } from '../store/store.ts';
import { createBuyerAccess } from './access.ts';
import { type BuyerRow, loadBuyer, toProfile } from './buyer-rows.ts';
import { type BuyerHouse, viewBuyers } from './buyer-view.ts';
import { type BuyerFacts, factsOf, keepBuyer } from './keep-buyer.ts';
import { listBuyers } from './list-buyers.ts';

export interface BuyersParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly plan: NumberingPlan;
  readonly directory: Directory;
  readonly house: BuyerHouse;
  readonly messages: MessageSender;
}

/** The contract's `buyers`. */
export function createBuyerOperations(parts: BuyersParts): Implementation<typeof contract.buyers> {
  const { store, clock, plan, directory, house } = parts;

  const unknown = (customerId: string) => new Problem('not-found', `There is no buyer ${customerId}.`);
  const load = async (db: Store['db'], customerId: string): Promise<BuyerRow> => {
    const row = await loadBuyer(db, customerId);
    if (row === undefined) throw unknown(customerId);
    return row;
  };
  const show = async (db: Store['db'], row: BuyerRow): Promise<Buyer> => {
    const [view] = await viewBuyers(db, [row], house, clock.now());
    if (view === undefined) throw unknown(row.customer_id);
    return view;
  };
  /** The row, with what the host's base says of the customer at this moment. */
  const fresh = async (row: BuyerRow): Promise<BuyerRow> => {
    if (!house.hostBase) return row;
    const customer = await directory.findById(row.customer_id);
    return customer === undefined
      ? row
      : { ...row, name: customer.name, telephone: customer.numbers[0] ?? row.telephone, locale: customer.locale };
  };

  function phone(text: string): string {
    const number = normalizeNumber(text, plan);
    if (number === undefined)
      throw new Problem('invalid-input', 'The telephone number cannot be used.', {
        fields: [
          {
            path: 'telephone',
            message: 'is not a telephone number; write it with area code, or with + and country code',
          },
        ],
      });
    return number;
  }

  function refuseHostFields(input: { name?: unknown; telephone?: unknown; locale?: unknown }): void {
    if (house.hostBase && (input.name !== undefined || input.telephone !== undefined || input.locale !== undefined))
      throw new Problem(
        'customer-kept-by-host',
        'Name, telephone and language come from the customer base of the house.',
      );
  }

  async function known(customerId: string): Promise<DirectoryCustomer> {
    const customer = await directory.findById(customerId);
    if (customer === undefined) throw new Problem('not-found', `There is no customer ${customerId}.`);
    return customer;
  }

  /** Who a new buyer is: what the directory says of a customer there is, and else what the manager wrote. */
  function identityOf(
    input: { name?: string | undefined; telephone?: string | undefined; locale: BuyerFacts['locale'] },
    customer: DirectoryCustomer | undefined,
  ): Pick<BuyerFacts, 'name' | 'telephone' | 'locale'> {
    const name = customer?.name ?? input.name;
    const telephone = customer?.numbers[0] ?? (input.telephone === undefined ? undefined : phone(input.telephone));
    const fields = [
      ...(name === undefined ? [{ path: 'name', message: 'is missing' }] : []),
      ...(telephone === undefined ? [{ path: 'telephone', message: 'is missing' }] : []),
    ];
    if (name === undefined || telephone === undefined)
      throw new Problem('invalid-input', 'A new buyer needs a name and a telephone.', { fields });
    return { name, telephone, locale: customer?.locale ?? input.locale };
  }

  return {
    async own(_input, { caller }) {
      const row = caller.customerId === undefined ? undefined : await loadBuyer(store.db, caller.customerId);
      if (row === undefined) throw new Problem('not-found', 'The house has not entered you as a buyer yet.');
      return toProfile(await fresh(row));
    },

    list: (input) => listBuyers(parts, input),

    async get({ customerId }) {
      return show(store.db, await fresh(await load(store.db, customerId)));
    },

    create: {
      async prepare(input) {
        if (input.customerId === undefined && house.hostBase)
          throw new Problem('customer-kept-by-host', 'Choose one of the customers that the house keeps.');
        const customer = input.customerId === undefined ? undefined : await known(input.customerId);
        return { customer, identity: identityOf(input, customer) };
      },
      async write(
        tx,
        input,
        { caller },
        { customer, identity }: { customer: DirectoryCustomer | undefined; identity: ReturnType<typeof identityOf> },
      ) {
        const facts: BuyerFacts = {
          ...identity,
          nationalCode: input.nationalCode,
          operator: input.operator,
          address: input.address,
        };
        return show(tx.db, await makeBuyer(tx, parts, facts, caller.accountId, customer));
      },
    },

    update: {
      async prepare(input) {
        refuseHostFields(input);
        return {
          telephone: input.telephone === undefined ? undefined : phone(input.telephone),
          customer: await directory.findById(input.customerId),
        };
      },
      async write(
        tx,
        input,
        { caller },
        { telephone, customer }: { telephone: string | undefined; customer: DirectoryCustomer | undefined },
      ) {
        const before = await load(tx.db, input.customerId);
        const old = factsOf(before);
        const hostsNow = house.hostBase ? customer : undefined;
        const facts: BuyerFacts = {
          name: hostsNow?.name ?? input.name ?? old.name,
          nationalCode: input.nationalCode ?? old.nationalCode,
          telephone: hostsNow?.numbers[0] ?? telephone ?? old.telephone,
          operator: input.operator ?? old.operator,
          address: input.address ?? old.address,
          locale: hostsNow?.locale ?? input.locale ?? old.locale,
        };
        if (!house.hostBase)
          await updateIdentity(tx, before.customer_id, {
            ...facts,
            numbers: [
              facts.telephone,
              ...(customer?.numbers.slice(1) ?? []).filter((other) => other !== facts.telephone),
            ],
          });
        const row = await keepBuyer(tx, before.customer_id, before, facts, {
          actor: caller.accountId,
          reason: input.reason,
        });
        return show(tx.db, row);
      },
    },

    ...createBuyerAccess(parts, { load, show }),
  };
}

/** Makes a buyer of a customer there is, or of a new one. */
export async function makeBuyer(
  tx: Tx,
  { house }: Pick<BuyersParts, 'house'>,
  facts: BuyerFacts,
  actor: string,
  customer?: DirectoryCustomer,
): Promise<BuyerRow> {
  if (customer !== undefined && (await loadBuyer(tx.db, customer.id)) !== undefined)
    throw new Problem('already-a-buyer', 'This customer is a buyer already.');
  if (customer === undefined) {
    const id = await insertPlainCustomer(tx, { ...facts, numbers: [facts.telephone], kind: 'devices' });
    return keepBuyer(tx, id, undefined, facts, { actor });
  }
  if (house.hostBase) await mirrorCustomer(tx, customer);
  else await updateIdentity(tx, customer.id, { ...facts, numbers: customer.numbers });
  return keepBuyer(tx, customer.id, undefined, facts, { actor });
}
