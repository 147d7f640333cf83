import '../../define/customer-balance.ts';
import { expect } from 'chai';
import { type BillingDesk, balance, billingDesk, entry, override } from '../../testing/billing-fixtures.ts';
import { mina, session } from '../../testing/fixtures.ts';
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

describe('cw-customer-balance', () => {
  let desk: BillingDesk;
  beforeEach(() => {
    desk = billingDesk();
    desk.values.session.set({ status: 'signed-in', session: session({ ...mina, roles: ['manager', 'supervisor'] }) });
    desk.account.set({
      status: 'ready',
      value: {
        balance: balance(104_000_000),
        invoices: [],
        entries: [entry(), entry({ id: 'ent_2', correctedBy: 'ent_3' })],
      },
    });
  });
  afterEach(unmountAll);

  const show = () => mount('cw-customer-balance', desk, { customerId: 'cus_clinic' });
  const write = async (element: Element, text: string) => {
    inside<HTMLInputElement>(element, '#reason').value = text;
    inside(element, '[data-action=confirm]').click();
    await settled(element);
  };

  it('asks for permission with a reason, grants it for days, and ends it with a reason', async () => {
    const element = await show();
    inside(element, '[data-action=ask]').click();
    await settled(element);
    await write(element, ' ');
    expect(desk.given('billing.requestOverride')).to.deep.equal([]);
    await write(element, 'Payment comes on Saturday');
    expect(desk.given('billing.requestOverride')).to.deep.equal([['cus_clinic', 'Payment comes on Saturday']]);

    desk.overrides.set({ status: 'ready', value: [override()] });
    await settled(element);
    expect(element.shadowRoot?.querySelector('[data-action=ask]') === null).to.equal(true);
    inside(element, '[data-action=grant]').click();
    await settled(element);
    const [[id, until]] = desk.given('billing.grantOverride') as [[string, Date]];
    expect(id).to.equal('ovr_1');
    expect(Math.round((until.getTime() - Date.now()) / 86_400_000)).to.equal(7);

    desk.overrides.set({ status: 'ready', value: [override({ state: 'granted', until: until.toISOString() })] });
    await settled(element);
    inside(element, '[data-action=end]').click();
    await settled(element);
    await write(element, 'It was paid');
    expect(desk.given('billing.endOverride')).to.deep.equal([['ovr_1', 'It was paid']]);
  });

  it('takes a charge back once, with a reason, and only for a manager', async () => {
    const element = await show();
    expect(element.shadowRoot?.querySelectorAll('[data-action=correct]')).to.have.length(1);
    inside(element, '[data-action=correct]').click();
    await settled(element);
    await write(element, 'Wrong case');
    expect(desk.given('billing.correct')).to.deep.equal([['ent_1', 'Wrong case']]);
    desk.values.session.set({ status: 'signed-in', session: session({ ...mina, roles: ['technician'] }) });
    await settled(element);
    expect(element.shadowRoot?.querySelector('[data-action=correct]') === null).to.equal(true);
  });

  it('keeps what was typed when it fails, and says why', async () => {
    desk.fail('billing.requestOverride', 'override-open');
    const element = await show();
    inside(element, '[data-action=ask]').click();
    await settled(element);
    await write(element, 'Payment comes on Saturday');
    expect(inside(element, '[role=alert]').textContent).to.include('open request');
    expect(inside<HTMLInputElement>(element, '#reason').value).to.equal('Payment comes on Saturday');
  });

  it('in Persian: its words', async () => {
    const element = await mount('cw-customer-balance', desk, { customerId: 'cus_clinic' }, { lang: 'fa' });
    for (const words of ['بدهی به سقف رسیده است', 'گردش حساب', '۲۵۰٬۰۰۰ تومان'])
      expect(textOf(element)).to.include(words);
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async () => {
    desk.overrides.set({ status: 'ready', value: [override()] });
    const element = await show();
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
