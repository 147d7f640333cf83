import '../../define/supervision.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall, manager, mina, session } from '../../testing/fixtures.ts';
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
import { expectNothingCutOff } from '../../testing/narrow.ts';
import { boss, escalation, liveCalls, supervised, supervision } from '../../testing/supervision-fixtures.ts';

describe('cw-supervision', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.session.set({ status: 'signed-in', session: session(boss) });
    desk.values.open.set({ status: 'ready', value: liveCalls() });
  });
  afterEach(unmountAll);

  const show = (state: Parameters<typeof supervised>[0]) =>
    desk.values.supervision.set({ status: 'ready', value: supervised(state) });
  const at = (callId: string, action: string) => `[data-call="${callId}"] [data-action="${action}"]`;
  const type = async (element: Element, text: string) => {
    const input = inside<HTMLInputElement>(element, '#reason');
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(element);
  };

  it('shows who talks with whom: how long, held, verified, recorded', async () => {
    const element = await mount('cw-supervision', desk);
    expect(textOf(element)).to.include('2 calls');
    const [first, second] = [...(element.shadowRoot?.querySelectorAll('[part=row]') ?? [])].map((row) =>
      (row.textContent ?? '').replace(/\s+/g, ' '),
    );
    expect(first).to.include(mina.name).and.include('Talking').and.include('Verified').and.include('Recorded');
    expect(second).to.include('On hold 0:2').and.include('Not verified').and.include('Paused');
  });

  it('asks for a reason before anything is heard', async () => {
    const element = await mount('cw-supervision', desk);
    inside(element, at('call_1', 'listen')).click();
    await settled(element);
    expect(element.shadowRoot?.activeElement?.id).to.equal('reason');
    inside<HTMLFormElement>(element, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    await settled(element);
    expect(desk.given('supervision.listen')).to.deep.equal([]);
    await type(element, '  training ');
    button(element, 'Start listening').click();
    await settled(element);
    expect(desk.given('supervision.listen')).to.deep.equal([['call_1', 'training']]);
    expect(element.shadowRoot?.querySelector('form')).to.equal(null);
  });

  it('says what my part is, changes it without asking again, and leaves', async () => {
    show({ supervisions: [supervision()] });
    const element = await mount('cw-supervision', desk);
    expect(textOf(element)).to.include('You listen. Nobody hears you.');
    expect(inside(element, at('call_1', 'listen')).ariaPressed).to.equal('true');
    inside(element, at('call_1', 'whisper')).click();
    await settled(element);
    expect(desk.given('supervision.whisper')).to.deep.equal([['call_1', undefined]]);
    show({ supervisions: [supervision({ mode: 'whisper' })] });
    await settled(element);
    expect(textOf(element)).to.include('Only the agent hears you.');
    inside(element, at('call_1', 'leave')).click();
    await settled(element);
    expect(desk.given('supervision.leave')).to.deep.equal([['call_1']]);
  });

  it('says when the agent is not shown it, that my phone rings, and who else is there', async () => {
    show({
      supervisions: [
        supervision({ state: 'ringing', visible: false }),
        supervision({ id: 'sup_2', supervisor: { id: 'x', name: 'Karel' }, mode: 'barge' }),
      ],
    });
    const element = await mount('cw-supervision', desk);
    expect(textOf(element)).to.include('Your phone rings').and.include('The agent is not shown this.');
    expect(textOf(element)).to.include('Karel is in the call');
  });

  it('takes over only after saying what that does', async () => {
    const element = await mount('cw-supervision', desk);
    inside(element, at('call_1', 'takeOver')).click();
    await settled(element);
    expect(textOf(element)).to.include('the caller must be verified anew');
    await type(element, 'complaint');
    button(element, 'Take the call over').click();
    await settled(element);
    expect(desk.given('supervision.takeOver')).to.deep.equal([['call_1', 'complaint']]);
  });

  it('keeps the reason when it fails, and says why', async () => {
    desk.fail('supervision.listen', 'in-a-call');
    const element = await mount('cw-supervision', desk);
    inside(element, at('call_1', 'listen')).click();
    await settled(element);
    await type(element, 'training');
    button(element, 'Start listening').click();
    await settled(element);
    expect(inside(element, '[role=alert]').textContent).to.have.length.above(10);
    expect(inside<HTMLInputElement>(element, '#reason').value).to.equal('training');
  });

  it('puts agents who ask on top, announces them, and goes to them', async () => {
    const element = await mount('cw-supervision', desk);
    show({ escalations: [escalation({ unanswered: true })] });
    await settled(element);
    expect(inside(element, '[role=status]').textContent).to.include(mina.name);
    expect(inside(element, '[data-escalation]').textContent).to.include('شکایت').and.include('Nobody has come yet');
    inside(element, '[data-action=join]').click();
    await settled(element);
    expect(desk.given('supervision.accept')[0]?.[1]).to.equal('barge');
    show({ escalations: [escalation({ state: 'accepted', supervisor: { id: 'x', name: 'Karel' } })] });
    await settled(element);
    expect(textOf(element)).to.include('Karel has accepted');
    expect(element.shadowRoot?.querySelector('[data-action=join]')).to.equal(null);
  });

  it('offers what the roles allow, and nothing at my own call', async () => {
    desk.values.session.set({ status: 'signed-in', session: session({ ...manager, roles: ['manager'] }) });
    show({ rules: { agentSees: true, managersListen: true } });
    const element = await mount('cw-supervision', desk);
    expect(element.shadowRoot?.querySelectorAll('[data-action]')).to.have.length(2);
    show({ rules: { agentSees: true, managersListen: false } });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('[data-action]')).to.have.length(0);
    desk.values.session.set({ status: 'signed-in', session: session({ ...mina, roles: ['agent', 'supervisor'] }) });
    await settled(element);
    expect(inside(element, '[data-call=call_1]').textContent).to.include('Your call');
    expect(inside(element, at('call_2', 'listen')).textContent).to.equal('Listen');
  });

  it('teaches when nobody talks, has skeleton and error', async () => {
    desk.values.open.set({ status: 'ready', value: [answeredCall({ state: 'ringing' })] });
    const element = await mount('cw-supervision', desk);
    expect(textOf(element)).to.include('Nobody is talking at the moment.');
    desk.values.supervision.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.values.supervision.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('keeps every action in sight on any width', async () => {
    show({ supervisions: [supervision()], escalations: [escalation()] });
    const element = await mount('cw-supervision', desk);
    inside(element, at('call_2', 'takeOver')).click();
    await settled(element);
    await expectNothingCutOff(element);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    show({ supervisions: [supervision()], escalations: [escalation()] });
    const element = await mount('cw-supervision', desk);
    inside(element, at('call_2', 'takeOver')).click();
    await settled(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
