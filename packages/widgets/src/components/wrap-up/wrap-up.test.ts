import '../../define/wrap-up.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall, wrapUpCall } from '../../testing/fixtures.ts';
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

describe('cw-wrap-up', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.current.set(wrapUpCall());
  });
  afterEach(unmountAll);

  it('takes no space in a call', async () => {
    desk.values.current.set(answeredCall());
    const form = await mount('cw-wrap-up', desk);
    expect(form.getBoundingClientRect().height).to.equal(0);
  });

  it('records result and note', async () => {
    const form = await mount('cw-wrap-up', desk);
    inside<HTMLSelectElement>(form, 'select').value = 'call-back';
    inside<HTMLTextAreaElement>(form, 'textarea').value = ' after four ';
    let told = '';
    form.addEventListener('cw-wrap-up', (event) => (told = event.disposition));
    button(form, 'Finish').click();
    await settled(form);
    expect(desk.given('calls.wrapUp')).to.deep.equal([['call_1', { disposition: 'call-back', note: 'after four' }]]);
    expect(told).to.equal('call-back');
  });

  it('asks for the result at its field, and keeps the note', async () => {
    const form = await mount('cw-wrap-up', desk);
    inside<HTMLTextAreaElement>(form, 'textarea').value = 'kept';
    button(form, 'Finish').click();
    await settled(form);
    expect(desk.given('calls.wrapUp')).to.have.length(0);
    expect(textOf(form)).to.include('Choose the result of the call.');
    expect(form.shadowRoot?.activeElement === inside(form, 'select')).to.equal(true);
    expect(inside<HTMLTextAreaElement>(form, 'textarea').value).to.equal('kept');
  });

  it('keeps what was written when the server fails', async () => {
    desk.fail('calls.wrapUp', 'unavailable');
    const form = await mount('cw-wrap-up', desk);
    inside<HTMLSelectElement>(form, 'select').value = 'other';
    inside<HTMLTextAreaElement>(form, 'textarea').value = 'kept';
    button(form, 'Finish').click();
    await settled(form);
    expect(textOf(form)).to.include('Nothing was changed; try again in a few seconds.');
    expect(inside<HTMLTextAreaElement>(form, 'textarea').value).to.equal('kept');
    expect(inside<HTMLSelectElement>(form, 'select').value).to.equal('other');
  });

  it('offers the integrator’s own results', async () => {
    const form = await mount('cw-wrap-up', desk, { dispositions: [{ value: 'vip', label: 'VIP' }] });
    expect([...inside<HTMLSelectElement>(form, 'select').options].map(({ value }) => value)).to.deep.equal(['', 'vip']);
  });

  it('has the focus when the call is over and nothing else has it', async () => {
    desk.values.current.set(answeredCall());
    const form = await mount('cw-wrap-up', desk);
    (document.activeElement as HTMLElement | null)?.blur();
    desk.values.current.set(wrapUpCall());
    await settled(form);
    await new Promise((drawn) => requestAnimationFrame(drawn));
    expect(form.shadowRoot?.activeElement === inside(form, 'select')).to.equal(true);
  });

  it('is accessible, unharmed by page CSS, and without inline styles', async () => {
    const form = await mount('cw-wrap-up', desk, {}, { width: 800 });
    await expectAccessibleEverywhere(form);
    expectNoInlineStyles(form);
    await expectUnharmedByPageCss(form);
  });
});
