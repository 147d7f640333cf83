import '../../define/customer-form.ts';
import { normalizeNumber } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { customer, hamid, mina } from '../../testing/fixtures.ts';
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
import type { CwCustomerForm } from './customer-form.ts';

describe('cw-customer-form', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('customers.get', () => customer);
    desk.answer('customers.create', () => ({ ...customer, username: '31415' }));
    desk.answer('customers.update', () => customer);
  });
  afterEach(unmountAll);

  const type = (form: CwCustomerForm, id: string, value: string) => {
    const control = inside<HTMLInputElement>(form, `#${id}`);
    control.value = value;
    control.dispatchEvent(new InputEvent('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const submit = async (form: CwCustomerForm) => {
    inside<HTMLFormElement>(form, 'form').requestSubmit();
    await settled(form);
  };
  const fill = (form: CwCustomerForm) => {
    type(form, 'name', ' سارا احمدی ');
    type(form, 'nationalCode', '۰۰۸۴۵۷۵۹۴۸');
    type(form, 'number1', '۰۹۱۲ ۳۴۵ ۶۷۸۹');
  };
  const errorAt = (form: CwCustomerForm, id: string) => form.shadowRoot?.querySelector(`#${id}-error`)?.textContent;

  it('creates a customer with everything that was typed, under one idempotency key', async () => {
    const form = await mount('cw-customer-form', desk);
    fill(form);
    type(form, 'username', '۳۱۴۱۵');
    type(form, 'kind', 'both');
    type(form, 'responder1', mina.id);
    type(form, 'responder2', hamid.id);
    button(form, 'Add a question').click();
    await settled(form);
    type(form, 'question0', 'شهر تولد؟');
    type(form, 'answer0', 'شیراز');
    let told = '';
    form.addEventListener('cw-customer', ({ customer: stored, created }) => (told = `${stored.username} ${created}`));
    await submit(form);
    const [input, options] = desk.given('customers.create')[0] ?? [];
    expect(input).to.deep.include({
      name: 'سارا احمدی',
      kind: 'both',
      nationalCode: '0084575948',
      numbers: ['۰۹۱۲ ۳۴۵ ۶۷۸۹'],
      responders: [mina.id, hamid.id],
      contractSignedOn: null,
      questions: [{ text: 'شهر تولد؟', answer: 'شیراز' }],
    });
    expect((options as { idempotencyKey: string }).idempotencyKey).to.match(/^[0-9a-f-]{36}$/);
    expect(told).to.equal('31415 true');
    expect(textOf(form)).to.include('Username: 31415').and.include('The PIN is the initial one');
    expect(form.dirty).to.equal(false);
  });

  it('repeats a lost attempt under the same key, and uses another after a change', async () => {
    desk.fail('customers.create', 'network');
    const form = await mount('cw-customer-form', desk);
    fill(form);
    await submit(form);
    await submit(form);
    type(form, 'name', 'دیگری');
    await submit(form);
    const keys = desk
      .given('customers.create')
      .map(([, options]) => (options as { idempotencyKey: string }).idempotencyKey);
    expect(keys[0] === keys[1]).to.equal(true);
    expect(keys[1] === keys[2]).to.equal(false);
    expect(textOf(form)).to.include('what you typed is kept');
    expect(inside<HTMLInputElement>(form, '#nationalCode').value).to.equal('۰۰۸۴۵۷۵۹۴۸');
  });

  it('answers to security questions do not stay on the page once they are stored', async () => {
    const form = await mount('cw-customer-form', desk);
    fill(form);
    button(form, 'Add a question').click();
    await settled(form);
    type(form, 'question0', 'شهر تولد؟');
    type(form, 'answer0', 'شیراز');
    await submit(form);
    expect(form.shadowRoot?.querySelectorAll('[id^=answer]')).to.have.length(0);
    expect(textOf(form)).to.include('3 security questions are stored.');
  });

  it('checks in the page, says it at the field, and goes to the first one', async () => {
    const form = await mount('cw-customer-form', desk);
    type(form, 'nationalCode', '0084575949');
    type(form, 'number1', 'abc');
    type(form, 'username', '123');
    await submit(form);
    expect(desk.given('customers.create')).to.have.length(0);
    expect(errorAt(form, 'name')).to.equal('Fill this in.');
    expect(errorAt(form, 'nationalCode')).to.equal('This is not a national code. Check all 10 digits.');
    expect(errorAt(form, 'number1')).to.include('not a telephone number');
    expect(errorAt(form, 'username')).to.include('exactly 5 digits');
    expect(textOf(form)).to.include('4 fields need correcting.');
    expect(form.shadowRoot?.activeElement?.id).to.equal('name');
    expect(inside(form, '#nationalCode').getAttribute('aria-describedby')).to.equal('nationalCode-error');
  });

  it('says nothing of a field before it is left', async () => {
    const form = await mount('cw-customer-form', desk);
    type(form, 'nationalCode', '12');
    await settled(form);
    expect(errorAt(form, 'nationalCode')).to.equal(undefined);
    inside(form, '#nationalCode').dispatchEvent(new FocusEvent('blur'));
    await settled(form);
    expect(errorAt(form, 'nationalCode')).to.include('not a national code');
  });

  it('shows a number as it will be stored', async () => {
    const form = await mount('cw-customer-form', desk);
    type(form, 'number1', '0912 345 6789');
    await settled(form);
    expect(textOf(form)).to.include('Stored as +989123456789');
  });

  it('refuses the same responder twice, and half a question', async () => {
    const form = await mount('cw-customer-form', desk);
    fill(form);
    type(form, 'responder1', mina.id);
    type(form, 'responder2', mina.id);
    button(form, 'Add a question').click();
    await settled(form);
    type(form, 'question0', 'شهر تولد؟');
    await submit(form);
    expect(errorAt(form, 'responder2')).to.equal('Choose a different second responder.');
    expect(textOf(form)).to.include('A question needs its text and its answer.');
    expect(desk.given('customers.create')).to.have.length(0);
  });

  it('takes at most ten questions', async () => {
    const form = await mount('cw-customer-form', desk);
    for (let count = 0; count < 10; count++) {
      button(form, 'Add a question').click();
      await settled(form);
    }
    expect(textOf(form)).to.include('no more fit');
    button(form, 'Remove question 10').click();
    await settled(form);
    expect(button(form, 'Add a question').disabled).to.equal(false);
  });

  it('puts what the server refuses at its field, and keeps the rest', async () => {
    desk.fail('customers.create', 'invalid-input', {
      fields: [
        { path: 'numbers.1', message: 'is not a number' },
        { path: 'branch', message: 'too long' },
      ],
    });
    const form = await mount('cw-customer-form', desk);
    fill(form);
    type(form, 'number2', '02181021380');
    await submit(form);
    expect(errorAt(form, 'number2')).to.include('not a telephone number');
    expect(errorAt(form, 'branch')).to.equal('Write the branch.');
    expect(form.shadowRoot?.activeElement?.id).to.equal('number2');
    type(form, 'number2', '02181021381');
    await settled(form);
    expect(errorAt(form, 'number2')).to.equal(undefined);
  });

  it('names a taken username at the username', async () => {
    desk.fail('customers.create', 'username-taken');
    const form = await mount('cw-customer-form', desk);
    fill(form);
    type(form, 'username', '10234');
    await submit(form);
    expect(errorAt(form, 'username')).to.include('This username is taken.');
  });

  it('edits: loads, sends the changes, never the questions', async () => {
    const form = await mount('cw-customer-form', desk, { customerId: customer.id });
    expect(inside<HTMLInputElement>(form, '#name').value).to.equal(customer.name);
    expect(inside<HTMLInputElement>(form, '#username').disabled).to.equal(true);
    type(form, 'name', 'سارا محمدی');
    await submit(form);
    const [id, changes] = desk.given('customers.update')[0] ?? [];
    expect(id).to.equal(customer.id);
    expect(changes).to.deep.include({ name: 'سارا محمدی', contractSignedOn: customer.contractSignedOn });
    expect(changes).not.to.have.any.keys('questions', 'username');
    expect(textOf(form)).to.include('Saved.');
  });

  it('asks once before unsaved changes are left', async () => {
    const form = await mount('cw-customer-form', desk);
    let left = 0;
    form.addEventListener('cw-cancel', () => left++);
    type(form, 'name', 'x');
    await settled(form);
    const unload = new Event('beforeunload', { cancelable: true });
    dispatchEvent(unload);
    expect(unload.defaultPrevented).to.equal(true);
    button(form, 'Cancel').click();
    await settled(form);
    expect(textOf(form)).to.include('There are unsaved changes.');
    expect(left).to.equal(0);
    button(form, 'Keep editing').click();
    await settled(form);
    expect(inside<HTMLInputElement>(form, '#name').value).to.equal('x');
    button(form, 'Cancel').click();
    await settled(form);
    button(form, 'Discard changes').click();
    await settled(form);
    expect(left).to.equal(1);
    expect(inside<HTMLInputElement>(form, '#name').value).to.equal('');
  });

  it('takes the contract’s day in the Jalali calendar', async () => {
    const form = await mount('cw-customer-form', desk, {}, { lang: 'fa' });
    fill(form);
    const field = inside(form, 'cw-day-field');
    await settled(field);
    for (const [id, value] of [
      ['day', '۱'],
      ['month', '9'],
      ['year', '۱۴۰۵'],
    ] as const)
      inside<HTMLInputElement>(field, `#${id}`).value = value;
    inside(field, '#year').dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(form);
    await submit(form);
    expect(desk.given('customers.create')[0]?.[0]).to.deep.include({ contractSignedOn: '2026-11-22' });
  });

  it('writes stored codes and numbers in the digits of the reader', async () => {
    const form = await mount('cw-customer-form', desk, { customerId: customer.id }, { lang: 'fa' });
    expect(inside<HTMLInputElement>(form, '#nationalCode').value).to.equal('۰۰۸۴۵۷۵۹۴۸');
    expect(inside<HTMLInputElement>(form, '#number1').value).to.match(/^\+[۰-۹]+$/);
    expect(form.dirty).to.equal(false);
    type(form, 'name', 'سارا محمدی');
    await submit(form);
    expect(desk.given('customers.update')[0]?.[1]).to.deep.include({
      nationalCode: customer.nationalCode,
      numbers: customer.numbers.map((number) => number.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? '')),
    });
    expect(
      customer.numbers
        .map((number) => number.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? ''))
        .map((number) => normalizeNumber(number)),
    ).to.deep.equal(customer.numbers);
  });

  it('says when the customer cannot be loaded', async () => {
    desk.fail('customers.get', 'not-found');
    expect(textOf(await mount('cw-customer-form', desk, { customerId: 'cus_nobody' }))).to.include(
      'This customer could not be loaded.',
    );
  });

  it('is accessible, with and without errors, in both directions and schemes', async () => {
    const form = await mount('cw-customer-form', desk);
    button(form, 'Add a question').click();
    await settled(form);
    await expectAccessibleEverywhere(form);
    await submit(form);
    await expectAccessibleEverywhere(form);
  });

  it('keeps its looks under the page’s worst rules, without inline styles', async () => {
    const form = await mount('cw-customer-form', desk, {}, { width: 700 });
    expectNoInlineStyles(form);
    await expectUnharmedByPageCss(form);
  });
});
