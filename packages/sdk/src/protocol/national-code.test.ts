import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLegalId, isNationalCode } from './national-code.ts';

describe('national code', () => {
  test.each([
    '0499370899',
    '0790419904',
    '0084575948',
    '0013542419',
    '2110123451',
    '۰۴۹۹۳۷۰۸۹۹',
    '٠٤٩٩٣٧٠٨٩٩',
    ' 0499370899 ',
  ])('%j is one', (code) => {
    expect(isNationalCode(code)).toBe(true);
  });

  test.each([
    '',
    '0499370898',
    '049937089',
    '04993708990',
    '0000000000',
    '1111111111',
    '9999999999',
    '04993708a9',
    '0499-370899',
    '0499 370899',
    '+499370899',
  ])('%j is none', (code) => {
    expect(isNationalCode(code)).toBe(false);
  });

  const nine = fc.array(fc.nat(9), { minLength: 9, maxLength: 9 });

  test('exactly one check digit fits each nine digits', () => {
    fc.assert(
      fc.property(nine, (digits) => {
        const all = Array.from({ length: 10 }, (_, check) => [...digits, check].join('')).filter(
          (code) => !/^(\d)\1{9}$/.test(code),
        );
        expect(all.filter(isNationalCode).length).toBeLessThanOrEqual(1);
        if (new Set(digits).size > 1) expect(all.filter(isNationalCode)).toHaveLength(1);
      }),
    );
  });

  test('one wrong figure among the first nine is found when the check digit is not of the doubled kind', () => {
    fc.assert(
      fc.property(nine, fc.nat(8), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const code = Array.from({ length: 10 }, (_, check) => [...digits, check].join('')).find(isNationalCode);
        if (code === undefined) return;
        const wrong = [...code]
          .map((digit, index) => (index === at ? String((Number(digit) + by) % 10) : digit))
          .join('');
        const remainder = (text: string) =>
          [...text].slice(0, 9).reduce((sum, digit, index) => sum + Number(digit) * (10 - index), 0) % 11;
        // Remainders 1 and 10 share the check digit 1: the algorithm itself cannot tell those two apart.
        if ([1, 10].includes(remainder(code)) && [1, 10].includes(remainder(wrong))) return;
        expect(isNationalCode(wrong)).toBe(false);
      }),
    );
  });
});

describe('legal id', () => {
  test.each(['10380284790', '10100302746', '10861677542', '۱۰۳۸۰۲۸۴۷۹۰'])('%j is one', (id) => {
    expect(isLegalId(id)).toBe(true);
  });

  test.each(['', '10380284791', '1038028479', '103802847900', '11111111111', '1038028479x'])('%j is none', (id) => {
    expect(isLegalId(id)).toBe(false);
  });

  test('exactly one check digit fits each ten digits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 10, maxLength: 10 }), (digits) => {
        if (new Set(digits).size === 1) return;
        expect(Array.from({ length: 10 }, (_, check) => [...digits, check].join('')).filter(isLegalId)).toHaveLength(1);
      }),
    );
  });
});
