import '../../define/customer-form.ts';
import type { Customer } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { customer, manager, mina, session } from '../../testing/fixtures.ts';
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
import { expectNothingCutOff } from '../../testing/narrow.ts';
import type { CwCustomerSecurity } from './customer-security.ts';

const locked: Customer = { ...customer, locked: true, pin: 'set' };

describe('cw-customer-security', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.session.set({ status: 'signed-in', session: session(manager) });
    desk.answer('customers.unlock', () => ({ ...locked, locked: false }));
    desk.answer('customers.resetPin', () => ({ ...locked, pin: 'initial' }));
    desk.answer('customers.setQuestions', () => customer);
  });
  afterEach(unmountAll);

  const show = (about: Customer = locked) => mount('cw-customer-security', desk, { customer: about });
  const type = async (panel: CwCustomerSecurity, id: string, value: string) => {
    const input = inside<HTMLInputElement>(panel, `#${id}`);
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(panel);
  };
  const press = async (panel: CwCustomerSecurity, name: string | RegExp) => {
    button(panel, name).click();
    await settled(panel);
  };

  it('is shown to supervisors and managers alone', async () => {
    desk.values.session.set({ status: 'signed-in', session: session(mina) });
    const panel = await show();
    expect(panel.getBoundingClientRect().height).to.equal(0);
    desk.values.session.set({
      status: 'signed-in',
      session: session({ ...mina, roles: ['agent', 'supervisor'] }),
    });
    await settled(panel);
    expect(textOf(panel)).to.include('Verification is locked');
  });

  it('releases a lock, but never without a reason', async () => {
    const panel = await show();
    let told: Customer | undefined;
    panel.addEventListener('cw-customer', (event) => (told = event.customer));
    await press(panel, 'Release the lock');
    expect(desk.given('customers.unlock')).to.have.length(0);
    expect(textOf(panel)).to.include('Write the reason.');
    expect(panel.shadowRoot?.activeElement?.id).to.equal('reason');
    await type(panel, 'reason', ' با کارت ملی در شعبه ');
    await press(panel, 'Release the lock');
    expect(desk.given('customers.unlock')).to.deep.equal([[customer.id, 'با کارت ملی در شعبه']]);
    expect(textOf(panel)).to.include('The lock has been released.').and.include('Not locked');
    expect(told?.locked).to.equal(false);
  });

  it('resets the PIN after asking once', async () => {
    const panel = await show();
    await press(panel, 'Reset the PIN…');
    expect(desk.given('customers.resetPin')).to.have.length(0);
    expect(textOf(panel)).to.include('The customer’s own PIN stops working.');
    await press(panel, 'Cancel');
    expect(textOf(panel)).not.to.include('stops working');
    await press(panel, 'Reset the PIN…');
    await press(panel, 'Reset the PIN');
    expect(desk.given('customers.resetPin')).to.deep.equal([[customer.id]]);
    expect(textOf(panel)).to.include('The initial PIN is valid again.').and.include('Initial, to be changed');
  });

  it('replaces the questions; an answer is typed once and is never on the page again', async () => {
    const panel = await show({ ...customer, questions: customer.questions.slice(0, 2) });
    await press(panel, 'Replace the questions…');
    expect(panel.shadowRoot?.activeElement?.id).to.equal('answer0');
    expect(inside<HTMLInputElement>(panel, '#question0').value).to.equal(customer.questions[0]?.text);
    expect(inside<HTMLInputElement>(panel, '#answer0').value).to.equal('');
    await type(panel, 'answer0', ' زهرا ');
    await press(panel, 'Replace the questions');
    expect(desk.given('customers.setQuestions')).to.have.length(0);
    expect(textOf(panel)).to.include('A question needs its text and its answer.');
    expect(panel.dirty).to.equal(true);
    await press(panel, 'Remove question 2');
    await press(panel, 'Replace the questions');
    expect(desk.given('customers.setQuestions')).to.deep.equal([
      [customer.id, [{ text: customer.questions[0]?.text, answer: 'زهرا' }]],
    ]);
    expect(textOf(panel)).to.include('The questions have been replaced.');
    expect(panel.shadowRoot?.querySelectorAll('[id^=answer]')).to.have.length(0);
    expect(panel.shadowRoot?.innerHTML).not.to.include('زهرا');
    expect(panel.dirty).to.equal(false);
    expect(panel.shadowRoot?.activeElement?.getAttribute('data-action')).to.equal('replace-questions');
  });

  it('puts a refused question at its row and keeps what was typed', async () => {
    desk.fail('customers.setQuestions', 'invalid-input', {
      fields: [{ path: 'questions.1.text', message: 'is asked twice' }],
    });
    const panel = await show({ ...customer, questions: customer.questions.slice(0, 2) });
    await press(panel, 'Replace the questions…');
    await type(panel, 'answer0', 'زهرا');
    await type(panel, 'answer1', 'یزد');
    await press(panel, 'Replace the questions');
    expect(inside(panel, '#question1').getAttribute('aria-invalid')).to.equal('true');
    expect(inside(panel, '#question0').getAttribute('aria-invalid')).to.equal('false');
    expect(inside<HTMLInputElement>(panel, '#answer1').value).to.equal('یزد');
  });

  it('stands below the customer form, which keeps what is typed there', async () => {
    desk.answer('customers.get', () => locked);
    const form = await mount('cw-customer-form', desk, { customerId: customer.id });
    const name = inside<HTMLInputElement>(form, '#name');
    name.value = 'نام تازه';
    name.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const panel = inside<CwCustomerSecurity>(form, 'cw-customer-security');
    await settled(panel);
    await type(panel, 'reason', 'در شعبه');
    await press(panel, 'Release the lock');
    await settled(form);
    expect(name.value).to.equal('نام تازه');
    expect(form.dirty).to.equal(true);
    expect(textOf(panel)).to.include('Not locked');
  });

  it('is accessible in every state, on every width, unharmed by page CSS, without inline styles', async () => {
    const panel = await show();
    await expectAccessibleEverywhere(panel);
    await press(panel, 'Reset the PIN…');
    await press(panel, 'Replace the questions…');
    await expectAccessibleEverywhere(panel);
    await expectNothingCutOff(panel);
    expectNoInlineStyles(panel);
    await expectUnharmedByPageCss(panel);
  });
});
