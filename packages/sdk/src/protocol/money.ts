import * as z from 'zod/mini';
import type { MINOR_UNITS } from './minor-units.ts';

/**
 * The monies that are charged in. A redenomination of the rial is in law: an amount always stands with its unit, and a new
 * unit would be a new code.
 */
export const Currency = z.enum(['IRR', 'CZK', 'EUR'] satisfies (keyof typeof MINOR_UNITS)[]);
export type Currency = z.infer<typeof Currency>;

/** A sum that may be owed or paid: whole smallest units (rial, haléř, cent). Toman = 10 rial is a matter of display only. */
export const Money = z.object({
  amount: z.int().check(z.gte(-Number.MAX_SAFE_INTEGER), z.lte(Number.MAX_SAFE_INTEGER)),
  currency: Currency,
});
export type Money = z.infer<typeof Money>;

/** A price, a debt, a payment: nothing or more. */
export const Amount = z.object({
  amount: z.int().check(z.nonnegative(), z.lte(Number.MAX_SAFE_INTEGER)),
  currency: Currency,
});
export type Amount = z.infer<typeof Amount>;
