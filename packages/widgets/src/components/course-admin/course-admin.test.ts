import '../../define/course-admin.ts';
import { expect } from 'chai';
import {
  type CourseDesk,
  course,
  courseDesk,
  courseOrder,
  MONTHS,
  NOTHING,
  partner,
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

describe('cw-course-admin', () => {
  let desk: CourseDesk;
  beforeEach(() => {
    desk = courseDesk();
    desk.admin.set({
      status: 'ready',
      value: {
        ...NOTHING,
        courses: [course(), course({ id: 'cou_zig', state: 'offered', partnerId: 'par_zig', reference: 'zig-1' })],
        attention: [courseOrder({ state: 'in-doubt', reason: 'timeout' })],
        partners: [partner()],
      },
    });
  });
  afterEach(unmountAll);

  const type = (element: HTMLElement, selector: string, value: string) => {
    inside<HTMLInputElement>(element, selector).value = value;
  };

  it('enters a course in three languages with a price in toman, and keeps what is typed when the price is none', async () => {
    const element = await mount('cw-course-admin', desk);
    inside(element, '[data-action=add]').click();
    await settled(element);
    for (const language of ['fa', 'en', 'cs']) {
      type(element, `#title-${language}`, `Title ${language}`);
      type(element, `#description-${language}`, `About ${language}`);
    }
    type(element, '#playerCourses', '5d2ee35bcddc092a304ae5eb, 5d2ee35bcddc092a304ae5ec');
    type(element, '#devices', '3');
    type(element, '#price', '0');
    inside(element, '[data-action=save]').click();
    await settled(element);
    inside(element, '#price-wrong');
    expect(desk.given('courseAdmin.create')).to.deep.equal([]);
    expect(inside<HTMLInputElement>(element, '#title-en').value).to.equal('Title en');
    type(element, '#price', '۲٬۵۰۰٬۰۰۰');
    inside(element, '[data-action=save]').click();
    await settled(element);
    expect(desk.given('courseAdmin.create')).to.deep.equal([
      [
        {
          title: { en: 'Title en', fa: 'Title fa', cs: 'Title cs' },
          description: { en: 'About en', fa: 'About fa', cs: 'About cs' },
          price: { amount: 25_000_000, currency: 'IRR' },
          playerCourses: ['5d2ee35bcddc092a304ae5eb', '5d2ee35bcddc092a304ae5ec'],
          devices: { all: 3 },
          offlineDays: null,
        },
      ],
    ]);
    expect(element.shadowRoot?.querySelector('[data-form=course]') === null).to.equal(true);
  });

  it('puts on sale and takes off, and changes a course by its id', async () => {
    const element = await mount('cw-course-admin', desk);
    inside(element, '[data-course=cou_zig] [data-action=publish]').click();
    await settled(element);
    inside(element, '[data-course=cou_laser] [data-action=withdraw]').click();
    await settled(element);
    expect(desk.given('courseAdmin.publish')).to.deep.equal([['cou_zig']]);
    expect(desk.given('courseAdmin.withdraw')).to.deep.equal([['cou_laser']]);
    inside(element, '[data-course=cou_laser] [data-action=edit]').click();
    await settled(element);
    expect(inside<HTMLInputElement>(element, '#price').value).to.equal('2500000');
    inside(element, '[data-action=save]').click();
    await settled(element);
    expect(desk.given('courseAdmin.update')[0]?.[0]).to.equal('cou_laser');
  });

  it('clears a doubt by the licence that was found; makes anew only after asking', async () => {
    const element = await mount('cw-course-admin', desk);
    expect(inside(element, '[data-order]').textContent).to.include('timeout');
    type(element, '#licence-ord_1', '5d2ee35bcddc092a304ae5eb');
    inside(element, '[data-action=licence]').click();
    await settled(element);
    expect(desk.given('courseAdmin.setLicence')).to.deep.equal([['ord_1', '5d2ee35bcddc092a304ae5eb']]);
    inside(element, '[data-action=make]').click();
    await settled(element);
    expect(desk.given('courseAdmin.makeAgain')).to.deep.equal([]);
    expect(textOf(element)).to.include('Otherwise there will be two');
    inside(element, '[data-action=sure]').click();
    await settled(element);
    expect(desk.given('courseAdmin.makeAgain')).to.deep.equal([['ord_1']]);
  });

  it('shows a key once, with the scopes that were chosen; ends one; switches a partner off; shows revenue', async () => {
    desk.answer('courseAdmin.issueKey', () => 'cwp_only-once');
    desk.answer('courseAdmin.revenue', () => MONTHS);
    const element = await mount('cw-course-admin', desk);
    inside<HTMLInputElement>(element, 'input[value="courses:write"]').checked = false;
    inside(element, '[data-action=issue-key]').click();
    await settled(element);
    expect(desk.given('courseAdmin.issueKey')).to.deep.equal([
      ['par_zig', ['courses:read', 'orders:read', 'revenue:read']],
    ]);
    expect(inside(element, '[data-secret]').textContent).to.equal('cwp_only-once');
    inside(element, '[data-action=seen]').click();
    await settled(element);
    expect(textOf(element)).not.to.include('cwp_only-once');
    expect(element.shadowRoot?.querySelectorAll('[data-action=revoke]')).to.have.length(1);
    inside(element, '[data-action=revoke]').click();
    await settled(element);
    expect(desk.given('courseAdmin.revokeKey')).to.deep.equal([['par_zig', 'partnerkey_2']]);
    inside(element, '[data-action=switch]').click();
    await settled(element);
    expect(desk.given('courseAdmin.updatePartner')[0]?.[0]).to.include({ partnerId: 'par_zig', active: false });
    inside(element, '[data-action=revenue]').click();
    await settled(element);
    for (const words of ['1405-09', '7,500,000 toman', '5,000,000 toman'])
      expect(inside(element, '[data-revenue]').textContent).to.include(words);
  });

  it('adds a partner; teaches when it is empty, and has skeleton and error', async () => {
    desk.admin.set({ status: 'ready', value: NOTHING });
    const element = await mount('cw-course-admin', desk);
    for (const words of ['Every paid order has its licence', 'There are no courses yet', 'There are no partners'])
      expect(textOf(element)).to.include(words);
    inside(element, '[data-action=add-partner]').click();
    await settled(element);
    type(element, '#name', 'Zig');
    inside(element, '[data-form=partner] button.primary').click();
    await settled(element);
    expect(desk.given('courseAdmin.createPartner')).to.deep.equal([[{ name: 'Zig', webhookUrl: null }]]);
    desk.fail('courseAdmin.createPartner', 'invalid-input');
    desk.admin.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.admin.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async () => {
    desk.answer('courseAdmin.revenue', () => MONTHS);
    const element = await mount('cw-course-admin', desk);
    for (const action of ['add', 'revenue']) {
      inside(element, `[data-action=${action}]`).click();
      await settled(element);
    }
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
