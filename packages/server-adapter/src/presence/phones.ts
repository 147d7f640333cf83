import type { Presence, ResponderDevice } from '@callweave/sdk/protocol';
import type { Store } from '../store/store.ts';
import type { DeviceState, Exchange } from '../telephony/exchange.ts';
import { systemTimers, TimerGroup, type Timers } from '../telephony/flows/timers.ts';
import type { PresencePolicy } from './policy.ts';
import { notePresence } from './refresh.ts';

const AGAIN_MS = 2_000;
/** It says by itself when it is up; asked all the same, for a driver whose one request failed. */
const WHILE_DOWN_MS = 30_000;

type PhoneState = Exclude<Presence['phone'], 'telephone'>;

export interface PhoneWatchOptions {
  readonly store: Store;
  readonly exchange: Pick<Exchange, 'subscribe' | 'deviceState'>;
  readonly policy: PresencePolicy;
  readonly timers?: Timers;
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps which browser phones are registered. The exchange tells of every change; after a start, and whenever the connection
 * was away, it is asked anew, because what changed meanwhile was told to nobody. While it is away no phone is known.
 */
export class PhoneWatch {
  readonly #options: PhoneWatchOptions;
  readonly #timers: TimerGroup;
  readonly #known = new Map<string, PhoneState>();
  #tail: Promise<void> = Promise.resolve();
  #unsubscribe = () => {};
  #stopped = false;

  constructor(options: PhoneWatchOptions) {
    this.#options = options;
    this.#timers = new TimerGroup(options.timers ?? systemTimers);
  }

  start(): void {
    this.#stopped = false;
    this.#unsubscribe = this.#options.exchange.subscribe((event) => {
      if (event.type === 'up') return this.look();
      if (event.type === 'down') return this.#enqueue(() => this.#forget());
      if (event.type !== 'device' || event.device.kind !== 'browser') return;
      const { account } = event.device;
      this.#enqueue(() => this.#note(account, event.state));
    });
    this.look();
  }

  /** Asks the exchange about every browser phone; again later while it cannot tell. */
  look(): void {
    this.#timers.cancelAll();
    this.#enqueue(async () => {
      const { store, exchange } = this.#options;
      const rows = await store.db
        .selectFrom('accounts')
        .select(['username', 'device'])
        .where('active', '=', 1)
        .execute();
      for (const { username, device } of rows) {
        if (this.#stopped) return;
        if ((JSON.parse(device) as ResponderDevice).kind !== 'browser') continue;
        await this.#note(username, await exchange.deviceState({ kind: 'browser', account: username }));
      }
    });
  }

  /** Settles when all that came so far is written. */
  drained(): Promise<void> {
    return this.#tail;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#timers.cancelAll();
    await this.#tail;
    this.#timers.cancelAll();
  }

  #enqueue(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(work).catch((error: unknown) => {
      if (this.#stopped) return;
      // The exchange or the store is away: what is true then is asked when they are back.
      this.#known.clear();
      this.#timers.cancelAll();
      if (isDown(error)) {
        // Nothing is wrong with what agents do: it has not started yet, and whoever runs it says so.
        this.#timers.after(WHILE_DOWN_MS, () => this.look());
        return this.#enqueue(() => this.#forget());
      }
      this.#options.onError(error);
      this.#timers.after(AGAIN_MS, () => this.look());
    });
  }

  /** What was known before an exchange went is true no longer. */
  async #forget(): Promise<void> {
    const { store, policy } = this.#options;
    this.#known.clear();
    const stale = store.db.selectFrom('presences').select('account_id').where('phone', '!=', 'unknown');
    if ((await stale.limit(1).execute()).length === 0) return;
    await store.write(async (tx) => {
      const rows = await tx.db
        .selectFrom('presences')
        .select('account_id')
        .where('phone', '!=', 'unknown')
        .orderBy('account_id')
        .execute();
      for (const { account_id } of rows) await notePresence(tx, policy, account_id, { phone: 'unknown' });
    });
  }

  async #note(username: string, state: DeviceState): Promise<void> {
    const phone = phoneState(state);
    if (this.#known.get(username) === phone) return;
    const { store, policy } = this.#options;
    await store.write(async (tx) => {
      const account = await tx.db
        .selectFrom('accounts')
        .select('id')
        .where('username', '=', username)
        .executeTakeFirst();
      if (account !== undefined) await notePresence(tx, policy, account.id, { phone });
    });
    this.#known.set(username, phone);
  }
}

/** By name: the driver may come from another copy of this package. */
function isDown(error: unknown): boolean {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'ExchangeError' && code === 'exchange-down';
}

function phoneState(state: DeviceState): PhoneState {
  if (state === 'unknown') return 'unknown';
  return state === 'unreachable' ? 'unregistered' : 'registered';
}
