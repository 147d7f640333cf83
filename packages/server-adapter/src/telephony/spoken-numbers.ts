import type { PromptLanguage } from './exchange.ts';

/** Keys of the prompts that speak single digits: `0`–`9`. Anything else in the text is skipped. */
export function spokenDigits(digits: string): string[] {
  return [...digits].filter((digit) => digit >= '0' && digit <= '9').map((digit) => `digit-${digit}`);
}

/**
 * Keys of the prompts that speak a number in words, 0–999. Larger and negative numbers are read digit by digit: nothing
 * in a flow counts that far, and a long number is understood better that way on a telephone.
 */
export function spokenNumber(value: number, language: PromptLanguage): string[] {
  if (!Number.isInteger(value) || value < 0 || value > 999) return spokenDigits(String(value));
  if (value < 10) return [`digit-${value}`];

  const groups: string[] = [];
  const hundreds = Math.floor(value / 100) * 100;
  if (hundreds > 0) groups.push(`number-${hundreds}`);
  const rest = value % 100;
  if (rest > 0 && rest < 10) groups.push(`digit-${rest}`);
  else if (rest >= 10 && rest < 20) groups.push(`number-${rest}`);
  else if (rest >= 20) {
    groups.push(`number-${rest - (rest % 10)}`);
    if (rest % 10 > 0) groups.push(`digit-${rest % 10}`);
  }

  // Persian joins every group with "va"; English only after the hundreds; Czech not at all.
  if (language === 'fa') return groups.flatMap((key, index) => (index === 0 ? [key] : ['number-and', key]));
  if (language === 'en' && hundreds > 0 && rest > 0) return [groups[0] as string, 'number-and', ...groups.slice(1)];
  return groups;
}
