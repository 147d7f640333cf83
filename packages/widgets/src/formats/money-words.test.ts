import { expect } from 'chai';
import { moneyWords } from './money-words.ts';

describe('money in words', () => {
  it('says rials in toman, with the digits of the language', () => {
    expect(moneyWords({ amount: 100_000_000, currency: 'IRR' }, 'fa')).to.equal('۱۰٬۰۰۰٬۰۰۰ تومان');
    expect(moneyWords({ amount: 100_000_000, currency: 'IRR' }, 'en')).to.equal('10,000,000 toman');
  });
  it('says rial where it is no whole number of toman', () => {
    expect(moneyWords({ amount: 15, currency: 'IRR' }, 'en')).to.equal('15 rial');
  });
  it('divides other monies by their smallest unit', () => {
    expect(moneyWords({ amount: 123_456, currency: 'CZK' }, 'cs').replaceAll('\u00a0', ' ')).to.equal('1 234,56 Kč');
    expect(moneyWords({ amount: -150, currency: 'EUR' }, 'en')).to.equal('-€1.50');
  });
});
