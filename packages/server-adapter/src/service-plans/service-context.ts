import type { Locale, PriceList } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { DeviceBook } from '../devices/index.ts';
import type { Payments } from '../payments/index.ts';
import type { Store } from '../store/store.ts';
import type { ChoiceListener } from './choice-rows.ts';

type Db = Store['db'];

/** What the choices of service need of others. */
export interface ServiceContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly devices: Pick<
    DeviceBook,
    'findDevice' | 'devicesOf' | 'extendService' | 'takeBackService' | 'setPerCase' | 'declineService'
  >;
  /** Undefined: nothing is paid here, so no renewal can be chosen. */
  readonly payments: Pick<Payments, 'openPayment' | 'onPaid' | 'onRefunded'> | undefined;
  readonly priceListInForce: (db: Db, at: Date) => Promise<PriceList | undefined>;
  /** The language in which a customer's receipts are. */
  readonly localeOf: (db: Db, customerId: string) => Promise<Locale>;
  readonly changed: ChoiceListener;
}
