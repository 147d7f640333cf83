import type { Locale, OrderTerms } from '@callweave/sdk/protocol';
import { describe, expect, test } from 'vitest';
import { readBackText, type SpokenInstruction } from './read-back-text.ts';

const folad: OrderTerms = {
  side: 'buy',
  instrumentCode: 'IRO1FOLD0001',
  quantity: 12_500,
  price: { kind: 'limit', rial: 5_120 },
  validity: { kind: 'until', day: '2026-12-01' },
};
const right: OrderTerms = {
  side: 'sell',
  instrumentCode: 'IRR1FOLD0101',
  quantity: 20,
  price: { kind: 'market' },
  validity: { kind: 'day' },
};
const order = { terms: folad, symbol: 'فولاد', number: 0 };
const original = { terms: right, symbol: 'فولادح', number: 1204 };

/** Czech groups figures with a no-break space; the test reads better without. */
const say = (locale: Locale, instruction: SpokenInstruction) =>
  readBackText(locale, instruction).replace(/[\u00a0\u202f]/g, ' ');

describe('the sentence that is read to the customer', () => {
  test('a new order', () => {
    expect(say('en', { kind: 'new', order })).toBe(
      'Your order: buy 12,500 of فولاد at 5,120 rials each, valid until 1 December 2026. Do you confirm?',
    );
    expect(say('fa', { kind: 'new', order })).toBe(
      'درخواست شما: خرید ۱۲٬۵۰۰ واحد فولاد، به قیمت هر واحد ۵٬۱۲۰ ریال، معتبر تا ۱۰ آذر ۱۴۰۵. آیا تأیید می‌کنید؟',
    );
    expect(say('cs', { kind: 'new', order })).toBe(
      'Váš pokyn: nákup, 12 500 ks فولاد, za 5 120 rialů za kus, s platností do 1. prosince 2026. Potvrzujete?',
    );
  });

  test('a change says what was and what will be, by the number of the old order', () => {
    expect(say('fa', { kind: 'change', order, original })).toBe(
      'درخواست شمارهٔ ۱۲۰۴ را تغییر می‌دهید. از این پس: خرید ۱۲٬۵۰۰ واحد فولاد، به قیمت هر واحد ۵٬۱۲۰ ریال، معتبر تا ۱۰ آذر ۱۴۰۵. پیش از این: فروش ۲۰ واحد فولادح، به قیمت بازار، با اعتبار امروز. آیا تأیید می‌کنید؟',
    );
    expect(say('cs', { kind: 'change', order, original })).toContain('Měníte pokyn číslo 1204. Nově: nákup, 12 500 ks');
    expect(say('en', { kind: 'change', order, original })).toContain(
      'Until now it was: sell 20 of فولادح at the market',
    );
  });

  test('a withdrawal', () => {
    expect(say('en', { kind: 'withdraw', order: original })).toBe(
      'You withdraw order 1204: sell 20 of فولادح at the market price, valid today. Do you confirm?',
    );
    expect(say('fa', { kind: 'withdraw', order: original })).toContain('از درخواست شمارهٔ ۱۲۰۴ انصراف می‌دهید');
    expect(say('cs', { kind: 'withdraw', order: original })).toContain('Rušíte pokyn číslo 1204: prodej, 20 ks');
  });

  test.each(['en', 'fa', 'cs'] as const)(
    '%s: every price and validity has words, and Persian has no foreign figure',
    (locale) => {
      const validities: OrderTerms['validity'][] = [
        { kind: 'day' },
        { kind: 'gtc' },
        { kind: 'fill-and-kill' },
        { kind: 'until', day: '2027-03-21' },
      ];
      const texts = validities.map((validity) =>
        say(locale, { kind: 'new', order: { ...order, terms: { ...folad, validity } } }),
      );
      expect(new Set(texts).size).toBe(validities.length);
      for (const text of texts) {
        expect(text).not.toMatch(/undefined|\[object|NaN/);
        if (locale === 'fa') expect(text).not.toMatch(/[0-9a-z]/i);
      }
    },
  );
});
