import '../../define/price-list.ts';
import { expect } from 'chai';
import { type BillingDesk, billingDesk, draft, priceList } from '../../testing/billing-fixtures.ts';
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

describe('cw-price-list', () => {
  let desk: BillingDesk;
  beforeEach(() => {
    desk = billingDesk();
  });
  afterEach(unmountAll);

  const show = async (...lists: ReturnType<typeof priceList>[]) => {
    desk.prices.set({ status: 'ready', value: { priceLists: lists, current: 'prices_2', currency: 'IRR' } });
    return mount('cw-price-list', desk);
  };
  const press = async (element: Element, action: string) => {
    inside(element, `[data-action=${action}]`).click();
    await settled(element);
  };

  it('says which version holds, since when, and what it costs', async () => {
    const element = await show(priceList(), priceList({ id: 'prices_1', version: 1 }));
    expect(inside(element, '[data-version="2"]').textContent).to.include('in force');
    expect(inside(element, '[data-version="1"]').textContent).to.include('no longer in force');
    for (const words of ['250,000 toman', 'Scanner', '5,500,000 toman', 'not sold'])
      expect(textOf(element)).to.include(words);
  });

  it('a new draft begins with the prices in force, is typed in toman and saved in rial', async () => {
    const element = await show(priceList());
    await press(element, 'edit');
    expect(inside<HTMLInputElement>(element, '#work-normal').value).to.equal('250000');
    inside<HTMLInputElement>(element, '#work-hard').value = '۶۰۰٬۰۰۰';
    inside<HTMLInputElement>(element, '#renewal-typ_scanner-2').value = '';
    await press(element, 'save');
    const [[content, revision]] = desk.given('priceLists.saveDraft') as [[ReturnType<typeof priceList>, number | null]];
    expect(revision).to.equal(null);
    expect(content.work.hard).to.equal(6_000_000);
    expect(content.renewals).to.deep.equal([{ typeId: 'typ_scanner', prices: { 1: 30_000_000, 2: null, 3: null } }]);
  });

  it('what is no price is said at its field, and nothing is sent', async () => {
    const element = await show(draft(), priceList());
    await press(element, 'edit');
    inside<HTMLInputElement>(element, '#work-simple').value = 'a lot';
    await press(element, 'save');
    expect(inside(element, '#work-simple-wrong').textContent).to.include('digits');
    expect(inside<HTMLInputElement>(element, '#work-simple').value).to.equal('a lot');
    expect(desk.given('priceLists.saveDraft')).to.deep.equal([]);
  });

  it('publishes what was read only after a second yes, now or from a day on', async () => {
    const element = await show(draft(), priceList());
    await press(element, 'publish');
    expect(desk.given('priceLists.publish')).to.deep.equal([]);
    await press(element, 'confirm');
    expect(desk.given('priceLists.publish')).to.deep.equal([[4, undefined]]);
    await press(element, 'publish');
    inside(element, 'input[type=radio]:not(:checked)').click();
    await settled(element);
    inside<HTMLElement & { value: string }>(element, 'cw-day-field').value = '2027-03-21';
    await press(element, 'confirm');
    const [, [, from]] = desk.given('priceLists.publish') as [unknown, [number, Date]];
    expect(from.getTime()).to.equal(new Date('2027-03-21T00:00:00').getTime());
  });

  it('says when somebody else has changed the draft; drops it after a second yes', async () => {
    const element = await show(draft());
    desk.fail('priceLists.publish', 'price-list-changed');
    await press(element, 'publish');
    await press(element, 'confirm');
    expect(inside(element, '[role=alert]').textContent).to.include('changed the draft');
    inside(element, 'form button[type=button]').click();
    await settled(element);
    await press(element, 'discard');
    await press(element, 'confirm');
    expect(desk.given('priceLists.discardDraft')).to.have.length(1);
  });

  it('teaches when it is empty, has skeleton and error, and speaks Persian', async () => {
    const element = await show();
    expect(textOf(element)).to.include('There are no prices yet');
    desk.prices.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.prices.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
    desk.prices.set({ status: 'ready', value: { priceLists: [priceList()], current: 'prices_2', currency: 'IRR' } });
    const persian = await mount('cw-price-list', desk, {}, { lang: 'fa' });
    for (const words of ['نسخهٔ ۲', '۲۵۰٬۰۰۰ تومان', 'اسکنر']) expect(textOf(persian)).to.include(words);
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await show(draft(), priceList());
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    await press(element, 'edit');
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
