import { expect } from 'chai';
import { formatsOf } from './formats.ts';

describe('formats', () => {
  const fa = formatsOf('fa');
  const en = formatsOf('en');
  const cs = formatsOf('cs');

  it('writes Jalali days with Persian digits', () => {
    expect(fa.day('2026-11-22')).to.include('۱۴۰۵').and.include('آذر');
    expect(en.day('2026-11-22')).to.equal('22 November 2026');
    expect(cs.day('2026-11-22')).to.equal('22. listopadu 2026');
  });

  it('writes numbers and money', () => {
    expect(fa.rial(5210)).to.equal('۵٬۲۱۰');
    expect(en.number(10_000)).to.equal('10,000');
    expect(fa.percent(0.6)).to.match(/۶۰/);
  });

  it('writes durations that never shift', () => {
    expect([en.duration(-5), en.duration(7_900), en.duration(192_000), en.duration(3_792_000)]).to.deep.equal([
      '0:00',
      '0:07',
      '3:12',
      '1:03:12',
    ]);
    expect(fa.duration(192_000)).to.equal('۳:۱۲');
  });

  it('groups telephone numbers as people know them', () => {
    expect(en.phone('+989123456789')).to.equal('0912 345 6789');
    expect(fa.phone('+982181021380')).to.equal('۰۲۱ ۸۱۰۲ ۱۳۸۰');
    expect(cs.phone('+420603123456')).to.equal('+420 603 123 456');
  });
});
