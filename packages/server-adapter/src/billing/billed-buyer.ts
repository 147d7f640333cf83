import type { BuyerProfile } from '@callweave/sdk/protocol';
import type { BilledTo, Db } from './billing-context.ts';

/** Buyers as those whom invoices are issued to. */
export function billedBuyers(findBuyer: (db: Db, customerId: string) => Promise<BuyerProfile | undefined>) {
  return async (db: Db, customerId: string): Promise<BilledTo | undefined> => {
    const buyer = await findBuyer(db, customerId);
    if (buyer === undefined) return undefined;
    const { name, nationalCode, telephone, locale, address } = buyer;
    const parts = [address.city, address.street, address.building].filter((part) => part !== '');
    return { name, nationalCode, telephone, locale, address: parts.length === 0 ? null : parts.join(', ') };
  };
}
