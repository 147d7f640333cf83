import '../../define/invoices.ts';
import { expect } from 'chai';
import { type BillingDesk, balance, billingDesk, invoice, invoiceDetail } from '../../testing/billing-fixtures.ts';
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

describe('cw-invoices', () => {
  let desk: BillingDesk;
  beforeEach(() => {
    desk = billingDesk();
    desk.answer('billing.invoice', invoiceDetail);
    desk.answer('billing.pay', () => ({ paymentId: 'pay_1', amount: { amount: 85_000_000, currency: 'IRR' } }));
  });
  afterEach(unmountAll);

  const owe = (amount: number, changes = {}, invoices = [invoice()]) =>
    desk.account.set({ status: 'ready', value: { balance: balance(amount, changes), invoices, entries: [] } });

  it('says what is owed against the ceiling, warns near it, and says what waits at it', async () => {
    owe(40_000_000);
    const element = await mount('cw-invoices', desk);
    expect(textOf(element)).to.include('4,000,000 toman of 10,000,000 toman');
    expect(element.shadowRoot?.querySelector('.message') === null).to.equal(true);
    expect(inside<HTMLMeterElement>(element, 'meter').value).to.equal(40_000_000);
    owe(85_000_000);
    await settled(element);
    expect(inside(element, '.message.warning').textContent).to.include('1,500,000 toman left');
    owe(100_000_000);
    await settled(element);
    expect(inside(element, '.message.danger').textContent).to.include('New cases wait for payment');
    owe(100_000_000, { overrideUntil: new Date(Date.now() + 86_400_000).toISOString() });
    await settled(element);
    expect(textOf(element)).to.include('in spite of the limit');
    owe(-2_000_000);
    await settled(element);
    expect(textOf(element)).to.include('Credit in your favour');
    expect(element.shadowRoot?.querySelector('meter, [data-action=pay]') === null).to.equal(true);
  });

  it('opens a payment once, and leaves it to a page that wants to start it itself', async () => {
    owe(85_000_000);
    const element = await mount('cw-invoices', desk);
    const paid: string[] = [];
    element.addEventListener('cw-pay-balance', (event) => {
      event.preventDefault();
      paid.push(event.paymentId);
    });
    inside(element, '[data-action=pay]').click();
    inside(element, '[data-action=pay]').click();
    await settled(element);
    expect(paid).to.deep.equal(['pay_1']);
    expect(desk.given('billing.pay')).to.deep.equal([[]]);
    expect(desk.given('payments.start')).to.deep.equal([]);
    desk.fail('billing.pay', 'nothing-owed');
    inside(element, '[data-action=pay]').click();
    await settled(element);
    expect(inside(element, '[role=alert]').textContent).to.include('nothing to pay');
  });

  it('goes to the gateway, which leads back to the page that was named; a gateway that is down is said', async () => {
    owe(85_000_000);
    const element = await mount('cw-invoices', desk, { returnTo: '/account/paid?tab=1&payment=old' });
    desk.fail('payments.start', 'gateway-unavailable');
    inside(element, '[data-action=pay]').click();
    await settled(element);
    expect(inside(element, '[role=alert]').textContent).to.include('does not answer');
    desk.answer('payments.start', () => ({ redirectTo: '#at-the-gateway' }));
    inside(element, '[data-action=pay]').click();
    await settled(element);
    expect(location.hash).to.equal('#at-the-gateway');
    expect(desk.given('payments.start').at(-1)).to.deep.equal([
      { paymentId: 'pay_1', returnTo: `${location.origin}/account/paid?tab=1` },
    ]);
    expect(inside<HTMLButtonElement>(element, '[data-action=pay]').disabled).to.equal(true);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await settled(element);
    expect(inside<HTMLButtonElement>(element, '[data-action=pay]').disabled).to.equal(false);
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('shows the lines of an invoice with the price that they were counted by, and its PDF in the language', async () => {
    owe(7_500_000);
    const element = await mount('cw-invoices', desk);
    inside(element, '[data-action=lines]').click();
    await settled(element);
    for (const words of ['Normal case: 3 × 250,000 toman', 'price list 2', 'راه‌اندازی'])
      expect(inside(element, '.lines').textContent?.replace(/\s+/g, ' ')).to.include(words);
    expect(inside<HTMLAnchorElement>(element, '[data-action=pdf]').href).to.equal('data:application/pdf,inv_12-en');
    inside(element, '[data-action=lines]').click();
    await settled(element);
    expect(element.shadowRoot?.querySelector('.lines') === null).to.equal(true);
  });

  it('staff see and do not pay', async () => {
    owe(85_000_000);
    const element = await mount('cw-invoices', desk, { customerId: 'cus_clinic' });
    expect(element.shadowRoot?.querySelector('[data-action=pay]') === null).to.equal(true);
  });

  it('teaches when it is empty, and has skeleton and error', async () => {
    const element = await mount('cw-invoices', desk);
    for (const words of ['Nothing is outstanding', 'There are no invoices yet'])
      expect(textOf(element)).to.include(words);
    desk.account.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.account.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('in Persian: toman in its digits, days in its calendar', async () => {
    owe(85_000_000, {}, [invoice({ issuedAt: '2026-11-22T08:00:00.000Z' })]);
    const element = await mount('cw-invoices', desk, {}, { lang: 'fa' });
    for (const words of ['۸٬۵۰۰٬۰۰۰ تومان از ۱۰٬۰۰۰٬۰۰۰ تومان', 'فاکتور ۱۲', '۱۴۰۵'])
      expect(textOf(element)).to.include(words);
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async () => {
    owe(85_000_000, {}, [
      invoice(),
      invoice({ id: 'inv_11', number: 11, kind: 'credit-note', total: { amount: -7_500_000, currency: 'IRR' } }),
    ]);
    const element = await mount('cw-invoices', desk);
    inside(element, '[data-action=lines]').click();
    await settled(element);
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
