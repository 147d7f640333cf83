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

/** A `DialPolicy`, without the schema behind it: the rule is for pages too, which carry no schemas. */
export interface DialRules {
  readonly countries: readonly string[];
  readonly allowed: readonly string[] | null;
  readonly premium: readonly string[];
}

export type DialCheck = 'allowed' | 'emergency' | 'premium' | 'country' | 'not-listed' | 'not-a-number';

export type Dialled =
  | { readonly check: 'allowed'; readonly number: string }
  | { readonly check: Exclude<DialCheck, 'allowed'> };

/**
 * Reads a number as it was keyed, typed or pasted, and says whether the policy lets it be dialled. Rescue services are
 * looked for before anything else, in every way in which they can be written.
 */
export function readDialled(policy: DialRules, dialled: string, plan: NumberingPlan = IRAN): Dialled {
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
export function checkDialled(policy: DialRules, dialled: string, plan: NumberingPlan = IRAN): DialCheck {
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
