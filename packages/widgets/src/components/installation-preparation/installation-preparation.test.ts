import '../../define/installation-preparation.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { confirmedInstallation, installation } from '../../testing/installation-fixtures.ts';
import {
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';

describe('cw-installation-preparation', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.installations.set({ status: 'ready', value: [] });
  });
  afterEach(unmountAll);

  const shown = (lang = 'en') => mount('cw-installation-preparation', desk, { deviceId: 'device_1' }, { lang });
  const click = async (element: Element, action: string) => {
    inside(element, `[data-action="${action}"]`).click();
    await settled(element);
  };

  it('gives the form to the buyer, with the day and the notes', async () => {
    desk.values.installations.set({ status: 'ready', value: [installation()] });
    const element = await shown();
    const notes = inside<HTMLTextAreaElement>(element, '#notes');
    expect(notes.value).to.equal('Second floor, beside the window');
    notes.value = 'Third floor';
    notes.dispatchEvent(new Event('input'));
    await click(element, 'prepare');
    expect(desk.given('installations.prepare')).to.deep.equal([
      [{ deviceId: 'device_1', installedOn: '2026-11-20', notes: 'Third floor' }],
    ]);
    expect(textOf(element)).to.contain('The buyer sees the form now');
  });

  it('takes a form back only when asked twice', async () => {
    desk.values.installations.set({ status: 'ready', value: [installation()] });
    const element = await shown();
    await click(element, 'ask');
    expect(desk.given('installations.withdraw')).to.have.length(0);
    await click(element, 'withdraw');
    expect(desk.given('installations.withdraw')).to.deep.equal([['inst_1']]);
  });

  it('says why the form could not be prepared', async () => {
    desk.fail('installations.prepare', 'no-checklist');
    const element = await shown();
    await click(element, 'prepare');
    expect(inside(element, '[role="alert"]').textContent).to.contain('no checklist for this device type');
  });

  it('has nothing to prepare once the buyer has confirmed', async () => {
    desk.values.installations.set({ status: 'ready', value: [confirmedInstallation()] });
    const element = await shown();
    expect(textOf(element)).to.contain('Confirmed by Sara Mohammadi');
    expect(element.shadowRoot?.querySelector('form')).to.equal(null);
  });

  it('is accessible in both directions and schemes, without inline styles', async () => {
    const element = await shown();
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectAccessibleEverywhere(await shown('fa'));
  });
});
