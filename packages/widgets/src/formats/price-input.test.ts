import { expect } from 'chai';
import { readPrice, writePrice } from './price-input.ts';

describe('prices as they are typed', () => {
  it('reads toman, digits of any script, separators; and writes what it reads', () => {
    expect(readPrice('250000', 'IRR')).to.equal(2_500_000);
    expect(readPrice('۲۵۰٬۰۰۰', 'IRR')).to.equal(2_500_000);
    expect(readPrice(' 250,000 ', 'IRR')).to.equal(2_500_000);
    expect(readPrice('0.5', 'IRR')).to.equal(5);
    expect(readPrice('1 234,5', 'CZK')).to.equal(123_450);
    expect(readPrice('10.05', 'EUR')).to.equal(1005);
    for (const currency of ['IRR', 'CZK', 'EUR'] as const)
      for (const amount of [0, 1, 9, 10, 99, 100, 101, 12_345_678, 999_999_999_999])
        expect(readPrice(writePrice(amount, currency), currency)).to.equal(amount);
  });

  it('refuses what is no price', () => {
    for (const typed of ['', '-1', 'a lot', '1.2.3', '1e9', '99999999999999999', '0.55'])
      expect(readPrice(typed, 'IRR'), typed).to.equal(undefined);
  });
});
