import * as z from 'zod/mini';
import { IRAN, type NumberingPlan, normalizeNumber } from './phone-number.ts';
import { toAsciiDigits } from './text.ts';

/**
 * Numbers of rescue services. Never dialled for anybody: who needs them must reach them from their own telephone, which
 * shows where they are and carries no number that belongs to somebody else.
 */
export const EMERGENCY_NUMBERS: readonly string[] = [
  // Iran: police, ambulance, fire, Red Crescent, social emergencies, power, water, gas.
  ...['110', '115', '125', '112', '123', '121', '122', '194'],
  // Czechia: the common number, fire, ambulance, municipal police, police.
  ...['112', '150', '155', '156', '158'],
  // What a mobile telephone treats as such everywhere.
  ...['911', '999'],
];

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

/** What may be dialled. Written by managers; checked by the server alone. */
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

export const DialCheck = z.enum(['allowed', 'emergency', 'premium', 'country', 'not-listed', 'not-a-number']);
export type DialCheck = z.infer<typeof DialCheck>;

export type Dialled =
  | { readonly check: 'allowed'; readonly number: string }
  | { readonly check: Exclude<DialCheck, 'allowed'> };

/**
 * Reads a number as it was keyed, typed or pasted, and says whether the policy lets it be dialled. Rescue services are
 * looked for before anything else, in every way in which they can be written.
 */
export function readDialled(policy: DialPolicy, dialled: string, plan: NumberingPlan = IRAN): Dialled {
  if (isEmergency(dialled, plan)) return { check: 'emergency' };
  const number = normalizeNumber(dialled, plan);
  if (number === undefined) return { check: 'not-a-number' };
  if (policy.premium.some((prefix) => number.startsWith(prefix))) return { check: 'premium' };
  if (policy.countries.length > 0 && !policy.countries.some((code) => number.startsWith(`+${code}`)))
    return { check: 'country' };
  if (policy.allowed !== null && !policy.allowed.some((entry) => fits(number, entry))) return { check: 'not-listed' };
  return { check: 'allowed', number };
}

/** {@link readDialled} without the number. */
export function checkDialled(policy: DialPolicy, dialled: string, plan: NumberingPlan = IRAN): DialCheck {
  return readDialled(policy, dialled, plan).check;
}

function fits(number: string, entry: string): boolean {
  return entry.endsWith('*') ? number.startsWith(entry.slice(0, -1)) : number === entry;
}

/** `110`, `۱۱۰`, `1-1-0`, `0110`, `+98110`, `0098 110`, `021110`: a telephone network would connect all of them. */
function isEmergency(dialled: string, plan: NumberingPlan): boolean {
  const digits = toAsciiDigits(dialled).replace(/\D/g, '');
  const { countryCode, trunkPrefix, areaCode = '' } = plan;
  const heads = [
    '',
    '0',
    '00',
    countryCode,
    `00${countryCode}`,
    `${countryCode}${trunkPrefix}`,
    `00${countryCode}${trunkPrefix}`,
  ];
  if (areaCode !== '')
    heads.push(`${trunkPrefix}${areaCode}`, areaCode, `${countryCode}${areaCode}`, `00${countryCode}${areaCode}`);
  return heads.some((head) => digits.startsWith(head) && EMERGENCY_NUMBERS.includes(digits.slice(head.length)));
}
