import type { BuyerProfile, Device, Money, NumberingPlan } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { MessageSender } from '../messages/index.ts';
import type { OneTimeCodes } from '../one-time-codes/index.ts';
import type { Store, Tx } from '../store/store.ts';
import type { DebtRule } from './wording.ts';

export type Db = Store['db'];

export interface TransfersOptions {
  /**
   * The page of your site with `<cw-transfer-acceptance>`, to which the new owner's link leads: the secret of the link
   * is added at its end. Best after a `#`, which stands in nobody's log. @default no device changes hands here
   * @example transfers: { acceptUrl: 'https://shop.example/transfer#' }
   */
  readonly acceptUrl?: string;
  /**
   * What becomes of what the present owner owes. `paid-first`: it has to be paid before the house can approve. `stays`:
   * they go on owing it. It never goes over to the new owner. @default 'paid-first'
   */
  readonly debts?: DebtRule;
}

/** What transfers ask of the other domains. */
export interface TransferParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly messages: MessageSender;
  readonly codes: OneTimeCodes;
  readonly plan: NumberingPlan;
  readonly options: TransfersOptions;
  readonly clientAddress: (request: Request) => string;
  findDevice(db: Db, deviceId: string): Promise<Device | undefined>;
  moveToOwner(
    tx: Tx,
    input: {
      readonly deviceId: string;
      readonly customerId: string;
      readonly transferId: string;
      readonly actor: string;
    },
  ): Promise<Device>;
  findBuyer(db: Db, customerId: string): Promise<BuyerProfile | undefined>;
  findBuyerByNationalCode(db: Db, nationalCode: string): Promise<BuyerProfile | undefined>;
  /** Makes a buyer of somebody who is no customer yet. */
  makeBuyer(tx: Tx, facts: Omit<BuyerProfile, 'customerId'>, actor: string): Promise<string>;
  /** What a customer owes. */
  balanceOf(db: Db, customerId: string): Promise<Money>;
  countOpenTickets(db: Db, deviceId: string): Promise<number>;
  closeTickets(
    tx: Tx,
    input: {
      readonly deviceId: string;
      readonly note: string;
      readonly by: { readonly id: string; readonly name: string };
    },
  ): Promise<void>;
}
