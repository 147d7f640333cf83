import '../../define/payments.ts';
import type { Payment } from '@callweave/sdk/protocol';
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
import { expectNothingCutOff } from '../../testing/narrow.ts';
import {
  attempt,
  type PaymentDesk,
  paidPayment,
  payment,
  paymentDesk,
  paymentDetail,
  refund,
} from '../../testing/payment-fixtures.ts';

describe('cw-payments', () => {
  let desk: PaymentDesk;
  beforeEach(() => {
    desk = paymentDesk();
    desk.answer('payments.detail', () => paymentDetail());
  });
  afterEach(unmountAll);

  const list = (...value: Payment[]) => desk.all.set({ status: 'ready', value });
  const press = async (element: Element, action: string) => {
    inside(element, `[data-action=${action}]`).click();
    await settled(element);
  };
  const none = (element: Element, selector: string) => element.shadowRoot?.querySelector(selector) === null;

  it('shows what somebody has to look at, and asks for what is chosen', async () => {
    desk.unsettled.set(3);
    list(paidPayment({ unsettled: 'surplus' }), payment({ id: 'pay_2', unsettled: 'waiting' }));
    const element = await mount('cw-payments', desk, { customerId: 'cus_clinic' });
    for (const words of ['3 to look at', 'Paid twice', 'At the bank', '2,500,000 toman'])
      expect(textOf(element)).to.include(words);
    const select = inside<HTMLSelectElement>(element, 'select');
    select.value = 'surplus';
    select.dispatchEvent(new Event('change'));
    await settled(element);
    expect(desk.filters).to.deep.equal([
      { show: 'all', customerId: 'cus_clinic' },
      { show: 'surplus', customerId: 'cus_clinic' },
    ]);
    desk.unsettled.set(0);
    await settled(element);
    expect(none(element, 'h2 + .chip')).to.equal(true);
    list();
    await settled(element);
    expect(textOf(element)).to.include('None of these');
  });

  it('opens the attempts of a payment, and asks the gateway now', async () => {
    list(paidPayment());
    const element = await mount('cw-payments', desk);
    await press(element, 'details');
    for (const words of ['Left unpaid', 'not paid at the bank', '603799******1234'])
      expect(textOf(element)).to.include(words);
    expect(inside<HTMLAnchorElement>(element, '[data-action=receipt]').href).to.equal('data:application/pdf,pay_1');
    await press(element, 'check');
    expect(desk.given('payments.check')).to.deep.equal([['pay_1']]);
    expect(desk.given('payments.detail')).to.have.length(2);
    expect(inside(element, '[role=status]').textContent).to.include('was asked');
    await press(element, 'details');
    expect(none(element, '[part=attempt]')).to.equal(true);
  });

  it('gives back only with a reason and the sum said; only what is with us', async () => {
    list(paidPayment());
    const element = await mount('cw-payments', desk);
    await press(element, 'details');
    expect(element.shadowRoot?.querySelectorAll('[data-action=give-back]').length).to.equal(1);
    await press(element, 'give-back');
    expect(inside(element, '[data-action=refund]').textContent).to.include('2,500,000 toman');
    await press(element, 'refund');
    expect(desk.given('payments.refund')).to.deep.equal([]);
    inside<HTMLInputElement>(element, '[name=reason]').value = 'Sold by mistake';
    inside<HTMLInputElement>(element, '[value=outside]').checked = true;
    inside<HTMLInputElement>(element, '[name=reference]').value = 'TR-9';
    desk.answer('payments.refund', () =>
      paymentDetail({
        payment: paidPayment({ state: 'refunded' }),
        attempts: [attempt({ state: 'refunded' })],
        refunds: [refund({ how: 'outside', reference: 'TR-9' })],
      }),
    );
    await press(element, 'refund');
    expect(desk.given('payments.refund')).to.deep.equal([
      [{ paymentId: 'pay_1', attemptId: 'att_1', how: 'outside', reason: 'Sold by mistake', reference: 'TR-9' }],
    ]);
    expect(textOf(element)).to.include('TR-9');
    expect(none(element, '[data-action=give-back]')).to.equal(true);
  });

  it('a refund that is not confirmed stays in sight, with what was typed', async () => {
    list(paidPayment());
    const element = await mount('cw-payments', desk);
    await press(element, 'details');
    await press(element, 'give-back');
    inside<HTMLInputElement>(element, '[name=reason]').value = 'Sold by mistake';
    desk.fail('payments.refund', 'gateway-unavailable');
    desk.answer('payments.detail', () => paymentDetail({ refunds: [refund({ state: 'asked', problem: 'timeout' })] }));
    await press(element, 'refund');
    expect(inside(element, '[role=alert]').textContent).to.include('does not answer');
    expect(inside(element, '[part=refund]').textContent).to.include('Not confirmed');
    expect(none(element, '[data-action=give-back]')).to.equal(true);
  });

  it('goes on to older ones; teaches when it is empty, and has skeleton and error', async () => {
    const element = await mount('cw-payments', desk);
    expect(textOf(element)).to.include('They appear here');
    desk.more.set(true);
    list(payment());
    await settled(element);
    await press(element, 'older');
    expect(desk.given('payments.older')).to.have.length(1);
    desk.all.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.all.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('in Persian', async () => {
    list(paidPayment());
    const element = await mount('cw-payments', desk, {}, { lang: 'fa' });
    for (const words of ['۲٬۵۰۰٬۰۰۰ تومان', '۱۴۰۵', 'پرداخت‌شده']) expect(textOf(element)).to.include(words);
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async function () {
    this.timeout(60_000);
    desk.unsettled.set(1);
    list(paidPayment({ unsettled: 'surplus' }), payment({ id: 'pay_2', state: 'cancelled' }));
    desk.answer('payments.detail', () =>
      paymentDetail({ refunds: [refund({ attemptId: 'att_0', state: 'asked', problem: 'timeout' })] }),
    );
    const element = await mount('cw-payments', desk);
    await press(element, 'details');
    await press(element, 'give-back');
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
