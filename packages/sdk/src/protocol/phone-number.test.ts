import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CZECHIA, IRAN, isE164, normalizeNumber } from './phone-number.ts';

describe('Iran', () => {
  test.each([
    '09121234567',
    '9121234567',
    '+989121234567',
    '00989121234567',
    '989121234567',
    '0912 123 4567',
    '0912-123-4567',
    '0912–123–4567',
    '0912\u2011123\u20114567',
    '0912.123.4567',
    '0912/123/4567',
    '(0912) 123 4567',
    '+98 (0) 912 123 4567',
    '+98 912 123 45 67',
    '＋98 912 123 4567',
    '۰۹۱۲۱۲۳۴۵۶۷',
    '٠٩١٢١٢٣٤٥٦٧',
    '۰۰۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷',
    '+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷',
    '\u202a0912 123 4567\u202c',
    '۰۹۱۲ـ۱۲۳ـ۴۵۶۷',
    '0912\u00a0123\u200c4567',
    ' 0912 1234567 ',
  ])('%j', (text) => {
    expect(normalizeNumber(text, IRAN)).toBe('+989121234567');
  });

  test.each([
    ['021 8102 1380', '+982181021380'],
    ['(021) 8102-1380', '+982181021380'],
    ['+98 21 8102 1380', '+982181021380'],
    ['81021380', '+982181021380'],
    ['۸۱۰۲ ۱۳۸۰', '+982181021380'],
    ['0311 234 5678', '+983112345678'],
    // Other countries come with their own code.
    ['+420 601 234 567', '+420601234567'],
    ['00 49 30 901820', '+4930901820'],
  ])('%j is %s', (text, expected) => {
    expect(normalizeNumber(text, IRAN)).toBe(expected);
  });

  test.each([
    '',
    '12',
    '1380',
    '0912123456',
    '091212345678',
    '+98 912 123 456',
    '+98 912 123 45678',
    '0912 123 456x',
    '09121234567,1',
    'tel:09121234567',
    '+',
    '++989121234567',
    '+0989121234567',
    '0912+1234567',
    'زهرا',
    '+1234567890123456',
    '0',
  ])('%j is none', (text) => {
    expect(normalizeNumber(text, IRAN)).toBeUndefined();
  });
});

describe('Czechia', () => {
  test.each(['601234567', '601 234 567', '+420 601 234 567', '00420601234567', '420601234567', '601-234-567'])(
    '%j',
    (text) => {
      expect(normalizeNumber(text, CZECHIA)).toBe('+420601234567');
    },
  );

  test.each(['60123456', '6012345678', '0601234567', '+420 601 234 56', '12345678'])('%j is none', (text) => {
    expect(normalizeNumber(text, CZECHIA)).toBeUndefined();
  });

  test('a number from abroad keeps its code', () => {
    expect(normalizeNumber('+98 912 123 4567', CZECHIA)).toBe('+989121234567');
  });
});

test('what comes out is E.164, and stays what it is when it goes in again', () => {
  const written = fc.string({ unit: fc.constantFrom(...'0123456789۰۱۲۳۴۵۶۷۸۹+ ()-./') });
  for (const plan of [IRAN, CZECHIA]) {
    fc.assert(
      fc.property(written, (text) => {
        const number = normalizeNumber(text, plan);
        if (number === undefined) return;
        expect(isE164(number)).toBe(true);
        expect(normalizeNumber(number, plan)).toBe(number);
      }),
      { numRuns: 3000 },
    );
  }
});

test('E.164 itself', () => {
  for (const good of ['+989121234567', '+1234567', '+123456789012345']) expect(isE164(good)).toBe(true);
  for (const bad of [
    '989121234567',
    '+0123456789',
    '+123456',
    '+1234567890123456',
    '+98 912',
    '+98912a234567',
    '+989121234567\n',
  ])
    expect(isE164(bad)).toBe(false);
});
