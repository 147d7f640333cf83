import { CZECHIA, IRAN, normalizeNumber } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { deleteBeside, groupDialled, insert, planOfNumber, regroup, significant } from './dialled-number.ts';

describe('a number while it is typed', () => {
  for (const [written, dialled] of [
    ['۰۹۱۲ ۳۴۵-۶۷۸۹', '09123456789'],
    ['٠٩١٢٣٤٥٦٧٨٩', '09123456789'],
    ['(021) 8102/1380', '02181021380'],
    ['\u202a+98 912 345 6789\u202c', '+989123456789'],
    ['＋420 234 234 390', '+420234234390'],
    ['tel:+420-601-123-456', '+420601123456'],
    ['*21#', '*21#'],
    ['1+2', '12'],
    ['1'.repeat(60), '1'.repeat(20)],
  ] as const)
    it(`reads ${written}`, () => expect(significant(written)).to.equal(dialled));

  for (const [dialled, plan, grouped] of [
    ['09123456789', IRAN, '0912 345 6789'],
    ['0912', IRAN, '0912'],
    ['09123', IRAN, '0912 3'],
    ['02181021380', IRAN, '021 8102 1380'],
    ['81021380', IRAN, '8102 1380'],
    ['+989123456789', CZECHIA, '+98 912 345 6789'],
    ['+982181021380', IRAN, '+98 21 8102 1380'],
    ['00982181021380', IRAN, '0098 21 8102 1380'],
    ['601123456', CZECHIA, '601 123 456'],
    ['+420601123456', IRAN, '+420 601 123 456'],
    ['00420601123456', CZECHIA, '00420 601 123 456'],
    ['+442079460123', undefined, '+44 207 946 012 3'],
    ['+12125550123', IRAN, '+1 212 555 012 3'],
    ['+35812345', IRAN, '+358 123 45'],
    ['+', IRAN, '+'],
    ['', IRAN, ''],
    ['*21#', CZECHIA, '*21#'],
  ] as const)
    it(`groups ${dialled || 'nothing'}`, () => expect(groupDialled(dialled, plan)).to.equal(grouped));

  it('changes no digit, whatever is typed, and is still read as the same number', () => {
    for (const number of ['+989123456789', '+982181021380', '+420601123456', '+442079460123'])
      for (const plan of [IRAN, CZECHIA])
        for (let end = 0; end <= number.length; end++) {
          const typed = number.slice(0, end);
          expect(significant(groupDialled(typed, plan))).to.equal(typed);
          expect(normalizeNumber(groupDialled(typed, plan), plan)).to.equal(normalizeNumber(typed, plan));
        }
  });

  it('keeps the caret behind the same digit', () => {
    expect(regroup({ text: '09123', caret: 5 }, IRAN)).to.deep.equal({ text: '0912 3', caret: 6 });
    // A 7 was put behind the first group of a whole number.
    expect(regroup({ text: '09127 345 678', caret: 5 }, IRAN)).to.deep.equal({ text: '0912 734 5678', caret: 6 });
    expect(regroup({ text: '0', caret: 0 }, IRAN).caret).to.equal(0);
    expect(regroup({ text: '۶۰۱۱', caret: 4 }, CZECHIA)).to.deep.equal({ text: '601 1', caret: 5 });
  });

  it('who deletes a space means the digit beside it', () => {
    expect(deleteBeside('0912 345', { text: '0912345', caret: 4 }, 'backward')).to.deep.equal({
      text: '091345',
      caret: 3,
    });
    expect(deleteBeside('0912 345', { text: '0912345', caret: 4 }, 'forward')).to.deep.equal({
      text: '091245',
      caret: 4,
    });
    const other = { text: '0912 34', caret: 7 };
    expect(deleteBeside('0912 345', other, 'backward')).to.equal(other);
  });

  it('puts a key in place of what is selected', () => {
    expect(insert('0912 345', 0, 4, '5')).to.deep.equal({ text: '5 345', caret: 1 });
  });

  it('knows how the owner of a number writes numbers', () => {
    expect(planOfNumber('+420234234501')).to.equal(CZECHIA);
    expect(planOfNumber('+982181021380')).to.equal(IRAN);
    expect(planOfNumber('+442079460123')).to.equal(undefined);
    expect(planOfNumber(undefined)).to.equal(undefined);
  });
});
