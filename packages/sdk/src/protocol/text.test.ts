import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText, foldTight, hasControlCharacter, toAsciiDigits, unifyPersianLetters } from './text.ts';

describe('digits', () => {
  test.each([
    ['Persian', '۰۱۲۳۴۵۶۷۸۹'],
    ['Arabic', '٠١٢٣٤٥٦٧٨٩'],
    ['Devanagari', '०१२३४५६७८९'],
    ['Bengali', '০১২৩৪৫৬৭৮৯'],
    ['Thai', '๐๑๒๓๔๕๖๗๘๙'],
    ['Khmer', '០១២៣៤៥៦៧៨៩'],
    ['full width', '０１２３４５６７８９'],
    ['mathematical bold', '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗'],
    ['mathematical monospace', '𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿'],
    ['Adlam', '𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙'],
    ['ASCII', '0123456789'],
  ])('%s', (_script, digits) => {
    expect(toAsciiDigits(digits)).toBe('0123456789');
  });

  test('every decimal digit that Unicode knows stands for one figure, ten of each script in order', () => {
    const digits = [];
    for (let code = 0; code <= 0x10ffff; code += 1)
      if ((code < 0xd800 || code > 0xdfff) && /\p{Nd}/u.test(String.fromCodePoint(code)))
        digits.push(String.fromCodePoint(code));
    expect(digits.length).toBeGreaterThan(600);
    digits.forEach((digit, index) => expect(toAsciiDigits(digit)).toBe(String(index % 10)));
  });

  test('all else stays', () => {
    expect(toAsciiDigits('فولاد ½ Ⅷ ² x')).toBe('فولاد ½ Ⅷ ² x');
  });
});

describe('folding', () => {
  test.each([
    ['كريمي', 'کریمی'],
    ['علىرضا', 'علیرضا'],
    ['مسئول', 'مسیول'],
    ['مؤمن', 'مومن'],
    ['خانۀ', 'خانه'],
    ['خانهٔ', 'خانه'],
    ['رحمة', 'رحمه'],
    ['أحمد', 'احمد'],
    ['آزاد', 'ازاد'],
    ['مُحَمَّد', 'محمد'],
    ['محمــد', 'محمد'],
    ['می\u200cروم', 'میروم'],
    ['\u202bفولاد\u202c', 'فولاد'],
    ['ﻓﻮﻻﺩ', 'فولاد'],
    ['Nováková', 'NOVAKOVA'],
    ['Žižkov', 'zizkov'],
    ['  دو   کلمه ', 'دو کلمه'],
    ['سهم۱۲', 'سهم12'],
    ['ﬁne', 'FINE'],
    ['İzmir', 'izmir'],
  ])('%j and %j are the same', (one, other) => {
    expect(foldText(one)).toBe(foldText(other));
  });

  test.each([
    ['فولاد', 'فولادح'],
    ['کگل', 'گگل'],
    ['12', '21'],
    ['a b', 'ab'],
  ])('%j and %j are not', (one, other) => {
    expect(foldText(one)).not.toBe(foldText(other));
  });

  test('tight: without spaces and punctuation', () => {
    expect(foldTight('های‌ وب (1)')).toBe(foldTight('هایوب1'));
    expect(foldTight('St. John’s!')).toBe('stjohns');
    expect(foldTight(' — ')).toBe('');
  });

  test('folding twice changes nothing more, whatever the text', () => {
    const letters = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'يىكةأإآؤئۀھەٱ\u0654\u0651\u0640\u200c İßΣςﬁ٣۳'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(letters, (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
        expect(foldTight(foldTight(text))).toBe(foldTight(text));
        expect(unifyPersianLetters(unifyPersianLetters(text))).toBe(unifyPersianLetters(text));
      }),
      { numRuns: 2000 },
    );
  });
});

test('control characters are seen, others are not', () => {
  for (const text of ['a\rb', 'a\nb', '\u0000', '\u007f', '\u0085']) expect(hasControlCharacter(text)).toBe(true);
  for (const text of ['زهرا کریمی', 'می‌روم', 'Jana "N"', '']) expect(hasControlCharacter(text)).toBe(false);
});
