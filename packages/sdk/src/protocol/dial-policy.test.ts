import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDialled, EMERGENCY_NUMBERS, readDialled } from './dial-check.ts';
import { DialPolicy, OPEN_DIAL_POLICY } from './dial-policy.ts';
import { CZECHIA, IRAN, isE164 } from './phone-number.ts';

const policy = (input: Partial<DialPolicy> = {}): DialPolicy => DialPolicy.parse(input);

describe('rescue services', () => {
  test.each([
    '110',
    '۱۱۰',
    '1 1 0',
    '1-1-5',
    '0110',
    '00112',
    '+98110',
    '98125',
    '0098 110',
    '+98 (0) 115',
    '021110',
    '+9821125',
    '*110',
    '110#',
    '911',
  ])('%j is refused in Iran', (text) => {
    expect(checkDialled(policy(), text, IRAN)).toBe('emergency');
  });

  test.each(['112', '150', '155', '158', '+420158', '00420 112', '420150'])('%j is refused in Czechia', (text) => {
    expect(checkDialled(policy(), text, CZECHIA)).toBe('emergency');
  });

  test('no list allows them', () => {
    for (const number of EMERGENCY_NUMBERS)
      for (const plan of [IRAN, CZECHIA])
        expect(
          checkDialled(
            { countries: [], allowed: [`+${plan.countryCode}${number}*`, '+1*'], premium: [] },
            number,
            plan,
          ),
        ).toBe('emergency');
  });

  test('a number that only begins or ends like one is none', () => {
    expect(checkDialled(policy(), '02188110110', IRAN)).toBe('allowed');
    expect(checkDialled(policy(), '155 123 456', CZECHIA)).toBe('allowed');
  });
});

describe('what may be dialled', () => {
  test.each([
    ['0912 345 6789', '+989123456789'],
    ['۰۲۱۸۱۰۲۱۳۸۰', '+982181021380'],
    ['0049 30 901820', '+4930901820'],
  ])('%j is read as %s', (text, number) => {
    expect(readDialled(policy(), text, IRAN)).toEqual({ check: 'allowed', number });
  });

  test.each(['', '12', 'Zahra', '09121234567,1', '+1234567890123456'])('%j is no number', (text) => {
    expect(checkDialled(policy(), text, IRAN)).toBe('not-a-number');
  });

  test.each([
    ['9099070345', IRAN],
    ['+420 900 123 456', CZECHIA],
    ['906123456', CZECHIA],
    ['+881 6123 45678', IRAN],
    ['00979 1 2345678', IRAN],
  ] as const)('%j costs more than a call', (text, plan) => {
    expect(checkDialled(policy(), text, plan)).toBe('premium');
  });

  test('premium ranges are configuration', () => {
    expect(checkDialled(policy({ premium: ['+98912'] }), '09121234567')).toBe('premium');
    expect(checkDialled(policy({ premium: [] }), '9099070345')).toBe('allowed');
  });

  test('countries', () => {
    const home = policy({ countries: ['420', '421'] });
    expect(checkDialled(home, '601234567', CZECHIA)).toBe('allowed');
    expect(checkDialled(home, '+421 901 234 567', CZECHIA)).toBe('allowed');
    expect(checkDialled(home, '+49 30 901820', CZECHIA)).toBe('country');
  });

  test('a list of numbers and of beginnings', () => {
    const list = policy({ allowed: ['+420234234399', '+42060*'] });
    expect(checkDialled(list, '234 234 399', CZECHIA)).toBe('allowed');
    expect(checkDialled(list, '601 234 567', CZECHIA)).toBe('allowed');
    expect(checkDialled(list, '234 234 390', CZECHIA)).toBe('not-listed');
    expect(checkDialled(policy({ allowed: [] }), '601 234 567', CZECHIA)).toBe('not-listed');
  });

  test('what is premium stays refused though it is listed', () => {
    expect(checkDialled(policy({ allowed: ['+420900123456'] }), '900123456', CZECHIA)).toBe('premium');
  });
});

test('a policy is checked where it is written', () => {
  expect(policy()).toEqual(OPEN_DIAL_POLICY);
  for (const bad of [{ countries: ['+98'] }, { allowed: ['0912'] }, { allowed: ['*'] }, { premium: ['900'] }])
    expect(DialPolicy.safeParse(bad).success).toBe(false);
});

test('what is allowed is always E.164 and inside the limits', () => {
  const written = fc.string({ unit: fc.constantFrom(...'0123456789۰۱۲۳۴۵۶۷۸۹+ ()-./') });
  const limited = policy({ countries: ['98'], allowed: ['+9891*', '+9821*'] });
  for (const plan of [IRAN, CZECHIA])
    fc.assert(
      fc.property(written, (text) => {
        const read = readDialled(limited, text, plan);
        if (read.check !== 'allowed') return;
        expect(isE164(read.number)).toBe(true);
        expect(read.number).toMatch(/^\+98(91|21)/);
        expect(EMERGENCY_NUMBERS).not.toContain(read.number.slice(3));
      }),
      { numRuns: 3000 },
    );
});
