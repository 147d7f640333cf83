import '../../define/availability.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { hamid, ownPresence, session } from '../../testing/fixtures.ts';
import {
  button,
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  expectUnharmedByPageCss,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import type { CwAvailability } from './availability.ts';

describe('cw-availability', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const pick = async (widget: CwAvailability, selector: string) => {
    inside<HTMLInputElement>(widget, selector).click();
    await settled(widget);
  };

  it('moves my calls to a telephone number', async () => {
    const widget = await mount('cw-availability', desk);
    await pick(widget, '[value=number]');
    const number = inside<HTMLInputElement>(widget, '#number');
    number.value = '۰۹۳۵ ۱۱۱ ۲۲۳۳';
    number.dispatchEvent(new InputEvent('input', { bubbles: true }));
    button(widget, 'Save').click();
    await settled(widget);
    expect(desk.given('session.setProfile')).to.deep.equal([
      [{ device: { kind: 'number', number: '+989351112233' }, onLeave: false }],
    ]);
    expect(textOf(widget)).to.include('Saved.');
  });

  it('refuses what is no number, at its field', async () => {
    const widget = await mount('cw-availability', desk);
    await pick(widget, '[value=number]');
    button(widget, 'Save').click();
    await settled(widget);
    expect(desk.given('session.setProfile')).to.have.length(0);
    expect(textOf(widget)).to.include('This is not a telephone number.');
    expect(widget.shadowRoot?.activeElement?.id).to.equal('number');
  });

  it('shows what is stored, and takes me on leave', async () => {
    desk.values.session.set({ status: 'signed-in', session: session(hamid) });
    const widget = await mount('cw-availability', desk);
    expect(inside<HTMLInputElement>(widget, '#number').value).to.equal('+989351112233');
    await pick(widget, '[name=leave]');
    button(widget, 'Save').click();
    await settled(widget);
    expect(desk.given('session.setProfile')[0]?.[0]).to.deep.include({ onLeave: true, device: hamid.device });
  });

  it('says why it could not be saved, and keeps the choice', async () => {
    desk.fail('session.setProfile', 'unavailable');
    const widget = await mount('cw-availability', desk);
    await pick(widget, '[name=leave]');
    button(widget, 'Save').click();
    await settled(widget);
    expect(textOf(widget)).to.include('Nothing was changed');
    expect(inside<HTMLInputElement>(widget, '[name=leave]').checked).to.equal(true);
  });

  it('shows what I am and since when, and says at once what I choose', async () => {
    desk.values.presence.set({ status: 'ready', value: ownPresence() });
    const widget = await mount('cw-availability', desk);
    expect(textOf(widget)).to.include('Ready').and.to.include('12:3');
    const select = inside<HTMLSelectElement>(widget, '#presence');
    const choose = async (words: string) => {
      select.value = [...select.options].find(({ text }) => text === words)?.value ?? '';
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await settled(widget);
    };
    await choose('Lunch');
    await choose('Do not disturb');
    await choose('Ready');
    expect(desk.given('presence.setOwn').map(([input]) => input)).to.deep.equal([
      { ready: false, reason: 'lunch', doNotDisturb: false },
      { ready: true, doNotDisturb: true },
      { ready: true, doNotDisturb: false },
    ]);
    // What a supervisor set is shown as well.
    desk.values.presence.set({
      status: 'ready',
      value: ownPresence({ state: 'not-ready', ready: false, reason: 'training' }),
    });
    await settled(widget);
    expect(textOf(widget)).to.include('Not ready');
    expect(select.selectedOptions[0]?.text).to.equal('Training');
  });

  it('gives more time to write down what was said, once', async () => {
    const until = new Date(Date.now() + 30_000).toISOString();
    const writing = (extendable: boolean) => ownPresence({ state: 'wrap-up', wrapUp: { until, extendable } });
    desk.values.presence.set({ status: 'ready', value: writing(true) });
    const widget = await mount('cw-availability', desk);
    button(widget, 'More time').click();
    await settled(widget);
    expect(desk.given('presence.extendWrapUp')).to.have.length(1);
    desk.values.presence.set({ status: 'ready', value: writing(false) });
    await settled(widget);
    expect(textOf(widget)).not.to.include('More time');
  });

  it('says why I could not be set', async () => {
    desk.values.presence.set({ status: 'ready', value: ownPresence() });
    desk.fail('presence.setOwn', 'unavailable');
    const widget = await mount('cw-availability', desk);
    const select = inside<HTMLSelectElement>(widget, '#presence');
    select.value = 'undisturbed';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settled(widget);
    expect(textOf(widget)).to.include('Nothing was changed');
  });

  it('takes no space while nobody is signed in', async () => {
    desk.values.session.set({ status: 'signed-out' });
    const widget = await mount('cw-availability', desk);
    expect(widget.getBoundingClientRect().height).to.equal(0);
  });

  it('is accessible, unharmed by page CSS, and without inline styles', async () => {
    desk.values.presence.set({ status: 'ready', value: ownPresence() });
    const widget = await mount('cw-availability', desk, {}, { width: 480 });
    await pick(widget, '[value=number]');
    await expectAccessibleEverywhere(widget);
    expectNoInlineStyles(widget);
    await expectUnharmedByPageCss(widget);
  });
});
