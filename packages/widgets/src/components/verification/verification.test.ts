import '../../define/verification.ts';
import type { Call, Verification } from '@callweave/sdk/protocol';
import { NO_VERIFICATION } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall, asking, passed, reza, sara, sharedNumberCall, unknownCall } from '../../testing/fixtures.ts';
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
import type { CwVerification } from './verification.ts';

describe('cw-verification', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const talk = (verification: Partial<Verification> = {}, call: Partial<Call> = {}) =>
    desk.values.current.set(answeredCall({ ...call, verification: { ...NO_VERIFICATION, ...verification } }));
  const type = async (widget: CwVerification, selector: string, value: string) => {
    const input = inside<HTMLInputElement>(widget, selector);
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(widget);
  };
  const submit = async (widget: CwVerification, index = 0) => {
    widget.shadowRoot!.querySelectorAll('form')[index]!.requestSubmit();
    await settled(widget);
  };

  it('teaches what will appear, without a call', async () => {
    expect(textOf(await mount('cw-verification', desk))).to.include(
      'When you answer a call, you verify the caller here.',
    );
  });

  it('tells the developer what is missing, without a desk', async () => {
    expect(textOf(await mount('cw-verification', undefined))).to.include('<cw-verification> has no desk');
  });

  it('lets the agent choose among the customers who have the number', async () => {
    desk.values.current.set({ ...sharedNumberCall(), state: 'answered' });
    const widget = await mount('cw-verification', desk);
    expect(textOf(widget)).to.include('This number belongs to 2 customers.');
    button(widget, new RegExp(`^${reza.name}`)).click();
    await settled(widget);
    expect(desk.given('calls.chooseCustomer')).to.deep.equal([['call_1', reza.id]]);
  });

  it('finds the customer of an unknown number', async () => {
    desk.values.current.set({ ...unknownCall(), state: 'answered' });
    desk.answer('customers.find', () => [sara]);
    const widget = await mount('cw-verification', desk);
    await type(widget, '#find', ' ahm');
    expect(textOf(widget)).to.include('Searching…');
    await new Promise((resolve) => setTimeout(resolve, 230));
    await settled(widget);
    expect(desk.given('customers.find')[0]?.[0]).to.equal('ahm');
    button(widget, new RegExp(`^${sara.name}`)).click();
    await settled(widget);
    expect(desk.given('calls.chooseCustomer')).to.deep.equal([['call_1', sara.id]]);
  });

  it('says when nobody is found', async () => {
    desk.values.current.set({ ...unknownCall(), state: 'answered' });
    desk.answer('customers.find', () => []);
    const widget = await mount('cw-verification', desk);
    await type(widget, '#find', 'nobody');
    await new Promise((resolve) => setTimeout(resolve, 230));
    await settled(widget);
    expect(textOf(widget)).to.include('Nobody found.');
  });

  it('asks before the customer of a begun verification is changed', async () => {
    talk(passed());
    const widget = await mount('cw-verification', desk);
    button(widget, 'Someone else').click();
    await settled(widget);
    expect(textOf(widget)).to.include('The verification so far will be void.');
    button(widget, 'Keep this customer').click();
    await settled(widget);
    expect(textOf(widget)).not.to.include('will be void');
    button(widget, 'Someone else').click();
    await settled(widget);
    button(widget, 'Someone else').click();
    await settled(widget);
    expect(textOf(widget)).to.include('Who is calling?');
  });

  it('starts, and puts the cursor into the first answer', async () => {
    talk();
    desk.answer('verification.start', () => talk(asking()));
    const widget = await mount('cw-verification', desk);
    button(widget, 'Start verification').click();
    await settled(widget);
    expect(desk.given('verification.start')).to.deep.equal([['call_1']]);
    expect(widget.shadowRoot?.activeElement === inside(widget, 'input[name=answer]')).to.equal(true);
    expect(textOf(widget)).to.include('Question 1 of 3').and.include('3 attempts left');
  });

  it('sends an answer as heard, and does not leave it on the screen', async () => {
    talk(asking());
    const widget = await mount('cw-verification', desk);
    const [question] = asking().questions;
    await type(widget, 'input[name=answer]', ' خانم مرادی ');
    await submit(widget);
    expect(desk.given('verification.answer')).to.deep.equal([['call_1', question!.id, 'خانم مرادی']]);
    expect(inside<HTMLInputElement>(widget, 'input[name=answer]').value).to.equal('');
  });

  it('keeps the answer when the server was not reached, and says so', async () => {
    talk(asking());
    desk.fail('verification.answer', 'network');
    const widget = await mount('cw-verification', desk);
    await type(widget, 'input[name=answer]', 'kept');
    await submit(widget);
    expect(inside<HTMLInputElement>(widget, 'input[name=answer]').value).to.equal('kept');
    expect(textOf(widget)).to.include('The desk cannot reach the server.');
  });

  it('does not send an empty answer: it would cost an attempt', async () => {
    talk(asking());
    const widget = await mount('cw-verification', desk);
    await submit(widget);
    expect(desk.given('verification.answer')).to.have.length(0);
  });

  it('shows right and wrong in words, and what is left', async () => {
    const [first, second, third] = asking().questions;
    talk({
      ...asking(),
      questions: [{ ...first!, result: 'right' }, { ...second!, result: 'wrong' }, third!],
      attemptsLeft: 1,
    });
    const widget = await mount('cw-verification', desk);
    expect(textOf(widget)).to.include('Right').and.include('Wrong').and.include('1 attempt left');
    expect(widget.shadowRoot?.querySelectorAll('form')).to.have.length(2);
    expect(widget.shadowRoot?.querySelectorAll('.primary')).to.have.length(1);
  });

  it('lets the caller key the PIN, of which nothing is seen', async () => {
    talk({ ...asking(), questions: [], pin: 'required' });
    const widget = await mount('cw-verification', desk);
    button(widget, 'Ask for the PIN').click();
    await settled(widget);
    expect(desk.given('verification.collectPin')).to.deep.equal([['call_1']]);
    talk({ ...asking(), questions: [], pin: 'collecting' });
    await settled(widget);
    expect(textOf(widget)).to.include('You hear nothing until it is done.');
    expect(() => button(widget, 'Ask for the PIN')).to.throw('No button');
    talk({ ...asking(), questions: [], pin: 'wrong', attemptsLeft: 2 });
    await settled(widget);
    expect(textOf(widget)).to.include('The PIN was wrong.');
    expect(button(widget, 'Ask for the PIN').disabled).to.equal(false);
  });

  it('leads through the change of the initial PIN', async () => {
    talk({ ...passed(), pin: 'change-required' });
    const widget = await mount('cw-verification', desk);
    expect(textOf(widget)).to.include('The initial PIN must be changed in this call');
    button(widget, 'Let the caller choose a new PIN').click();
    await settled(widget);
    expect(desk.given('verification.changePin')).to.deep.equal([['call_1']]);
    talk({ ...passed(), pin: 'changed' });
    await settled(widget);
    expect(textOf(widget)).to.include('The PIN has been changed.');
  });

  it('counts down the verified state, warns near its end, and tells the page of each change', async () => {
    talk(asking());
    const widget = await mount('cw-verification', desk);
    const told: string[] = [];
    widget.addEventListener('cw-verification', ({ state }) => told.push(state));
    talk(passed());
    await settled(widget);
    expect(inside(widget, '.status [role=timer]').textContent).to.match(/^27:\d\d$/);
    expect(textOf(widget)).not.to.include('a short time only');
    talk({ ...passed(), expiresAt: new Date(Date.now() + 60_000).toISOString() });
    await settled(widget);
    expect(textOf(widget)).to.include('a short time only');
    talk({ state: 'expired', reason: 'long-hold' });
    await settled(widget);
    expect(textOf(widget)).to.include('The caller was on hold for long.');
    expect(told).to.deep.equal(['passed', 'expired']);
    button(widget, 'Verify again').click();
    await settled(widget);
    expect(desk.given('verification.start')).to.have.length(1);
  });

  it('says what comes next when it failed or is locked', async () => {
    talk({ state: 'failed', reason: 'wrong-answers', attemptsLeft: 0 });
    const widget = await mount('cw-verification', desk);
    expect(textOf(widget)).to.include('The answers were wrong. Take no request.');
    expect(() => button(widget, 'Verify again')).to.throw('No button');
    talk({ state: 'locked', reason: 'locked' });
    await settled(widget);
    expect(textOf(widget)).to.include('A supervisor can release the customer');
  });

  it('speaks Persian and Czech', async () => {
    talk(asking());
    expect(textOf(await mount('cw-verification', desk, {}, { lang: 'fa' })))
      .to.include('سوال ۱ از ۳')
      .and.include('۳ فرصت مانده است');
    expect(textOf(await mount('cw-verification', desk, {}, { lang: 'cs' })))
      .to.include('Otázka 1 z 3')
      .and.include('Zbývá: 3 pokusy');
  });

  for (const [name, state] of Object.entries({
    asking: asking(),
    passed: { ...passed(), pin: 'change-required' as const },
    locked: { state: 'locked' as const, reason: 'locked' as const },
  })) {
    it(`is accessible while ${name}, in both directions and schemes`, async () => {
      talk(state);
      await expectAccessibleEverywhere(await mount('cw-verification', desk));
    });
  }

  it('offers its next step when nobody has the focus', async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const focused = (widget: CwVerification) => widget.shadowRoot?.activeElement;
    const widget = await mount('cw-verification', desk);
    (document.activeElement as HTMLElement | null)?.blur();
    talk({ state: 'none' });
    await settled(widget);
    await frame();
    expect(focused(widget) === inside(widget, '[part~="start"]')).to.equal(true);
    talk({ state: 'passed', pin: 'change-required' });
    await settled(widget);
    await frame();
    expect(focused(widget) === inside(widget, '.pin button')).to.equal(true);
  });

  it('offers it also when the call is told before the command has ended', async () => {
    const widget = await mount('cw-verification', desk);
    talk(asking());
    await settled(widget);
    let end = () => {};
    desk.answer('verification.answer', () => {
      talk({ state: 'passed', pin: 'change-required' });
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    await type(widget, 'input[name=answer]', 'زهرا');
    inside(widget, 'input[name=answer]').focus();
    await submit(widget);
    await new Promise((drawn) => requestAnimationFrame(drawn));
    expect(inside<HTMLButtonElement>(widget, '.pin button').disabled).to.equal(true);
    end();
    await settled(widget);
    await new Promise((drawn) => requestAnimationFrame(drawn));
    expect(widget.shadowRoot?.activeElement === inside(widget, '.pin button')).to.equal(true);
  });

  it('is accessible while choosing who calls', async () => {
    desk.values.current.set({ ...sharedNumberCall(), state: 'answered' });
    await expectAccessibleEverywhere(await mount('cw-verification', desk));
  });

  it('keeps its looks under the page’s worst rules, without inline styles', async () => {
    talk(asking());
    const widget = await mount('cw-verification', desk, {}, { width: 420 });
    expectNoInlineStyles(widget);
    await expectUnharmedByPageCss(widget);
  });
});
