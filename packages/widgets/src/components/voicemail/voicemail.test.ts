import '../../define/voicemail.ts';
import { CallweaveError, voicemail } from '@callweave/sdk';
import type { VoicemailMessage } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { reza, sara } from '../../testing/fixtures.ts';
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
import {
  greetingOf,
  ownBox,
  queueBox,
  spokenGreeting,
  type VoicemailDesk,
  voiceMessage,
  withVoicemail,
} from '../../testing/voicemail-fixtures.ts';

const now = () => new Date().toISOString();

describe('cw-voicemail', () => {
  let desk: VoicemailDesk;
  beforeEach(() => {
    desk = withVoicemail();
    desk.answer('voicemail.markHeard', (id: string) => voiceMessage({ id, heardAt: now() }));
  });
  afterEach(unmountAll);

  const box = async (...messages: VoicemailMessage[]) => {
    desk.messages.set({ status: 'ready', value: messages });
    return mount('cw-voicemail', desk);
  };
  const rows = (element: Element) =>
    [...(element.shadowRoot?.querySelectorAll('[data-message]') ?? [])].map((row) =>
      (row.textContent ?? '').replace(/\s+/g, ' '),
    );
  const press = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };
  const until = async (condition: () => boolean, element: Element) => {
    for (let round = 0; !condition(); round += 1) {
      if (round > 400) throw new Error('It did not come.');
      await new Promise((resolve) => setTimeout(resolve, 10));
      await settled(element);
    }
  };

  it('lists who left what, in which box, how long, and whether it was heard: in word and shape', async () => {
    const element = await box(
      voiceMessage({ id: 'd' }),
      voiceMessage({ id: 'c', customer: null, candidates: [sara, reza], heardAt: now() }),
      voiceMessage({ id: 'b', customer: null, from: '', state: 'failed', boxId: ownBox().id }),
      voiceMessage({ id: 'a', state: 'storing' }),
    );
    const shown = rows(element);
    expect(shown[0]).to.include(sara.name).and.to.include('0:12').and.to.include('● New').and.to.include('Orders');
    expect(shown[1]).to.include('2 customers have this number').and.to.include('Heard');
    expect(shown[2]).to.include('Number withheld').and.to.include('Lost').and.to.include('My own');
    expect(shown[3]).to.include('Being stored');
    expect(textOf(element)).to.include('3 new');
  });

  it('plays, with seek and speed, and is heard by playing, not by opening', async () => {
    const element = await box(voiceMessage());
    await press(element, '[data-action="open"]');
    expect(desk.given('voicemail.markHeard')).to.deep.equal([]);
    const audio = inside<HTMLAudioElement>(element, 'audio[data-player="message"]');
    audio.muted = true;
    const seek = inside<HTMLInputElement>(element, 'input[type="range"]');
    seek.value = '6000';
    seek.dispatchEvent(new InputEvent('input'));
    const speed = inside<HTMLSelectElement>(element, '.transport select');
    speed.value = '2';
    speed.dispatchEvent(new Event('change'));
    await press(element, '[data-action="play"]');
    await until(() => audio.currentTime > 6.2, element);
    expect(audio.playbackRate).to.equal(2);
    expect(desk.given('voicemail.markHeard')).to.deep.equal([['vm_1']]);
    const before = audio.currentTime;
    await press(element, '[data-action="back"]');
    expect(audio.currentTime).to.be.below(before);
    await press(element, '[data-action="play"]');
    expect(audio.paused).to.equal(true);
  });

  it('says when the sound cannot be played', async () => {
    Object.assign(desk.use(voicemail), { audioUrl: () => 'data:audio/wav;base64,AAAA' });
    const element = await box(voiceMessage());
    await press(element, '[data-action="open"]');
    await press(element, '[data-action="play"]');
    await until(() => element.shadowRoot?.querySelector('.opened [role=alert]') !== null, element);
    expect(textOf(element)).to.include('could not be played');
  });

  it('calls back with one press and tells the page; says why when it cannot', async () => {
    const message = voiceMessage();
    desk.answer('voicemail.callBack', () => ({ id: 'call_9' }));
    const element = await box(message);
    let called: string | undefined;
    element.addEventListener('cw-voicemail-call-back', (event) => (called = event.call.id));
    await press(element, '[data-action="open"]');
    await press(element, '[data-action="call-back"]');
    expect(desk.given('voicemail.callBack')).to.deep.equal([[message]]);
    expect(called).to.equal('call_9');
    expect(textOf(element)).to.include('Your phone rings');
    desk.fail('voicemail.callBack', 'exchange-unavailable');
    await press(element, '[data-action="call-back"]');
    inside(element, '[role=alert]');
  });

  it('offers no call back to a withheld number', async () => {
    const element = await box(voiceMessage({ from: '', customer: null }));
    await press(element, '[data-action="open"]');
    expect(element.shadowRoot?.querySelector('[data-action="call-back"]')).to.equal(null);
    expect(textOf(element)).to.include('withheld their number');
  });

  it('deletes, and takes back what was deleted', async () => {
    desk.answer('voicemail.delete', () => voiceMessage({ deletedAt: now(), binnedUntil: now() }));
    desk.answer('voicemail.restore', () => voiceMessage());
    const element = await box(voiceMessage());
    await press(element, '[data-action="open"]');
    await press(element, '[data-action="delete"]');
    expect(textOf(element)).to.include('in the bin until');
    await press(element, '[data-action="undo"]');
    expect(desk.given('voicemail.restore')).to.deep.equal([['vm_1']]);
    expect(textOf(element)).to.include('The message is back.');
  });

  it('keeps a note, and marks as new again', async () => {
    desk.answer('voicemail.note', () => voiceMessage({ note: 'Call after five' }));
    const element = await box(voiceMessage({ heardAt: now(), heardBy: { id: 'a', name: 'Hamid' } }));
    await press(element, '[data-action="open"]');
    expect(textOf(element)).to.include('Heard by Hamid');
    inside<HTMLTextAreaElement>(element, 'textarea').value = 'Call after five';
    await press(element, '[data-action="note"]');
    expect(desk.given('voicemail.note')).to.deep.equal([['vm_1', 'Call after five']]);
    expect(textOf(element)).to.include('The note is saved.');
    await press(element, '[data-action="unheard"]');
    expect(desk.given('voicemail.markHeard')).to.deep.equal([['vm_1', false]]);
  });

  it('is chosen by box and filtered to what is new, and offers what is in the bin to be restored', async () => {
    const element = await box(voiceMessage({ id: 'b' }), voiceMessage({ id: 'a', heardAt: now() }));
    const choose = inside<HTMLSelectElement>(element, '[data-choose="box"]');
    expect([...choose.options].map(({ text }) => text)).to.deep.equal([
      'All boxes',
      'My own (1 new)',
      'Orders (2 new)',
    ]);
    choose.value = 'orders';
    choose.dispatchEvent(new Event('change'));
    await settled(element);
    expect(element.boxId).to.equal('orders');
    expect(textOf(element)).to.include('2 new').and.to.include('Greeting: Orders');
    element.filter = 'unheard';
    await settled(element);
    expect(rows(element)).to.have.length(1);
    desk.messages.set({ status: 'ready', value: [voiceMessage({ deletedAt: now(), binnedUntil: now() })] });
    element.filter = 'bin';
    await settled(element);
    await press(element, '[data-action="open"]');
    inside(element, '[data-action="restore"]');
    expect(element.shadowRoot?.querySelector('[data-action="delete"]')).to.equal(null);
  });

  it('shows older ones a page at a time, and holds 500 rows', async () => {
    const many = Array.from({ length: 200 }, (_, index) => voiceMessage({ id: `vm_${900 - index}` }));
    const older = Array.from({ length: 300 }, (_, index) => voiceMessage({ id: `vm_${600 - index}` }));
    desk.answer('voicemail.olderThan', () => older);
    const element = await box(...many);
    await press(element, '[data-action="older"]');
    expect(desk.given('voicemail.olderThan')).to.deep.equal([['vm_701', {}]]);
    expect(rows(element)).to.have.length(500);
  });

  it('records a greeting on the phone, plays it, and asks once before it is reset', async () => {
    desk.boxes.set({ status: 'ready', value: [ownBox({ greeting: spokenGreeting(ownBox().id) })] });
    const element = await box();
    inside<HTMLDetailsElement>(element, 'details').open = true;
    expect(textOf(element)).to.include('Callers hear what');
    await press(element, '[data-action="record-greeting"]');
    expect(desk.given('voicemail.recordGreeting')).to.deep.equal([[ownBox().id]]);
    await press(element, '[data-action="reset"]');
    expect(desk.given('voicemail.resetGreeting')).to.deep.equal([]);
    await press(element, '[data-action="reset-sure"]');
    expect(desk.given('voicemail.resetGreeting')).to.deep.equal([[ownBox().id]]);
    desk.boxes.set({
      status: 'ready',
      value: [ownBox({ greeting: greetingOf(ownBox().id, { beingRecorded: true }) })],
    });
    await settled(element);
    expect(textOf(element)).to.include('being recorded');
    expect(inside<HTMLButtonElement>(element, '[data-action="record-greeting"]').disabled).to.equal(true);
    desk.boxes.set({ status: 'ready', value: [queueBox()] });
    await settled(element);
    expect(element.shadowRoot?.querySelector('[data-action="record-greeting"]')).to.equal(null);
    expect(textOf(element)).to.include('A supervisor or a manager');
  });

  it('teaches when empty, has skeleton and error, and says what an offline desk means', async () => {
    const element = await box();
    expect(textOf(element)).to.include('No message yet');
    desk.messages.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.messages.set({ status: 'failed', error: new CallweaveError('network', 'x') });
    await settled(element);
    expect(textOf(element)).to.include('cannot reach the server');
    inside(element, '[data-action="retry"]');
  });

  it('keeps every action in sight on any width', async () => {
    const element = await box(voiceMessage(), voiceMessage({ id: 'vm_0', customer: null }));
    await press(element, '[data-action="open"]');
    await expectNothingCutOff(element);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    desk.boxes.set({ status: 'ready', value: [ownBox({ greeting: spokenGreeting(ownBox().id) })] });
    const element = await box(voiceMessage(), voiceMessage({ id: 'vm_0', customer: null, heardAt: now() }));
    await press(element, '[data-action="open"]');
    inside<HTMLDetailsElement>(element, 'details').open = true;
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
