import '../../define/payment-result.ts';
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
import { type PaymentDesk, paidPayment, payment, paymentDesk } from '../../testing/payment-fixtures.ts';

describe('cw-payment-result', () => {
  let desk: PaymentDesk;
  const address = location.pathname + location.search;
  beforeEach(() => {
    desk = paymentDesk();
  });
  afterEach(() => {
    unmountAll();
    history.replaceState(null, '', address);
  });

  const show = (value: Payment) => desk.one.set({ status: 'ready', value });
  const begin = (value: Payment, properties = {}, options = {}) => {
    show(value);
    return mount('cw-payment-result', desk, { paymentId: 'pay_1', ...properties }, options);
  };
  const none = (element: Element, selector: string) => element.shadowRoot?.querySelector(selector) === null;

  it('shows nothing on a page that nobody came back to, and reads its payment from the address', async () => {
    const quiet = await mount('cw-payment-result', desk);
    expect(textOf(quiet)).to.equal('');
    const url = new URL(location.href);
    url.searchParams.set('payment', 'pay_9');
    history.replaceState(null, '', url);
    show(payment());
    const element = await mount('cw-payment-result', desk);
    expect(desk.given('payments.check')[0]).to.deep.equal(['pay_9']);
    expect(textOf(element)).to.include('The bank is being asked');
  });

  it('keeps looking while it is not known, and says what that means for the money; the end is announced', async function () {
    this.timeout(60_000);
    const element = await begin(payment({ unsettled: 'waiting' }));
    expect(desk.given('payments.check')).to.have.length(1);
    await until(() => textOf(element).includes('Do not pay a second time'));
    expect(desk.given('payments.check').length).to.be.greaterThan(2);
    show(paidPayment());
    await settled(element);
    expect(inside(element, '[role=status]').textContent).to.include('Paid. Thank you.');
    const asked = desk.given('payments.check').length;
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    expect(desk.given('payments.check')).to.have.length(asked);
  });

  it('a gateway that does not answer is asked again, and a person can ask at once', async () => {
    desk.fail('payments.check', 'network');
    const element = await begin(payment());
    expect(textOf(element)).to.include('The bank is being asked');
    desk.answer('payments.check', () => show(paidPayment()));
    inside(element, '[data-action=check]').click();
    await settled(element);
    expect(textOf(element)).to.include('Paid. Thank you.');
  });

  it('paid: receipt, facts to tell a bank, and the way on', async () => {
    const element = await begin(paidPayment({ unsettled: 'surplus' }), { continueTo: '/devices' });
    for (const words of ['2,500,000 toman', '603799******1234', 'ZarinPal', 'second amount goes back'])
      expect(textOf(element)).to.include(words);
    expect(inside<HTMLAnchorElement>(element, '[data-action=receipt]').href).to.equal('data:application/pdf,pay_1');
    expect(inside<HTMLAnchorElement>(element, '[data-action=continue]').pathname).to.equal('/devices');
    expect(none(element, '[data-action=pay]')).to.equal(true);
    expect(desk.given('payments.check')).to.have.length(0);
  });

  for (const state of ['failed', 'cancelled', 'created'] as const)
    it(`${state}: can be tried again, and comes back to this page`, async () => {
      desk.answer('payments.start', () => ({ redirectTo: '#bank' }));
      const element = await begin(payment({ state, reason: state === 'failed' ? 'zarinpal-50' : null }));
      if (state === 'failed') expect(textOf(element)).to.include('the amount at the gateway is another one');
      if (state !== 'created') expect(textOf(element)).to.include('within 72 hours');
      inside(element, '[data-action=pay]').click();
      await settled(element);
      expect(location.hash).to.equal('#bank');
      expect(desk.given('payments.start')).to.have.length(1);
    });

  it('nothing is paid by an address of another kind', async () => {
    desk.answer('payments.start', () => ({ redirectTo: 'javascript:alert(1)' }));
    const element = await begin(payment({ state: 'cancelled' }));
    inside(element, '[data-action=pay]').click();
    await settled(element);
    inside(element, '[role=alert]');
  });

  for (const state of ['expired', 'refunded'] as const)
    it(`${state}: is over`, async () => {
      const element = await begin(
        payment({ state, refundedAt: state === 'refunded' ? '2026-11-23T10:00:00.000Z' : null }),
      );
      expect(textOf(element)).to.include(state === 'expired' ? 'Open the payment anew' : 'given back on 23 Nov 2026');
      expect(none(element, 'button')).to.equal(true);
    });

  it('is drawn as a skeleton while it loads, and says when it cannot be shown', async () => {
    const element = await begin(payment());
    desk.one.set({ status: 'loading' });
    await settled(element);
    expect(none(element, '.skeleton')).to.equal(false);
    desk.one.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('in Persian and Czech', async () => {
    expect(textOf(await begin(paidPayment(), {}, { lang: 'fa' }))).to.include('۲٬۵۰۰٬۰۰۰ تومان');
    expect(textOf(await begin(paidPayment(), {}, { lang: 'cs' }))).to.include('Zaplaceno. Děkujeme.');
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async function () {
    this.timeout(60_000);
    for (const value of [
      payment(),
      paidPayment(),
      payment({ state: 'failed', reason: 'timeout' }),
      payment({ state: 'expired' }),
    ]) {
      const element = await begin(value, { continueTo: '/devices' });
      await expectNothingCutOff(element);
      await expectAccessibleEverywhere(element);
      expectNoInlineStyles(element);
      unmountAll();
    }
    await expectUnharmedByPageCss(await begin(paidPayment()));
  });
});

async function until(is: () => boolean): Promise<void> {
  for (let round = 0; round < 300 && !is(); round++) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(is()).to.equal(true);
}
