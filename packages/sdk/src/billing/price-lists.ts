import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { priceListsRoutes } from '../http/routes/price-lists.ts';
import type { Currency } from '../protocol/money.ts';
import type { PriceList, PriceListContent } from '../protocol/price-list.ts';
import { Loaded } from '../state/loaded.ts';
import type { Loadable, Readable } from '../state/readable.ts';

export interface PriceListsView {
  /** The draft first, then the versions, the latest first. */
  readonly priceLists: readonly PriceList[];
  /** The one that holds now. */
  readonly current: string | null;
  readonly currency: Currency;
}

/** The versions of the prices, for managers (D5). */
export interface PriceLists {
  /** Loaded on the first {@link open}. */
  readonly state: Readable<Loadable<PriceListsView>>;
  /** Begins to follow; returns the function that ends it. */
  open(): () => void;
  /** The prices that hold now; for everyone whom they concern. */
  current(): Promise<PriceList | null>;
  /** `revision`: of the draft that was read; null when there was none. */
  saveDraft(content: PriceListContent, revision: number | null): Promise<PriceList>;
  discardDraft(): Promise<void>;
  /** As it was read, from an instant on; now when it is left out. It never changes again. */
  publish(revision: number, validFrom?: Date): Promise<PriceList>;
}

export interface PriceListsManager extends PriceLists {
  reload(): void;
  reset(): void;
}

export function createPriceLists(client: Pick<Client, 'priceLists'>): PriceListsManager {
  const loaded = new Loaded<PriceListsView>(() => client.priceLists.list({}));
  const after = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer;
    await loaded.load();
    return value;
  };
  return {
    state: loaded.state,
    open: () => loaded.open(),
    reload: () => loaded.reload(),
    reset: () => loaded.reset(),
    current: async () => (await client.priceLists.current({})).priceList,
    saveDraft: (content, revision) => after(client.priceLists.saveDraft({ ...content, revision })),
    discardDraft: async () => {
      await after(client.priceLists.discardDraft({}));
    },
    publish: (revision, validFrom) =>
      after(
        client.priceLists.publish({
          revision,
          ...(validFrom === undefined ? {} : { validFrom: validFrom.toISOString() }),
        }),
      ),
  };
}

/** The versions of the prices. */
export const priceLists: Feature<PriceLists> = {
  name: 'priceLists',
  create({ clientFor, keep }) {
    const made = createPriceLists(clientFor({ priceLists: priceListsRoutes }));
    keep(made);
    return made;
  },
};
