import '../../define/course-shop.ts';
import { expect } from 'chai';
import {
  type CourseDesk,
  catalogueCourse,
  courseDesk,
  courseOrder,
  KEY,
  ownOrder,
} from '../../testing/course-fixtures.ts';
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

describe('cw-course-shop', () => {
  let desk: CourseDesk;
  beforeEach(() => {
    desk = courseDesk();
  });
  afterEach(unmountAll);

  const show = (orders: ReturnType<typeof ownOrder>[]) =>
    desk.shop.set({ status: 'ready', value: { catalogue: [catalogueCourse({ offeredBy: 'Zig' })], orders } });

  it('orders at the price that is shown, once, and hands the order to the page', async () => {
    show([]);
    desk.answer('courses.buy', () => courseOrder({ state: 'awaiting-payment' }));
    const element = await mount('cw-course-shop', desk);
    for (const words of ['Lasers for beginners', '2,500,000 toman', 'Plays on 2 devices', 'Offered by Zig'])
      expect(textOf(element)).to.include(words);
    const bought: string[] = [];
    element.addEventListener('cw-buy-course', (event) => {
      event.preventDefault();
      bought.push(event.order.paymentId);
    });
    inside(element, '[data-action=buy]').click();
    inside(element, '[data-action=buy]').click();
    await settled(element);
    expect(bought).to.deep.equal(['pay_1']);
    expect(desk.given('courses.buy')).to.deep.equal([['cou_laser', { amount: 25_000_000, currency: 'IRR' }]]);
    expect(desk.given('payments.start')).to.deep.equal([]);
  });

  it('goes to the gateway by itself, and says when it does not open', async () => {
    show([]);
    desk.answer('courses.buy', () => courseOrder({ state: 'awaiting-payment' }));
    desk.fail('payments.start', 'gateway-unavailable');
    const element = await mount('cw-course-shop', desk, { returnTo: '/result' });
    inside(element, '[data-action=buy]').click();
    await settled(element);
    expect(desk.given('payments.start')).to.have.length(1);
    expect(JSON.stringify(desk.given('payments.start'))).to.include('/result');
    expect(inside(element, '[role=alert]').textContent?.trim()).to.have.length.above(10);
  });

  it('says in each state what it means, and shows a licence only when it is ready', async () => {
    const element = await mount('cw-course-shop', desk);
    for (const [state, words] of [
      ['awaiting-payment', 'Pay to get the licence'],
      ['making', 'appears here by itself'],
      ['in-doubt', 'you need do nothing'],
      ['failed', 'call us'],
      ['refunded', 'given back'],
    ] as const) {
      show([ownOrder(state)]);
      await settled(element);
      expect(inside(element, '[data-order]').textContent).to.include(words);
      expect(element.shadowRoot?.querySelector('[data-action=copy], [data-action=open]') === null).to.equal(true);
      const catalogue = inside(element, '[data-course]');
      expect(catalogue.querySelector('[data-action=buy]') !== null).to.equal(state === 'refunded');
    }
    show([ownOrder('ready')]);
    await settled(element);
    expect(inside<HTMLInputElement>(element, 'input').value).to.equal(KEY);
    expect(inside<HTMLAnchorElement>(element, '[data-action=open]').href).to.equal('https://dl.spotplayer.ir/c/?l=1');
    inside(element, '[data-action=copy]').click();
    await settled(element);
    const field = inside<HTMLInputElement>(element, 'input');
    expect(field.selectionEnd).to.equal(KEY.length);
  });

  it('an order that waits is paid at its own price', async () => {
    show([ownOrder('awaiting-payment', { amount: { amount: 10_000_000, currency: 'IRR' } })]);
    desk.answer('courses.buy', () => courseOrder({ state: 'awaiting-payment' }));
    const element = await mount('cw-course-shop', desk);
    element.addEventListener('cw-buy-course', (event) => event.preventDefault());
    inside(element, '[data-order] [data-action=buy]').click();
    await settled(element);
    expect(desk.given('courses.buy')).to.deep.equal([['cou_laser', { amount: 10_000_000, currency: 'IRR' }]]);
  });

  it('teaches when it is empty, has skeleton and error, and speaks Persian', async () => {
    const element = await mount('cw-course-shop', desk);
    for (const words of ['You have bought no course yet', 'No courses are sold'])
      expect(textOf(element)).to.include(words);
    desk.shop.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.shop.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
    show([]);
    const persian = await mount('cw-course-shop', desk, {}, { lang: 'fa' });
    for (const words of ['لیزر برای تازه‌کاران', '۲٬۵۰۰٬۰۰۰ تومان', 'قابل پخش روی ۲ دستگاه'])
      expect(textOf(persian)).to.include(words);
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async () => {
    show([ownOrder('ready'), ownOrder('awaiting-payment', { id: 'ord_2', courseId: 'cou_other' })]);
    const element = await mount('cw-course-shop', desk);
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
