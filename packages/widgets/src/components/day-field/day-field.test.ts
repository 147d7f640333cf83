import '../../define/day-field.ts';
import { expect } from 'chai';
import {
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  expectUnharmedByPageCss,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import type { CwDayField } from './day-field.ts';

describe('cw-day-field', () => {
  afterEach(unmountAll);

  const type = async (field: CwDayField, parts: Record<string, string>) => {
    for (const [id, value] of Object.entries(parts)) inside<HTMLInputElement>(field, `#${id}`).value = value;
    inside(field, '#day').dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(field);
  };

  it('shows an ISO day in the calendar of the language', async () => {
    const field = await mount('cw-day-field', undefined, { label: 'روز', value: '2026-11-22' }, { lang: 'fa' });
    expect(inside<HTMLInputElement>(field, '#day').value).to.equal('۱');
    expect(inside<HTMLSelectElement>(field, '#month').selectedOptions[0]?.textContent).to.equal('آذر');
    expect(inside<HTMLInputElement>(field, '#year').value).to.equal('۱۴۰۵');
  });

  it('gives the ISO day of what is typed, in the digits of any script', async () => {
    const field = await mount('cw-day-field', undefined, { label: 'روز' }, { lang: 'fa' });
    const told: string[] = [];
    field.addEventListener('cw-day', ({ value }) => told.push(value));
    await type(field, { day: '۳۰', month: '12', year: '1403' });
    expect(field.value).to.equal('2025-03-20');
    await type(field, { day: '', month: '', year: '' });
    expect(told).to.deep.equal(['2025-03-20', '']);
  });

  it('says that a day does not exist, only once it is complete, and keeps what was typed', async () => {
    const field = await mount('cw-day-field', undefined, { label: 'Day' });
    await type(field, { day: '31', month: '4' });
    expect(textOf(field)).not.to.include('does not exist');
    await type(field, { year: '2026' });
    expect(field.value).to.equal('invalid');
    expect(textOf(field)).to.include('This day does not exist.');
    expect(inside<HTMLInputElement>(field, '#day').value).to.equal('31');
  });

  it('is accessible, unharmed by page CSS, and without inline styles', async () => {
    const field = await mount(
      'cw-day-field',
      undefined,
      { label: 'Day', value: '2026-11-22', error: 'Too late.' },
      { width: 360 },
    );
    await expectAccessibleEverywhere(field);
    expectNoInlineStyles(field);
    await expectUnharmedByPageCss(field);
  });
});
