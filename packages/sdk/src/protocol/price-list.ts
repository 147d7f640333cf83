import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { type Amount, Currency } from './money.ts';
import { Empty, Id, Instant } from './primitives.ts';

/** How hard a case was; each has its price per unit of work. Plain values: widgets take this list along. */
export const DIFFICULTIES = ['simple', 'normal', 'hard', 'expert'] as const;
export const Difficulty = z.enum(DIFFICULTIES);
export type Difficulty = z.infer<typeof Difficulty>;

/** For how many years a service may be renewed at once. */
export const RENEWAL_YEARS = [1, 2, 3] as const;
export const RenewalYears = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type RenewalYears = z.infer<typeof RenewalYears>;

/** Whole units of work; how long one is says the price list. */
export const WorkQuantity = z.int().check(z.gte(1), z.lte(1000));

/** A trillion of the smallest unit: a thousand units of it are still counted exactly. */
const Price = z.int().check(z.nonnegative(), z.lte(1_000_000_000_000));

export const RenewalPrices = z.object({
  /** The device type. */
  typeId: Id,
  /** Null: not sold for this time. */
  prices: z.object({ 1: z.nullable(Price), 2: z.nullable(Price), 3: z.nullable(Price) }),
});
export type RenewalPrices = z.infer<typeof RenewalPrices>;

const content = {
  currency: Currency,
  /** How many minutes one unit of work is. */
  unitMinutes: z.int().check(z.gte(1), z.lte(480)),
  /** What one unit of work costs, by difficulty. */
  work: z.object({ simple: Price, normal: Price, hard: Price, expert: Price }),
  renewals: z.array(RenewalPrices).check(z.maxLength(500)),
};

export const PriceListContent = z.object(content);
export type PriceListContent = z.infer<typeof PriceListContent>;

/** A version of the prices. Once published it never changes: each charge keeps the version it was priced by. */
export const PriceList = z.object({
  ...content,
  id: Id,
  state: z.enum(['draft', 'published']),
  /** 1, 2, 3 … in the order of publishing; a draft has none yet. */
  version: z.nullable(z.int()),
  /** Counts how often the draft was saved: what is published is what was read. */
  revision: z.int(),
  /** From then on it holds, until a later one does. */
  validFrom: z.nullable(Instant),
  updatedAt: Instant,
  publishedAt: z.nullable(Instant),
});
export type PriceList = z.infer<typeof PriceList>;

/**
 * The version that holds at an instant: of those that have begun, the one that began last; of two that begin at the same
 * instant, the one published later, so that a mistake can be replaced before it takes effect.
 */
export function priceListAt<T extends Pick<PriceList, 'validFrom' | 'version'>>(
  lists: readonly T[],
  at: Date,
): T | undefined {
  let best: T | undefined;
  for (const list of lists) {
    if (list.validFrom === null || list.version === null || Date.parse(list.validFrom) > at.getTime()) continue;
    const later =
      best === undefined ||
      Date.parse(list.validFrom) > Date.parse(best.validFrom ?? '') ||
      (Date.parse(list.validFrom) === Date.parse(best.validFrom ?? '') && list.version > (best.version ?? 0));
    if (later) best = list;
  }
  return best;
}

/** What a piece of work costs: difficulty × quantity. */
export function priceOfWork(
  list: Pick<PriceListContent, 'work' | 'currency'>,
  difficulty: Difficulty,
  quantity: number,
): Amount {
  if (!WorkQuantity.safeParse(quantity).success) throw new RangeError('Work is counted in whole units, 1 to 1000.');
  return { amount: list.work[difficulty] * quantity, currency: list.currency };
}

/** What a renewal costs; undefined when it is not sold. */
export function renewalPriceIn(
  list: Pick<PriceListContent, 'renewals' | 'currency'>,
  typeId: string,
  years: RenewalYears,
): Amount | undefined {
  const amount = list.renewals.find((entry) => entry.typeId === typeId)?.prices[years] ?? null;
  return amount === null ? undefined : { amount, currency: list.currency };
}

const keepers = ['manager'] as const;

export const priceLists = {
  list: endpoint({
    method: 'GET',
    path: '/price-lists',
    summary: 'All versions of the prices, the draft first, then the latest',
    access: keepers,
    input: z.object({}),
    output: z.object({
      priceLists: z.array(PriceList),
      /** The one that holds now. */
      current: z.nullable(Id),
      /** The currency of the house. */
      currency: Currency,
    }),
  }),
  current: endpoint({
    method: 'GET',
    path: '/price-lists/current',
    summary: 'The prices that hold now',
    access: ['buyer', 'technician', 'agent', 'supervisor', 'manager'],
    input: z.object({}),
    output: z.object({ priceList: z.nullable(PriceList) }),
  }),
  saveDraft: endpoint({
    method: 'PUT',
    path: '/price-lists/draft',
    summary: 'Save the draft of the next version; there is one at a time',
    access: keepers,
    input: z.object({
      ...content,
      /** The revision that was read; null when there was no draft. */
      revision: z.nullable(z.int()),
    }),
    output: PriceList,
    problems: ['price-list-changed', 'other-currency'],
  }),
  discardDraft: endpoint({
    method: 'DELETE',
    path: '/price-lists/draft',
    summary: 'Drop the draft',
    access: keepers,
    input: z.object({}),
    output: Empty,
  }),
  publish: endpoint({
    method: 'POST',
    path: '/price-lists/draft/publish',
    summary: 'Publish the draft as it was read: from the given instant it holds, and never changes again',
    access: keepers,
    input: z.object({
      revision: z.int(),
      /** @default now */
      validFrom: z.optional(Instant),
    }),
    output: PriceList,
    problems: ['price-list-changed', 'publish-in-past'],
  }),
} as const;
