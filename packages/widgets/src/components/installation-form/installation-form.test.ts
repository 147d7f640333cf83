import '../../define/installation-form.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { confirmedInstallation, installation } from '../../testing/installation-fixtures.ts';
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
import type { CwInstallationConfirmEvent } from './installation-form.events.ts';

describe('cw-installation-form', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.installations.set({ status: 'ready', value: [installation()] });
    desk.answer('installations.confirm', () => confirmedInstallation());
  });
  afterEach(unmountAll);

  const shown = (lang = 'en') => mount('cw-installation-form', desk, {}, { lang });
  const click = async (element: Element, ...selectors: string[]) => {
    for (const selector of selectors) {
      inside(element, selector).click();
      await settled(element);
    }
  };
  const ALL = ['[data-item="item_1"]', '[data-item="item_2"]', '[data-item="all"]'];

  it('shows the exact text when all is ticked, and confirms it in the language that was shown', async () => {
    const element = await shown('fa');
    let told: CwInstallationConfirmEvent | undefined;
    element.addEventListener('cw-installation-confirm', (event) => (told = event));
    await click(element, ...ALL, '[data-action="review"]');
    expect(inside(element, '.text').textContent).to.equal(installation().wordings.fa.text);
    await click(element, '[data-action="confirm"]');
    expect(desk.given('installations.confirm')).to.deep.equal([
      [installation(), { locale: 'fa', ticked: ['item_1', 'item_2'], allDone: true }],
    ]);
    expect(told?.installation.state).to.equal('confirmed');
    expect(inside(element, '[role="status"]').textContent).to.contain('خدمات آغاز شده');
  });

  it('does not come to the text before every item and "all done" are ticked', async () => {
    const element = await shown();
    for (const missing of ALL) {
      await click(element, ...ALL.filter((each) => each !== missing), '[data-action="review"]');
      expect(inside(element, '[role="alert"]').textContent).to.contain('Tick every item');
      expect(element.shadowRoot?.querySelector('.text')).to.equal(null);
      await click(element, ...ALL.filter((each) => each !== missing));
    }
    expect(desk.given('installations.confirm')).to.have.length(0);
  });

  it('forgets the ticks of a form that has changed since, and says so', async () => {
    const element = await shown();
    await click(element, ...ALL, '[data-action="review"]');
    desk.values.installations.set({ status: 'ready', value: [installation({ revision: 2 })] });
    await settled(element);
    expect(textOf(element)).to.contain('The form has changed since you ticked');
    expect(inside<HTMLInputElement>(element, '[data-item="item_1"]').checked).to.equal(false);
  });

  it('says why a confirmation was refused, and keeps the text there', async () => {
    desk.fail('installations.confirm', 'installation-changed');
    const element = await shown();
    await click(element, ...ALL, '[data-action="review"]', '[data-action="confirm"]');
    expect(inside(element, '[role="alert"]').textContent).to.contain('Read it again');
    expect(textOf(element)).to.contain('This is the text that you confirm');
  });

  it('shows what is confirmed, its words in their own direction, and the certificate', async () => {
    desk.values.installations.set({ status: 'ready', value: [confirmedInstallation()] });
    const element = await shown();
    expect(textOf(element)).to.contain('Confirmed by Sara Mohammadi');
    expect(inside(element, '.text').dir).to.equal('rtl');
    expect(inside<HTMLAnchorElement>(element, '[data-action="certificate"]').href).to.contain('inst_1');
    expect(element.shadowRoot?.querySelector('input')).to.equal(null);
  });

  it('says what to expect when nothing waits, and shows one device alone when asked to', async () => {
    desk.values.installations.set({ status: 'ready', value: [] });
    expect(textOf(await shown())).to.contain('Nothing waits for your confirmation');
    desk.values.installations.set({
      status: 'ready',
      value: [installation(), installation({ id: 'b', deviceId: 'x' })],
    });
    const element = await mount('cw-installation-form', desk, { deviceId: 'x' });
    expect(element.shadowRoot?.querySelectorAll('article').length).to.equal(1);
  });

  it('is accessible in both directions and schemes, in every state', async () => {
    await expectAccessibleEverywhere(await shown());
    const ticked = await shown();
    await click(ticked, ...ALL, '[data-action="review"]');
    await expectAccessibleEverywhere(ticked);
    desk.values.installations.set({ status: 'ready', value: [confirmedInstallation()] });
    await expectAccessibleEverywhere(await shown('fa'));
  });

  it('stands against the CSS of a page and a strict policy', async () => {
    await expectUnharmedByPageCss(await shown());
    expectNoInlineStyles(await shown());
  });
});
