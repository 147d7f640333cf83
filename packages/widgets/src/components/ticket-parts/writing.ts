import { type Desk, tickets } from '@callweave/sdk';
import type { TicketChange } from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { draftChanges, draftsChanged } from './draft-changes.ts';
import { DraftStore } from './draft-store.ts';
import { isUnreached, sendDraft } from './send-draft.ts';

/** Between a key and the draft in the browser. */
const PAUSE_MS = 300;

export type Sent = TicketChange | 'waiting' | undefined;

export interface WritingOptions {
  readonly desk: () => Desk | undefined;
  /** What is being written for; another key is another draft. */
  readonly key: () => string;
}

/** What a person is typing: kept as a draft of their account, and sent once. */
export class Writing implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: WritingOptions;
  readonly #session: ReadableController<ReturnType<Desk['session']['state']['get']>>;
  #store: DraftStore | undefined;
  #key = '';
  #fields: Readonly<Record<string, string>> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting = false;
  #restored = false;
  #sending = false;
  #error: unknown;

  constructor(host: ReactiveControllerHost, options: WritingOptions) {
    this.#host = host;
    this.#options = options;
    this.#session = new ReadableController(host, () => options.desk()?.session.state);
    new ReadableController(host, () => draftChanges);
    host.addController(this);
  }

  get(field: string): string {
    return this.#fields[field] ?? '';
  }

  /** It was sent, and goes by itself when there is a connection. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** What is there was typed before this page. */
  get restored(): boolean {
    return this.#restored;
  }

  get sending(): boolean {
    return this.#sending;
  }

  /** Why it was refused. */
  get error(): unknown {
    return this.#error;
  }

  set(changes: Readonly<Record<string, string>>): void {
    this.#fields = { ...this.#fields, ...changes };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), PAUSE_MS);
    this.#host.requestUpdate();
  }

  discard(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#fields = {};
    this.#waiting = this.#restored = false;
    this.#error = undefined;
    this.#store?.remove(this.#key);
    draftsChanged();
    this.#host.requestUpdate();
  }

  /** Sends it. `waiting`: it was kept, because the server was not reached. Undefined: refused, see {@link error}. */
  async send(changes: Readonly<Record<string, string>> = {}): Promise<Sent> {
    const store = this.#store;
    const feature = this.#options.desk()?.use(tickets);
    if (!store || !feature || this.#sending) return undefined;
    const key = this.#key;
    this.#fields = { ...this.#fields, ...changes };
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending = true;
    this.#error = undefined;
    this.#host.requestUpdate();
    // Before it is sent: a page that dies meanwhile sends it again under the same key, and it is done once.
    store.put(key, this.#fields, crypto.randomUUID());
    try {
      const change = await sendDraft(store, key, feature);
      if (key === this.#key) this.#forget();
      return change;
    } catch (error) {
      const kept = isUnreached(error) && store.get(key)?.sendKey != null;
      if (key === this.#key) {
        this.#waiting = kept;
        this.#error = kept ? undefined : error;
      }
      return kept ? 'waiting' : undefined;
    } finally {
      this.#sending = false;
      this.#host.requestUpdate();
    }
  }

  hostConnected(): void {
    window.addEventListener('pagehide', this.#flush);
  }

  hostUpdate(): void {
    const state = this.#session.value;
    const accountId = state?.status === 'signed-in' ? state.session.account.id : undefined;
    const key = this.#options.key();
    if (accountId !== this.#store?.accountId || key !== this.#key) {
      this.#flush();
      // Whoever comes next sees nothing of it.
      this.#forget();
      this.#error = undefined;
      this.#store = accountId === undefined ? undefined : new DraftStore(accountId);
      this.#key = key;
      const draft = this.#store?.get(key);
      this.#fields = draft?.fields ?? {};
      this.#waiting = draft?.sendKey != null;
      this.#restored = draft !== undefined;
      return;
    }
    // It was sent meanwhile, or refused and is a draft again.
    if (this.#waiting && !this.#sending) {
      const draft = this.#store?.get(key);
      if (draft === undefined) this.#forget();
      else this.#waiting = draft.sendKey !== null;
    }
  }

  hostDisconnected(): void {
    window.removeEventListener('pagehide', this.#flush);
    this.#flush();
  }

  readonly #flush = () => {
    if (this.#timer !== undefined) this.#keep();
  };

  #keep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // The session may have ended with the text still on the page: then nothing is kept.
    const state = this.#options.desk()?.session.state.get();
    if (state?.status !== 'signed-in' || state.session.account.id !== this.#store?.accountId) return;
    this.#store.put(this.#key, this.#fields);
  }

  #forget(): void {
    this.#fields = {};
    this.#waiting = this.#restored = false;
  }
}
