import * as z from 'zod/mini';

/**
 * Prefixes in E.164 whose calls cost more than a call: premium and information services of Iran and Czechia, satellites,
 * and the international premium ranges.
 */
export const PREMIUM_PREFIXES: readonly string[] = [
  '+98909',
  '+98990999',
  ...['+420900', '+420906', '+420908', '+420909', '+420970', '+420976'],
  ...['+870', '+878', '+881', '+882', '+883', '+888', '+979'],
];

const Prefix = z.string().check(z.regex(/^\+[1-9]\d{0,14}$/, 'must be the beginning of a number in E.164, as +98909'));

/** What may be dialled. Written by managers; the server decides by it, and a page may say so beforehand. */
export const DialPolicy = z.object({
  /** Country codes without `+` that may be called; empty: every country. */
  countries: z._default(
    z.array(z.string().check(z.regex(/^[1-9]\d{0,2}$/, 'must be a country code, as 98'))).check(z.maxLength(50)),
    [],
  ),
  /** Only these: a number in E.164, or its beginning with `*` behind it; null: not limited to a list. */
  allowed: z._default(
    z.nullable(
      z
        .array(z.string().check(z.regex(/^\+[1-9]\d{0,14}\*?$/, 'must be a number in E.164, or its beginning and *')))
        .check(z.maxLength(10_000)),
    ),
    null,
  ),
  /** Beginnings of numbers that are refused for what they cost. */
  premium: z._default(z.array(Prefix).check(z.maxLength(500)), [...PREMIUM_PREFIXES]),
});
export type DialPolicy = z.infer<typeof DialPolicy>;

export const OPEN_DIAL_POLICY: DialPolicy = { countries: [], allowed: null, premium: [...PREMIUM_PREFIXES] };
