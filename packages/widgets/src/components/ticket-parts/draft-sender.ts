import { type Desk, tickets } from '@callweave/sdk';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { draftChanges } from './draft-changes.ts';
import { DraftStore } from './draft-store.ts';
import { isUnreached, sendDraft } from './send-draft.ts';

/**
 * The drafts of whoever is signed in: sends what waits when the connection is back, and forgets drafts with the account
 * that they belong to.
 */
export class DraftSender implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk | undefined;
  readonly #session: ReadableController<ReturnType<Desk['session']['state']['get']>>;
  readonly #connection: ReadableController<ReturnType<Desk['connection']['get']>>;
  #store: DraftStore | undefined;
  #sending = false;
  #wasOnline = false;
  /** Why the last draft that was sent by itself was refused. */
  error: unknown;

  constructor(host: ReactiveControllerHost, desk: () => Desk | undefined) {
    this.#host = host;
    this.#desk = desk;
    this.#session = new ReadableController(host, () => desk()?.session.state);
    this.#connection = new ReadableController(host, () => desk()?.connection);
    new ReadableController(host, () => draftChanges);
    host.addController(this);
  }

  /** Undefined until it is known who is signed in. */
  get store(): DraftStore | undefined {
    return this.#store;
  }

  hostUpdate(): void {
    const state = this.#session.value;
    if (state?.status === 'signed-out' || state?.status === 'signed-in') {
      const id = state.status === 'signed-in' ? state.session.account.id : undefined;
      if (id === undefined || id !== this.#store?.accountId) {
        DraftStore.forget(id);
        this.#store = id === undefined ? undefined : new DraftStore(id);
        this.#wasOnline = false;
      }
    }
    const online = this.#connection.value === 'online';
    const returned = online && !this.#wasOnline;
    this.#wasOnline = online;
    if (returned) void this.#sendWaiting();
  }

  hostConnected(): void {}

  async #sendWaiting(): Promise<void> {
    const store = this.#store;
    const feature = this.#desk()?.use(tickets);
    if (!store || !feature || this.#sending) return;
    this.#sending = true;
    try {
      for (const { key } of store.waiting()) {
        // It may have gone meanwhile, or the person with it.
        if (this.#store !== store) return;
        try {
          await sendDraft(store, key, feature);
          this.error = undefined;
        } catch (error) {
          if (isUnreached(error)) return;
          this.error = error;
        }
      }
    } finally {
      this.#sending = false;
      this.#host.requestUpdate();
    }
  }
}
