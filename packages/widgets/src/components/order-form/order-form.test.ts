import '../../define/order-form.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { foolad, order, steelContract } from '../../testing/fixtures.ts';
import {
  button,
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  expectUnharmedByPageCss,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import { CwDayEvent } from '../day-field/day-field.events.ts';
import { CwInstrumentEvent } from '../instrument-picker/instrument-picker.events.ts';
import type { CwOrderForm } from './order-form.ts';
import { EMPTY_DRAFT, parseTerms, readWholeNumber } from './terms-draft.ts';

describe('terms as they are typed', () => {
  for (const [text, value] of [
    ['10000', 10_000],
    ['۱۰٬۰۰۰', 10_000],
    ['10,000', 10_000],
    ['10 000', 10_000],
    ['10.000', 10_000],
    ['٢٥', 25],
    ['', undefined],
    ['1.5', undefined],
    ['-3', undefined],
    ['12abc', undefined],
  ] as const)
    it(`reads "${text}" as ${value}`, () => expect(readWholeNumber(text)).to.equal(value));

  it('names every field that is wrong', () => {
    expect(
      parseTerms({ ...EMPTY_DRAFT, quantity: '0', validity: 'until', until: '2020-01-01' }, '2026-11-22'),
    ).to.deep.equal({
      ok: false,
      problems: { instrument: 'required', quantity: 'whole-number', price: 'required', until: 'past-day' },
    });
    expect(
      parseTerms({ ...EMPTY_DRAFT, instrument: steelContract, quantity: '23', priceKind: 'market' }, '2026-11-22'),
    ).to.deep.equal({ ok: false, problems: { quantity: 'lot' } });
  });
});

describe('cw-order-form', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const type = async (form: CwOrderForm, id: string, text: string) => {
    const input = inside<HTMLInputElement>(form, `#${id}`);
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(form);
  };
  const choose = async (form: CwOrderForm) => {
    inside(form, 'cw-instrument-picker').dispatchEvent(new CwInstrumentEvent(foolad));
    await settled(form);
  };
  const save = async (form: CwOrderForm) => {
    inside<HTMLFormElement>(form, 'form').requestSubmit();
    await settled(form);
  };

  it('notes a request in the call and tells the page', async () => {
    const draft = order();
    desk.answer('orders.draft', () => draft);
    const form = await mount('cw-order-form', desk, { callId: 'call_1', section: 'securities' });
    let saved: unknown;
    form.addEventListener('cw-order-saved', (event) => (saved = event.order));
    await choose(form);
    await type(form, 'quantity', '۱۰٬۰۰۰');
    await type(form, 'price', '5210');
    expect(textOf(form)).to.include('Value 52,100,000 rial');
    await save(form);
    expect(desk.given('orders.draft')).to.deep.equal([
      [
        'call_1',
        {
          side: 'buy',
          instrumentCode: foolad.code,
          quantity: 10_000,
          price: { kind: 'limit', rial: 5210 },
          validity: { kind: 'day' },
        },
      ],
    ]);
    expect(saved).to.equal(draft);
  });

  it('says at each field what is missing, and sends nothing', async () => {
    const form = await mount('cw-order-form', desk, { callId: 'call_1' });
    await save(form);
    expect(desk.commands.filter(({ name }) => name.startsWith('orders.'))).to.deep.equal([]);
    expect(form.shadowRoot?.querySelectorAll('.field-error')).to.have.length(2);
    expect(inside(form, 'cw-instrument-picker').getAttribute('problem')).to.equal('Fill this in.');
  });

  it('keeps what was typed when saving fails, and says why', async () => {
    desk.fail('orders.draft', 'wrong-section');
    const form = await mount('cw-order-form', desk, { callId: 'call_1' });
    await choose(form);
    await type(form, 'quantity', '5');
    inside<HTMLInputElement>(form, 'input[value=market]').click();
    await settled(form);
    await save(form);
    expect(inside(form, '[role=alert]').textContent).to.have.length.above(10);
    expect(inside<HTMLInputElement>(form, '#quantity').value).to.equal('5');
  });

  it('shows the complaint of the server at its field', async () => {
    desk.fail('orders.draft', 'invalid-input', {
      fields: [{ path: 'terms.quantity', message: 'must be a multiple of 22' }],
    });
    const form = await mount('cw-order-form', desk, { callId: 'call_1' });
    await choose(form);
    await type(form, 'quantity', '5');
    await type(form, 'price', '5');
    await save(form);
    expect(inside(form, '#quantity-about').textContent).to.equal('must be a multiple of 22');
  });

  it('corrects a draft and changes an earlier order, each by its own command', async () => {
    const earlier = order('announced');
    const edit = await mount('cw-order-form', desk, { mode: 'edit', order: order('draft'), callId: 'call_1' });
    await type(edit, 'quantity', '7');
    await save(edit);
    expect(desk.given('orders.edit')[0]?.[1]).to.include({ quantity: 7 });
    const change = await mount('cw-order-form', desk, { mode: 'change', order: earlier, callId: 'call_2' });
    expect(textOf(change)).to.include(`Change of request ${earlier.number}`);
    await type(change, 'quantity', '8');
    await save(change);
    expect(desk.given('orders.draftChange')[0]?.slice(0, 2)).to.deep.equal([earlier.id, 'call_2']);
  });

  it('a newer version of the order does not wipe out what is being typed', async () => {
    const draft = order('draft');
    const form = await mount('cw-order-form', desk, { mode: 'edit', order: draft, callId: 'call_1' });
    await type(form, 'quantity', '77');
    form.order = { ...draft, updatedAt: new Date().toISOString() };
    await settled(form);
    expect(inside<HTMLInputElement>(form, '#quantity').value).to.equal('77');
  });

  it('takes the last day of validity in the calendar of the language', async () => {
    const dated = order('draft', { terms: { ...order().terms, validity: { kind: 'until', day: '2027-03-01' } } });
    const form = await mount('cw-order-form', desk, { mode: 'edit', order: dated, callId: 'call_1' }, { lang: 'fa' });
    const field = inside(form, 'cw-day-field');
    await settled(field);
    expect(
      [...(field.shadowRoot?.querySelectorAll<HTMLInputElement>('input') ?? [])].map(({ value }) => value),
    ).to.deep.equal(['۱۰', '۱۴۰۵']);
    field.dispatchEvent(new CwDayEvent('2027-03-20'));
    await settled(form);
    await save(form);
    expect(desk.given('orders.edit')[0]?.[1]).to.deep.include({ validity: { kind: 'until', day: '2027-03-20' } });
  });

  it('is left by Escape or Cancel', async () => {
    const form = await mount('cw-order-form', desk);
    let left = 0;
    form.addEventListener('cw-order-form-close', () => left++);
    inside(form, '#quantity').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    button(form, 'Cancel').click();
    expect(left).to.equal(2);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const form = await mount('cw-order-form', desk, {
      mode: 'edit',
      order: order('draft', { terms: { ...order().terms, validity: { kind: 'until', day: '2027-01-01' } } }),
    });
    await expectAccessibleEverywhere(form);
    expectNoInlineStyles(form);
    await expectUnharmedByPageCss(form);
  });
});
