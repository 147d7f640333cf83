import '../../define/escalation.ts';
import type { CallParty } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall } from '../../testing/fixtures.ts';
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
import { boss, escalation } from '../../testing/supervision-fixtures.ts';

const party = (state: CallParty['state']): CallParty => ({
  id: 'leg_1',
  role: 'supervisor',
  accountId: boss.id,
  name: boss.name,
  number: null,
  state,
  reason: null,
  since: '2026-11-22T10:00:00.000Z',
});

describe('cw-escalation', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.current.set(answeredCall());
  });
  afterEach(unmountAll);

  it('calls a supervisor with a word of what it is about', async () => {
    const element = await mount('cw-escalation', desk);
    button(element, 'Call a supervisor').click();
    await settled(element);
    expect(element.shadowRoot?.activeElement?.id).to.equal('note');
    const note = inside<HTMLInputElement>(element, '#note');
    note.value = ' complaint ';
    note.dispatchEvent(new InputEvent('input', { bubbles: true }));
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
    expect(desk.given('supervision.escalate')).to.deep.equal([['call_1', 'complaint']]);
    expect(element.shadowRoot?.querySelector('form')).to.equal(null);
  });

  it('tells that it rings, that nobody comes, and who does', async () => {
    const element = await mount('cw-escalation', desk);
    desk.values.ownEscalation.set(escalation());
    await settled(element);
    expect(textOf(element)).to.include('Supervisors are being called');
    desk.values.ownEscalation.set(escalation({ unanswered: true }));
    await settled(element);
    expect(textOf(element)).to.include('No supervisor has come yet');
    button(element, 'Take it back').click();
    await settled(element);
    expect(desk.given('supervision.cancelEscalation')).to.deep.equal([['esc_1']]);
    desk.values.ownEscalation.set(escalation({ state: 'accepted', supervisor: { id: boss.id, name: boss.name } }));
    await settled(element);
    expect(textOf(element)).to.include(`${boss.name} is coming.`);
    desk.values.current.set(answeredCall({ parties: [party('talking')] }));
    await settled(element);
    expect(textOf(element)).to.include(`${boss.name} is with you.`).and.not.include('is coming');
  });

  it('shows who listens and who whispers, and still lets me ask', async () => {
    desk.values.current.set(answeredCall({ parties: [party('listening')] }));
    const element = await mount('cw-escalation', desk);
    expect(textOf(element)).to.include(`${boss.name} listens to this call.`);
    desk.values.current.set(answeredCall({ parties: [party('whispering')] }));
    await settled(element);
    expect(textOf(element)).to.include(`${boss.name} whispers`);
    button(element, 'Call a supervisor');
  });

  it('belongs to one call: another one begins anew, and without a call it takes no space', async () => {
    desk.values.ownEscalation.set(escalation({ callId: 'call_before' }));
    const element = await mount('cw-escalation', desk);
    button(element, 'Call a supervisor').click();
    await settled(element);
    desk.values.current.set(answeredCall({ id: 'call_next' }));
    await settled(element);
    expect(element.shadowRoot?.querySelector('form')).to.equal(null);
    desk.values.current.set(undefined);
    await settled(element);
    expect(element.getBoundingClientRect().height).to.equal(0);
  });

  it('says why it could not be sent, keeps the note, and Escape gives up', async () => {
    desk.fail('supervision.escalate', 'call-not-live');
    const element = await mount('cw-escalation', desk);
    button(element, 'Call a supervisor').click();
    await settled(element);
    const note = inside<HTMLInputElement>(element, '#note');
    note.value = 'complaint';
    note.dispatchEvent(new InputEvent('input', { bubbles: true }));
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
    inside(element, '[role=alert]');
    expect(inside<HTMLInputElement>(element, '#note').value).to.equal('complaint');
    inside(element, 'form').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled(element);
    expect(element.shadowRoot?.activeElement?.getAttribute('part')).to.equal('call');
  });

  it('is accessible, unharmed by page CSS, and without inline styles', async () => {
    desk.values.current.set(answeredCall({ parties: [party('listening')] }));
    const element = await mount('cw-escalation', desk, {}, { width: 480 });
    button(element, 'Call a supervisor').click();
    await settled(element);
    await expectAccessibleEverywhere(element);
    desk.values.ownEscalation.set(escalation({ unanswered: true }));
    await settled(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
