import '../../define/buyer-profile.ts';
import { expect } from 'chai';
import { buyerProfile } from '../../testing/buyer-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  expectUnharmedByPageCss,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';

describe('cw-buyer-profile', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('buyers.own', () => buyerProfile);
  });
  afterEach(unmountAll);

  it('shows all of the identity, to be read and not edited, and whom to ask', async () => {
    const widget = await mount('cw-buyer-profile', desk, {}, { lang: 'fa' });
    await settled(widget);
    const text = textOf(widget);
    for (const part of [buyerProfile.name, '۰۰۱۳۵۴۲۴۱۹', buyerProfile.operator, ...Object.values(buyerProfile.address)])
      expect(text).to.include(part);
    expect(text).to.include('تا مدیر آن را اصلاح کند');
    expect(widget.shadowRoot!.querySelectorAll('input, button, textarea, select').length).to.equal(0);
  });

  it('says when nothing was entered, and when the server was not reached', async () => {
    desk.fail('buyers.own', 'not-found');
    const empty = await mount('cw-buyer-profile', desk);
    await settled(empty);
    expect(textOf(empty)).to.include('has not entered your details yet');
    desk.fail('buyers.own', 'network');
    await empty.reload();
    await settled(empty);
    expect(textOf(empty)).to.include('cannot reach the server');
  });

  it('is accessible, unharmed by page CSS, and without inline styles', async () => {
    const widget = await mount('cw-buyer-profile', desk, {}, { width: 480 });
    await settled(widget);
    await expectAccessibleEverywhere(widget);
    expectNoInlineStyles(widget);
    await expectUnharmedByPageCss(widget);
  });
});
