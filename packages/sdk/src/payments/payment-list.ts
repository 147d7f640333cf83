import type { Client } from '../http/client.ts';
import type { contract } from '../protocol/contract.ts';
import type { InputOf } from '../protocol/endpoint.ts';
import type { Payment } from '../protocol/payment.ts';
import { LiveList } from '../state/live-list.ts';
import { LOADING, type Loadable, type Readable, Value } from '../state/readable.ts';

export type PaymentShow = NonNullable<InputOf<typeof contract.payments.list>['show']>;

export interface PaymentFilter {
  /** @default 'all' */
  readonly show?: PaymentShow;
  readonly customerId?: string;
}

/** Payments of all customers, the latest first. */
export interface FollowedPayments {
  readonly state: Readable<Loadable<readonly Payment[]>>;
  /** How many payments of all customers somebody has to look at; undefined until it is known. */
  readonly unsettled: Readable<number | undefined>;
  /** There may be older ones. */
  readonly more: Readable<boolean>;
  /** Brings older ones. */
  older(): Promise<void>;
  close(): void;
}

const LIMIT = 50;

const latestFirst = (a: Payment, b: Payment) => (a.id < b.id ? 1 : -1);

function belongs(payment: Payment, { show = 'all', customerId }: PaymentFilter): boolean {
  if (customerId !== undefined && payment.customerId !== customerId) return false;
  if (show === 'unsettled') return payment.unsettled !== null;
  if (show === 'surplus') return payment.unsettled === 'surplus';
  return show === 'all' || payment.paidAt !== null;
}

export class PaymentList implements FollowedPayments {
  readonly state = new Value<Loadable<readonly Payment[]>>(LOADING);
  readonly unsettled = new Value<number | undefined>(undefined);
  readonly more = new Value(false);
  readonly #client: Pick<Client, 'payments'>;
  readonly #filter: PaymentFilter;
  readonly #onClose: (list: PaymentList) => void;
  readonly #list: LiveList<Payment>;
  readonly #ends: (() => void)[];
  /** Counted by the server: it sees those that are not on the page. */
  #counting = false;
  #countAgain = false;
  #life = 0;

  constructor(client: Pick<Client, 'payments'>, filter: PaymentFilter, onClose: (list: PaymentList) => void) {
    this.#client = client;
    this.#filter = filter;
    this.#onClose = onClose;
    this.#list = new LiveList<Payment>({
      fetch: () => this.#fetch(),
      matches: (payment) => belongs(payment, filter),
      compare: latestFirst,
    });
    this.#ends = [this.#list.state.subscribe((value) => this.state.set(value)), this.#list.open()];
  }

  put(payment: Payment): void {
    this.#list.put(payment);
    void this.#count();
  }

  async older(): Promise<void> {
    const present = this.state.get();
    const last = present.status === 'ready' ? present.value.at(-1) : undefined;
    if (last === undefined) return;
    const life = this.#life;
    const page = await this.#client.payments.list({ ...this.#filter, before: last.id, limit: LIMIT });
    // Another account's, or closed, meanwhile.
    if (life !== this.#life) return;
    this.more.set(page.payments.length === LIMIT);
    for (const payment of page.payments) this.#list.put(payment);
  }

  reload(): void {
    this.#list.reload();
  }

  reset(): void {
    this.#life += 1;
    this.unsettled.set(undefined);
    this.more.set(false);
    this.#list.reset();
  }

  close(): void {
    this.#life += 1;
    for (const end of this.#ends) end();
    this.#onClose(this);
  }

  async #fetch(): Promise<readonly Payment[]> {
    const life = this.#life;
    const page = await this.#client.payments.list({ ...this.#filter, limit: LIMIT });
    if (life === this.#life) {
      this.unsettled.set(page.unsettled);
      this.more.set(page.payments.length === LIMIT);
    }
    return page.payments;
  }

  /** Many payments change at once when their time is over: they are counted once, and once more at the end. */
  async #count(): Promise<void> {
    this.#countAgain = this.#counting;
    if (this.#counting) return;
    this.#counting = true;
    const life = this.#life;
    try {
      const { unsettled } = await this.#client.payments.list({ show: 'unsettled', limit: 1 });
      if (life === this.#life) this.unsettled.set(unsettled);
    } catch {
      // The number that stands there is old; the next change asks again.
    } finally {
      this.#counting = false;
      if (this.#countAgain && life === this.#life) void this.#count();
    }
  }
}
