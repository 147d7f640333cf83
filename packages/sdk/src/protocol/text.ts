/** Normalisation of what people type or say in several scripts, shared by search, verification and import. */

const ZERO_WIDTH_AND_MARKS = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640\p{Mn}]/gu;
const DECIMAL_DIGIT = /\p{Nd}/gu;

const isDigit = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code));

/** Every decimal digit of every script as `0`–`9` (`۱۲۳` → `123`). */
export function toAsciiDigits(text: string): string {
  return text.replace(DECIMAL_DIGIT, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    if (code >= 0x30 && code <= 0x39) return digit;
    // Unicode keeps the ten digits of a script in one run, in order; runs may follow each other without a gap.
    let zero = code;
    while (isDigit(zero - 1)) zero -= 1;
    return String((code - zero) % 10);
  });
}

/** One letter for the forms that keyboards disagree on: Arabic ye, kaf and their kin become the Persian ones. */
export function unifyPersianLetters(text: string): string {
  return text
    .replace(/[\u064a\u0649\u06d2]/g, '\u06cc')
    .replace(/\u0643/g, '\u06a9')
    .replace(/[\u0629\u06be\u06c1\u06d5]/g, '\u0647')
    .replace(/[\u0623\u0625\u0671]/g, '\u0627');
}

/**
 * The form in which two texts are compared: compatibility-composed, ASCII digits, Persian letters, no zero-width
 * characters, no diacritics or tatweel, single spaces, lower case.
 */
export function foldText(text: string): string {
  // Letters are unified after the marks have gone: «ئ» is an Arabic ye with a hamza on it, «ۀ» a he.
  const bare = toAsciiDigits(text.normalize('NFKC'))
    .normalize('NFD')
    .replace(ZERO_WIDTH_AND_MARKS, '')
    .normalize('NFC');
  return unifyPersianLetters(bare).toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** {@link foldText} without any spaces or punctuation: for symbols (`فولاد`, `ف‌ولاد`) and spoken answers. */
export function foldTight(text: string): string {
  return foldText(text).replace(/[\s\p{P}]+/gu, '');
}

/** True when the text holds a control character, which must never reach a SIP header or a log line. */
export function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
