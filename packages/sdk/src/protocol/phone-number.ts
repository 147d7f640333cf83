import { toAsciiDigits } from './text.ts';

/** A telephone number in E.164: `+`, country code, subscriber number, at most 15 digits. */
const E164 = /^\+[1-9]\d{6,14}$/;

/** How a number without a country code is read. */
export interface NumberingPlan {
  /** Country calling code without `+`. */
  readonly countryCode: string;
  /** What is dialled before a national number, e.g. `0` in Iran; empty where there is none, e.g. Czechia. */
  readonly trunkPrefix: string;
  /** Length range of a national number without trunk prefix. */
  readonly nationalLength: readonly [min: number, max: number];
  /** Area code put before a local number of 7 or 8 digits, e.g. `21` for Tehran; none: local numbers are refused. */
  readonly areaCode?: string;
}

export const IRAN: NumberingPlan = { countryCode: '98', trunkPrefix: '0', nationalLength: [10, 10], areaCode: '21' };
export const CZECHIA: NumberingPlan = { countryCode: '420', trunkPrefix: '', nationalLength: [9, 9] };

/** What people put between digits: spaces, brackets, dots, slashes, every kind of dash, tatweel, and invisible marks. */
const DECORATION = /[\s()./\p{Pd}\u2212\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Brings a number as people and exchanges write it (`۰۹۱۲ ۳۴۵ ۶۷۸۹`, `0098912…`, `(021) 8102-1380`) to E.164.
 * @returns undefined when it cannot be a telephone number in this plan
 */
export function normalizeNumber(text: string, plan: NumberingPlan = IRAN): string | undefined {
  const compact = toAsciiDigits(text)
    .replace(DECORATION, '')
    .replace(/^\uff0b/, '+');
  if (!/^\+?\d+$/.test(compact)) return undefined;
  const international = compact.startsWith('+')
    ? compact
    : compact.startsWith('00')
      ? `+${compact.slice(2)}`
      : undefined;
  if (international !== undefined) {
    // "+98 (0) 912 …": the trunk prefix does not belong behind the country code.
    const home = `+${plan.countryCode}${plan.trunkPrefix}`;
    const cleaned =
      plan.trunkPrefix !== '' && international.startsWith(home)
        ? `+${plan.countryCode}${international.slice(home.length)}`
        : international;
    return E164.test(cleaned) && isPlausible(cleaned, plan) ? cleaned : undefined;
  }
  const [min, max] = plan.nationalLength;
  const fits = (national: string) => national.length >= min && national.length <= max;
  if (compact.startsWith(plan.countryCode) && fits(compact.slice(plan.countryCode.length))) return `+${compact}`;
  if (plan.trunkPrefix !== '' && compact.startsWith(plan.trunkPrefix)) {
    const national = compact.slice(plan.trunkPrefix.length);
    return fits(national) ? `+${plan.countryCode}${national}` : undefined;
  }
  if (fits(compact) && !compact.startsWith('0')) return `+${plan.countryCode}${compact}`;
  if (plan.areaCode !== undefined && /^[1-9]\d{6,7}$/.test(compact)) {
    const national = plan.areaCode + compact;
    return fits(national) ? `+${plan.countryCode}${national}` : undefined;
  }
  return undefined;
}

export function isE164(text: string): boolean {
  return E164.test(text);
}

function isPlausible(e164: string, plan: NumberingPlan): boolean {
  if (!e164.startsWith(`+${plan.countryCode}`)) return true;
  const national = e164.length - 1 - plan.countryCode.length;
  return national >= plan.nationalLength[0] && national <= plan.nationalLength[1];
}
