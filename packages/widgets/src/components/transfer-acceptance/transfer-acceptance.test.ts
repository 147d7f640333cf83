import '../../define/transfer-acceptance.ts';
import { expect } from 'chai';
import {
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import { type TransferDesk, transferDesk, transferOffer } from '../../testing/transfer-of-ownership-fixtures.ts';

describe('cw-transfer-acceptance', () => {
  let desk: TransferDesk;
  beforeEach(() => {
    desk = transferDesk((made) => {
      made.values.session.set({ status: 'signed-out' });
      made.answer('transfers.offer', () => transferOffer());
      made.answer('transfers.accept', () => transferOffer({ state: 'accepted' }));
      made.answer('transfers.decline', () => transferOffer({ state: 'declined' }));
    });
  });
  afterEach(unmountAll);

  const shown = async (lang = 'en') => {
    const element = await mount('cw-transfer-acceptance', desk, { token: 'the-token' }, { lang });
    await settled(element);
    return element;
  };
  const click = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };

  it('accepts the text that is shown by the code, without anybody signed in', async () => {
    const element = await shown('fa');
    expect(desk.given('transfers.offer')).to.deep.equal([['the-token']]);
    await click(element, '[data-action="send"]');
    const field = inside<HTMLInputElement>(element, '#code-take');
    field.value = '۱۲۳۴۵۶';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await settled(element);
    await click(element, '[data-action="consent"]');
    expect(desk.given('transfers.accept')).to.deep.equal([
      ['the-token', transferOffer(), { locale: 'fa', code: '۱۲۳۴۵۶' }],
    ]);
    expect(inside(element, '[role="status"]').textContent).to.contain('پذیرفتید');
    expect(element.shadowRoot?.querySelector('[data-action="send"]')).to.equal(null);
  });

  it('declines after it was asked once', async () => {
    const element = await shown();
    await click(element, '[data-action="ask"]');
    await click(element, '[data-action="decline"]');
    expect(textOf(element)).to.contain('You have declined');
  });

  it('says that a link leads nowhere', async () => {
    desk.fail('transfers.offer', 'not-found');
    const element = await shown();
    expect(inside(element, '[role="alert"]').textContent?.trim()).not.to.equal('');
    expect(element.shadowRoot?.querySelector('button')).to.equal(null);
  });

  it('is accessible in both directions and schemes, and stands a strict policy', async () => {
    for (const lang of ['en', 'fa']) {
      const element = await shown(lang);
      await click(element, '[data-action="send"]');
      await expectAccessibleEverywhere(element);
      expectNoInlineStyles(element);
    }
  });
});
