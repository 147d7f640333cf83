import '../../define/service-plan.ts';
import { expect } from 'chai';
import { device } from '../../testing/device-fixtures.ts';
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
  choice,
  crmRecord,
  plan,
  planDeclined,
  planLapsed,
  planNotInstalled,
  planPerCase,
  planRefunded,
  planRenewed,
  planWaiting,
  type ServicePlanDesk,
  servicePlanDesk,
} from '../../testing/service-plan-fixtures.ts';

describe('cw-service-plan', () => {
  let desk: ServicePlanDesk;
  beforeEach(() => {
    desk = servicePlanDesk();
  });
  afterEach(unmountAll);

  const choose = async (element: Element, value: string) => {
    inside(element, `input[value="${value}"]`).click();
    await settled(element);
  };
  const press = async (element: Element, action: string) => {
    inside(element, `[data-action=${action}]`).click();
    await settled(element);
  };
  const has = (element: Element, selector: string) => element.shadowRoot?.querySelector(selector) != null;
  /** Keeps the browser here, and notes what would be paid. */
  const payments = (element: HTMLElement): string[] => {
    const paid: string[] = [];
    element.addEventListener('cw-pay-renewal', (event) => {
      event.preventDefault();
      paid.push(event.paymentId);
    });
    return paid;
  };

  it('offers the years with their prices, per case with what it costs, and none; and goes to payment', async () => {
    desk.show([plan(), plan({ device: device({ id: 'device_later' }) })]);
    desk.answer('servicePlans.renew', () => choice());
    const element = await mount('cw-service-plan', desk);
    const paid = payments(element);
    for (const words of ['Renew for 1 year', '3,000,000 toman', '5,500,000 toman', '100,000 toman to 400,000 toman'])
      expect(textOf(element)).to.include(words);
    expect(element.shadowRoot?.querySelectorAll('form')).to.have.length(1);
    expect(inside<HTMLButtonElement>(element, '[data-action=send]').disabled).to.equal(true);
    await choose(element, '2');
    expect(inside(element, '[data-action=send]').textContent).to.equal('Go to payment');
    await press(element, 'send');
    expect(desk.given('servicePlans.renew')).to.deep.equal([
      ['device_plan', 2, { amount: 55_000_000, currency: 'IRR' }],
    ]);
    expect(paid).to.deep.equal(['payment_1']);
    expect(has(element, 'form')).to.equal(false);
  });

  it('declines only with a reason, and asks once more', async () => {
    desk.show([plan()]);
    const element = await mount('cw-service-plan', desk);
    await choose(element, 'declined');
    await press(element, 'send');
    expect(inside(element, '.field-error').textContent).to.equal('Please say why.');
    const reason = inside<HTMLTextAreaElement>(element, 'textarea');
    reason.value = 'We have sold it';
    reason.dispatchEvent(new Event('input', { bubbles: true }));
    await settled(element);
    await press(element, 'send');
    expect(textOf(element)).to.include('No more service for Artin S1?');
    await press(element, 'back');
    expect(inside<HTMLTextAreaElement>(element, 'textarea').value).to.equal('We have sold it');
    await press(element, 'send');
    expect(desk.given('servicePlans.decline')).to.deep.equal([]);
    await press(element, 'decline');
    expect(desk.given('servicePlans.decline')).to.deep.equal([['device_plan', 'We have sold it']]);
    expect(inside(element, '[role=status]').textContent).to.include('Your choice is recorded.');
  });

  it('per case is chosen at once, and a price that has changed is loaded anew', async () => {
    desk.show([plan()]);
    const element = await mount('cw-service-plan', desk);
    await choose(element, 'per-case');
    await press(element, 'send');
    expect(desk.given('servicePlans.choosePerCase')).to.deep.equal([['device_plan']]);
    desk.fail('servicePlans.renew', 'renewal-price-changed');
    await press(element, 'choose');
    await choose(element, '1');
    await press(element, 'send');
    expect(inside(element, '[role=alert]').textContent).to.include('The price has changed');
    expect([desk.reloads(), has(element, 'form')]).to.deep.equal([2, true]);
  });

  it('waits for payment, which can be started again or changed for something else', async () => {
    desk.show([planWaiting()]);
    const element = await mount('cw-service-plan', desk);
    const paid = payments(element);
    expect(textOf(element)).to.include('Renewal for 2 years, 5,500,000 toman: waiting for payment.');
    await press(element, 'pay');
    expect(paid).to.deep.equal(['payment_1']);
    await press(element, 'choose');
    expect(has(element, 'form')).to.equal(true);
    await press(element, 'cancel');
    expect(has(element, 'form')).to.equal(false);
    desk.show([plan({ choice: choice({ priceHoldsUntil: new Date(Date.now() - 1000).toISOString() }) })]);
    await settled(element);
    expect(textOf(element)).to.include('was not paid in time');
    expect(has(element, '[data-action=pay]')).to.equal(false);
  });

  for (const [name, make, words] of [
    ['renewed', planRenewed, 'Renewed. Service until 21 November 2028.'],
    ['lapsed', planLapsed, 'was not paid in time'],
    ['refunded', planRefunded, 'was given back'],
    ['per case', planPerCase, 'Each case is paid for itself.'],
    ['declined', planDeclined, 'Reason: We sell it'],
    ['not installed', planNotInstalled, 'Confirm the installation first'],
  ] as const)
    it(`says what became of the choice: ${name}`, async () => {
      desk.show([make()]);
      const element = await mount('cw-service-plan', desk);
      expect(textOf(element)).to.include(words);
      expect(has(element, '[data-sync]')).to.equal(false);
    });

  it('shows staff how far the CRM knows, and lets only a manager tell it again', async () => {
    desk.show([planWaiting()]);
    desk.tell([crmRecord({ state: 'failed', problem: 'Didar answered 400 to deal/save: Bad stage.' })]);
    const element = await mount('cw-service-plan', desk, { customerId: 'customer_sara' });
    expect(inside(element, '[data-sync=failed]').textContent).to.equal('CRM: failed');
    expect(textOf(element)).to.include('Bad stage');
    expect(has(element, '[data-action=choose], [data-action=pay], [data-action=retry]')).to.equal(false);
    const present = desk.values.session.get();
    if (present.status !== 'signed-in') throw new Error('Nobody is signed in.');
    const { account } = present.session;
    const manager = { ...present.session, account: { ...account, roles: ['manager' as const] } };
    desk.values.session.set({ status: 'signed-in', session: manager });
    desk.tell([crmRecord({ state: 'failed', problem: 'x' })]);
    await settled(element);
    await press(element, 'retry');
    expect(desk.given('servicePlans.retryCrm')).to.deep.equal([['choice_1']]);
    desk.tell([crmRecord({ state: 'synced' })]);
    await settled(element);
    expect(has(element, '[data-sync=synced]')).to.equal(true);
    expect(has(element, '[data-action=retry]')).to.equal(false);
  });

  it('says when nothing is sold or paid here, and has empty, skeleton and error', async () => {
    desk.show([plan({ renewals: [] })], { perCase: null });
    const element = await mount('cw-service-plan', desk);
    expect(textOf(element)).to.include('No renewal is sold');
    desk.show([plan()], { payable: false });
    await settled(element);
    expect(textOf(element)).to.include('Nothing can be paid here');
    expect(has(element, 'input[value="1"]')).to.equal(false);
    desk.show([]);
    await settled(element);
    expect(textOf(element)).to.include('No devices yet');
    desk.plans.set({ status: 'loading' });
    await settled(element);
    inside(element, '.skeleton');
    desk.plans.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('in Persian: toman, Persian digits and Jalali days', async () => {
    desk.show(
      [plan(), planWaiting(), planRenewed()].map((each, n) => ({ ...each, device: { ...each.device, id: `d${n}` } })),
    );
    const element = await mount('cw-service-plan', desk, {}, { lang: 'fa' });
    for (const words of ['تمدید ۲ ساله', '۵٬۵۰۰٬۰۰۰ تومان', '۱ آذر ۱۴۰۷']) expect(textOf(element)).to.include(words);
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async () => {
    desk.show(
      [plan(), planWaiting(), planDeclined()].map((each, n) => ({ ...each, device: { ...each.device, id: `d${n}` } })),
    );
    const element = await mount('cw-service-plan', desk);
    await choose(element, 'declined');
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
