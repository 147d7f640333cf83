import { toAsciiDigits } from './text.ts';

/**
 * Checks an Iranian national code: 10 digits, not all equal, `r = Σ dᵢ(10−i) mod 11`, check digit `r < 2 ? r : 11 − r`.
 * No prefix list is used: it would refuse codes that exist.
 */
export function isNationalCode(text: string): boolean {
  const code = toAsciiDigits(text).trim();
  if (!/^\d{10}$/.test(code) || /^(\d)\1{9}$/.test(code)) return false;
  const digits = Array.from(code, Number);
  const remainder = digits.slice(0, 9).reduce((sum, digit, index) => sum + digit * (10 - index), 0) % 11;
  return digits[9] === (remainder < 2 ? remainder : 11 - remainder);
}

const LEGAL_ID_WEIGHTS = [29, 27, 23, 19, 17];

/** Checks an Iranian legal-person id (شناسه ملی): 11 digits, cyclic weights on `dᵢ + d₁₀ + 2`, mod 11, 10 → 0. */
export function isLegalId(text: string): boolean {
  const code = toAsciiDigits(text).trim();
  if (!/^\d{11}$/.test(code) || /^(\d)\1{10}$/.test(code)) return false;
  const digits = Array.from(code, Number);
  const base = (digits[9] ?? 0) + 2;
  const sum = digits
    .slice(0, 10)
    .reduce((total, digit, index) => total + (digit + base) * (LEGAL_ID_WEIGHTS[index % 5] ?? 0), 0);
  return digits[10] === (sum % 11) % 10;
}
