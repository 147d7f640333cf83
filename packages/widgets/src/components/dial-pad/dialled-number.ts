import { CZECHIA, IRAN, type NumberingPlan, toAsciiDigits } from '@callweave/sdk/protocol';

/** Longest that is kept: 15 digits of E.164, `00`, and some to be told that it is too long. */
const LONGEST = 20;

/** Country codes of one and of two digits; all others have three. */
const SHORT_CODES = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** A text with the place of the caret in it. */
export interface Typed {
  readonly text: string;
  readonly caret: number;
}

/** What of a text is dialled, in ASCII: digits, `*`, `#`, and a `+` at its beginning. */
export function significant(text: string): string {
  const kept = toAsciiDigits(text)
    .replace(/\uff0b/g, '+')
    .replace(/[^\d*#+]/g, '');
  return (kept.slice(0, 1) + kept.slice(1).replaceAll('+', '')).slice(0, LONGEST);
}

/** The numbering plan that a number of ours belongs to: how its user writes numbers without a country code. */
export function planOfNumber(e164: string | undefined): NumberingPlan | undefined {
  return [IRAN, CZECHIA].find(({ countryCode }) => e164?.startsWith(`+${countryCode}`));
}

/** In groups, as people of the plan write numbers. Codes with `*` and `#` stay as they are. */
export function groupDialled(dialled: string, plan: NumberingPlan | undefined): string {
  if (/[*#]/.test(dialled)) return dialled;
  const prefix = dialled.startsWith('+') ? '+' : dialled.startsWith('00') ? '00' : '';
  if (prefix === '') return groups(dialled, nationalGroups(dialled, plan));
  const digits = dialled.slice(prefix.length);
  const code = SHORT_CODES.exec(digits)?.[0] ?? digits.slice(0, 3);
  const home = [IRAN, CZECHIA].find(({ countryCode }) => countryCode === code || digits.startsWith(countryCode));
  const country = home?.countryCode ?? code;
  const rest = digits.slice(country.length);
  const grouped = groups(rest, home === IRAN ? (rest.startsWith('9') ? [3, 3, 4] : [2, 4, 4]) : []);
  return prefix + country + (grouped === '' ? '' : ` ${grouped}`);
}

function nationalGroups(dialled: string, plan: NumberingPlan | undefined): readonly number[] {
  if (plan !== IRAN) return [];
  if (dialled.startsWith('09')) return [4, 3, 4];
  if (dialled.startsWith('0')) return [3, 4, 4];
  return dialled.startsWith('9') ? [3, 3, 4] : [4, 4];
}

/** Sizes of the groups in turn; what is left over in threes. */
function groups(digits: string, sizes: readonly number[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= digits.length) break;
    parts.push(digits.slice(at, at + size));
    at += size;
  }
  for (; at < digits.length; at += 3) parts.push(digits.slice(at, at + 3));
  return parts.join(' ');
}

/** After an edit: grouped anew, with the caret behind the same digit as before. */
export function regroup({ text, caret }: Typed, plan: NumberingPlan | undefined): Typed {
  const before = significant(text.slice(0, caret)).length;
  const grouped = groupDialled(significant(text), plan);
  return { text: grouped, caret: placeBehind(grouped, before) };
}

/**
 * What a person meant who deleted a space between two groups: the digit beside it, since the space would be back at once.
 * @param before what stood there
 * @param after what the browser made of it
 */
export function deleteBeside(before: string, after: Typed, direction: 'backward' | 'forward'): Typed {
  if (significant(before) !== significant(after.text)) return after;
  const at = significant(after.text.slice(0, after.caret)).length;
  const digits = significant(after.text);
  const drop = direction === 'backward' ? at - 1 : at;
  if (drop < 0) return after;
  const text = digits.slice(0, drop) + digits.slice(drop + 1);
  return { text, caret: direction === 'backward' ? drop : at };
}

/** Puts what was keyed in place of the selection. */
export function insert(text: string, start: number, end: number, keyed: string): Typed {
  return { text: text.slice(0, start) + keyed + text.slice(end), caret: start + keyed.length };
}

/** Behind the n-th significant character. */
function placeBehind(grouped: string, count: number): number {
  let seen = 0;
  for (let index = 0; index <= grouped.length; index++) {
    if (seen === count) return index;
    if (grouped[index] !== ' ') seen++;
  }
  return grouped.length;
}
