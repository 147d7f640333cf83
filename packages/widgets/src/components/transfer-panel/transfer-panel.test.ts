import '../../define/transfer-panel.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall, ringingCall } from '../../testing/fixtures.ts';
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
import { callTargets, third } from '../../testing/transfer-fixtures.ts';

describe('cw-transfer-panel', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('calls.targets', async () => callTargets());
    desk.values.current.set(answeredCall());
  });
  afterEach(unmountAll);

  const type = async (element: HTMLElement, text: string) => {
    const field = inside<HTMLInputElement>(element, '#search');
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(element);
  };
  const choose = async (element: HTMLElement, words: string) => {
    const label = [...element.shadowRoot!.querySelectorAll('label')].find(({ textContent }) =>
      textContent?.includes(words),
    );
    label?.click();
    await settled(element);
  };

  it('takes no space without a call of one’s own', async () => {
    desk.values.current.set(undefined);
    const element = await mount('cw-transfer-panel', desk);
    expect(textOf(element)).to.equal('');
    desk.values.current.set(ringingCall());
    await settled(element);
    expect(textOf(element)).to.equal('');
    // Brought into a colleague's call: that is theirs to hand on.
    desk.values.current.set(
      answeredCall({ agent: { id: 'account_9', name: 'Somebody' }, parties: [third('talking')] }),
    );
    await settled(element);
    expect(textOf(element)).to.equal('');
  });

  it('hands over after asking, at once, or brings in, whoever is picked; who cannot be rung says why', async () => {
    const element = await mount('cw-transfer-panel', desk);
    await settled(element);
    expect(textOf(element)).to.include('in a call');
    expect(button(element, 'Leila Moradi in a call').disabled).to.equal(true);
    button(element, 'Reza Karimi').click();
    await settled(element);
    await choose(element, 'Hand over at once');
    button(element, 'Call-centre group, 2 free').click();
    await settled(element);
    await choose(element, 'Talk with three');
    await type(element, '021 6677 8899');
    button(element, '021 6677 8899').click();
    await settled(element);
    expect(desk.given('calls.transfer')).to.deep.equal([
      ['call_1', 'attended', { kind: 'agent', accountId: 'account_2' }],
      ['call_1', 'blind', { kind: 'group' }],
    ]);
    expect(desk.given('calls.conference')).to.deep.equal([['call_1', { kind: 'number', number: '021 6677 8899' }]]);
  });

  it('lets the customer wait for the group where nobody of it is free, and asks nobody there', async () => {
    desk.answer('calls.targets', async () => ({ ...callTargets(), groupFree: 0, groupWaiting: 3 }));
    const element = await mount('cw-transfer-panel', desk);
    await settled(element);
    expect(textOf(element)).not.to.include('Call-centre');
    await choose(element, 'Hand over at once');
    button(element, 'Call-centre queue, 3 waiting').click();
    await settled(element);
    expect(desk.given('calls.transfer')).to.deep.equal([['call_1', 'blind', { kind: 'group' }]]);
  });

  it('says in words why somebody could not be brought in', async () => {
    desk.fail('calls.transfer', 'target-unavailable');
    const element = await mount('cw-transfer-panel', desk);
    await settled(element);
    button(element, 'Reza Karimi').click();
    await settled(element);
    expect(textOf(element)).to.include('They cannot be reached now');
    desk.values.current.set(answeredCall({ parties: [third('failed', { reason: 'no-answer' })] }));
    await settled(element);
    expect(textOf(element)).to.include('Reza Karimi was not reached: does not answer.');
    // And another may be picked.
    expect(element.shadowRoot?.querySelector('#search')).not.to.equal(null);
  });

  it('decides about whoever is consulted: hand over, let in, back to the customer', async () => {
    desk.values.current.set(answeredCall({ parties: [third('consulting')] }));
    const element = await mount('cw-transfer-panel', desk);
    expect(element.shadowRoot?.querySelector('#search')).to.equal(null);
    expect(textOf(element)).to.include('the customer hears music');
    for (const words of ['Let the customer in', 'Back to the customer', 'Hand over and leave']) {
      button(element, words).click();
      await settled(element);
    }
    expect(desk.given('calls.conference')).to.deep.equal([['call_1']]);
    expect(desk.given('calls.cancelTransfer')).to.deep.equal([['call_1']]);
    expect(desk.given('calls.completeTransfer')).to.deep.equal([['call_1']]);
  });

  it('removes who rings or talks', async () => {
    desk.values.current.set(answeredCall({ parties: [third('talking')] }));
    const element = await mount('cw-transfer-panel', desk);
    button(element, 'Remove').click();
    await settled(element);
    expect(desk.given('calls.removeParty')).to.deep.equal([['call_1', 'leg_3']]);
  });

  it('pauses the recording with a reason, says so while it lasts, and records again', async () => {
    const element = await mount('cw-transfer-panel', desk);
    inside<HTMLSelectElement>(element, 'select').value = 'secret';
    button(element, 'Pause the recording').click();
    await settled(element);
    expect(desk.given('calls.pauseRecording')).to.deep.equal([['call_1', 'secret']]);
    const paused = {
      id: 'rec_1',
      state: 'paused',
      startedAt: '2026-11-22T10:00:00.000Z',
      pauseReason: 'secret',
    } as const;
    desk.values.current.set(answeredCall({ recording: paused }));
    await settled(element);
    expect(textOf(element)).to.include('Nothing is recorded now: Password or code.');
    button(element, 'Record again').click();
    await settled(element);
    expect(desk.given('calls.resumeRecording')).to.deep.equal([['call_1']]);
  });

  it('is accessible in every state, in both directions and schemes, and unharmed by the page', async () => {
    for (const parties of [[], [third('ringing')], [third('consulting')], [third('failed', { reason: 'busy' })]]) {
      desk.values.current.set(answeredCall({ parties }));
      const element = await mount('cw-transfer-panel', desk);
      await settled(element);
      await expectAccessibleEverywhere(element);
      expectNoInlineStyles(element);
      unmountAll();
    }
    await expectUnharmedByPageCss(await mount('cw-transfer-panel', desk));
  });
});
