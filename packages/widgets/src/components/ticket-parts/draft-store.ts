/** What a person has typed and not sent yet. */
export interface Draft {
  /** What it is for: `new`, `new cus_1`, `answer tic_1`. One thing has one draft. */
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
  /**
   * Set once it was sent and nobody knows whether it arrived: it is sent again under this key as soon as there is a
   * connection, so that it is done once.
   */
  readonly sendKey: string | null;
  readonly savedAt: number;
}

/** What a draft store keeps its text in: `localStorage`, or something like it. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'callweave-drafts:';
const MOST_DRAFTS = 20;
const MOST_CHARACTERS = 60_000;
const LONGEST_MS = 14 * 86_400_000;

/**
 * Drafts of one account in this browser. Only text: a file that was not uploaded is not kept. Bounded in number, size
 * and age. A browser that keeps nothing (private window, full disk) loses drafts with the page and nothing else.
 */
export class DraftStore {
  readonly accountId: string;
  readonly #storage: DraftStorage | undefined;
  readonly #now: () => number;

  constructor(accountId: string, storage = browserStorage(), now: () => number = Date.now) {
    this.accountId = accountId;
    this.#storage = storage;
    this.#now = now;
  }

  get(key: string): Draft | undefined {
    return this.#read().find((draft) => draft.key === key);
  }

  /** Keeps what was typed; nothing but spaces is no draft. */
  put(key: string, fields: Readonly<Record<string, string>>, sendKey: string | null = null): void {
    const others = this.#read().filter((draft) => draft.key !== key);
    const isEmpty = sendKey === null && Object.values(fields).every((text) => text.trim() === '');
    this.#write(isEmpty ? others : [...others, { key, fields, sendKey, savedAt: this.#now() }]);
  }

  remove(key: string): void {
    this.#write(this.#read().filter((draft) => draft.key !== key));
  }

  /** Those to be sent, in the order in which they were given. */
  waiting(): readonly Draft[] {
    return this.#read().filter(({ sendKey }) => sendKey !== null);
  }

  /** Forgets the drafts of every account but one; of all, when somebody has signed out. */
  static forget(except?: string, storage = browserStorage()): void {
    try {
      const keys = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '');
      for (const key of keys) if (key.startsWith(PREFIX) && key !== PREFIX + except) storage?.removeItem(key);
    } catch {
      // A browser that lets nobody look keeps nothing either.
    }
  }

  #read(): readonly Draft[] {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(PREFIX + this.accountId) ?? '[]');
      const oldest = this.#now() - LONGEST_MS;
      return Array.isArray(kept) ? kept.filter(isDraft).filter(({ savedAt }) => savedAt >= oldest) : [];
    } catch {
      return [];
    }
  }

  #write(drafts: readonly Draft[]): void {
    // The oldest go first, but never one that waits to be sent.
    let kept = drafts;
    const isTooMuch = () => kept.length > MOST_DRAFTS || JSON.stringify(kept).length > MOST_CHARACTERS;
    while (kept.length > 1 && isTooMuch()) {
      const oldest = kept.find(({ sendKey }) => sendKey === null) ?? kept[0];
      kept = kept.filter((draft) => draft !== oldest);
    }
    try {
      if (kept.length === 0) this.#storage?.removeItem(PREFIX + this.accountId);
      else this.#storage?.setItem(PREFIX + this.accountId, JSON.stringify(kept));
    } catch {
      // Full: what is typed is still on the page.
    }
  }
}

/** What somebody else wrote into the storage must not reach a page. */
function isDraft(value: unknown): value is Draft {
  const { key, fields, sendKey, savedAt } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof key === 'string' &&
    typeof fields === 'object' &&
    fields !== null &&
    Object.values(fields).every((text) => typeof text === 'string') &&
    (sendKey === null || typeof sendKey === 'string') &&
    typeof savedAt === 'number'
  );
}

function browserStorage(): DraftStorage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    // A page in a sandbox without an origin.
    return undefined;
  }
}
