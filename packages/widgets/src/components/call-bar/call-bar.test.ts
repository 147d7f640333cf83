import '../../define/call-bar.ts';
import { Value } from '@callweave/sdk';
import type { HeadsetState } from '@callweave/sdk/phone';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  activePhoneCall,
  answeredCall,
  hamid,
  order,
  quietPhone,
  sara,
  session,
  wrapUpCall,
} from '../../testing/fixtures.ts';
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
import type { CwCallBar } from './call-bar.ts';

describe('cw-call-bar', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  const quality = { r: 90, mos: 4.3, lossIn: 0, lossOut: 0, rttMs: 40, jitterMs: 3, warnings: [] };

  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const talk = (
    call: Parameters<typeof answeredCall>[0] = {},
    phoneCall: Parameters<typeof activePhoneCall>[0] = {},
    phone: Partial<typeof quietPhone> = {},
  ) => {
    desk.values.current.set(answeredCall(call));
    desk.values.phone.set({ ...quietPhone, calls: [activePhoneCall({ quality, ...phoneCall })], ...phone });
  };
  const press = (code: string, modifiers: KeyboardEventInit = { altKey: true }) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, ...modifiers }));
  const isVisible = (bar: CwCallBar) => !inside(bar, '.bar').hidden;

  it('takes no space without a call, unless asked to', async () => {
    const bar = await mount('cw-call-bar', desk);
    expect(bar.getBoundingClientRect().height).to.equal(0);
    bar.persistent = true;
    await settled(bar);
    expect(textOf(bar)).to.include('Ready for calls');
  });

  it('shows the four facts in their order', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    const facts = [...inside(bar, '.facts').children].map((each) =>
      (each.textContent ?? '').replace(/\s+/g, ' ').trim(),
    );
    expect(facts).to.have.length(4);
    expect(facts[0]).to.include(sara.name).and.include('0912 345 6789');
    expect(facts[1]).to.match(/^Verified\s?27:\d\d$/);
    expect(facts[2]).to.equal('Recording');
    expect(facts[3]).to.match(/^3:1\d$/);
  });

  it('mutes, and shows it pressed', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    button(bar, 'Mute').click();
    await settled(bar);
    expect(desk.given('phone.mute')).to.deep.equal([['call_1', true]]);
    talk({}, { muted: true });
    await settled(bar);
    expect(button(bar, 'Mute').ariaPressed).to.equal('true');
    button(bar, 'Mute').click();
    await settled(bar);
    expect(desk.given('phone.mute')[1]).to.deep.equal(['call_1', false]);
  });

  it('holds with a timer and warns when the caller waits long', async () => {
    talk({}, { hold: 'local', heldAt: Date.now() - 22_000 });
    const bar = await mount('cw-call-bar', desk);
    expect(inside(bar, '.hold').textContent).to.match(/Hold\s*0:2[23]/);
    expect(textOf(bar)).not.to.include('on hold for');
    bar.holdAlertSeconds = 20;
    await settled(bar);
    expect(textOf(bar)).to.match(/The caller has been on hold for 0:2\d\. Say a word/);
    inside(bar, '.hold').click();
    await settled(bar);
    expect(desk.given('phone.hold')).to.deep.equal([['call_1', false]]);
  });

  it('sends keys of the keypad and of the keyboard, Persian ones too', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    inside(bar, '[popovertarget=keypad]').click();
    await settled(bar);
    expect(inside(bar, '#keypad').matches(':popover-open')).to.equal(true);
    button(bar, '5').click();
    inside(bar, '.keypad').dispatchEvent(new KeyboardEvent('keydown', { key: '۷', bubbles: true }));
    inside(bar, '.keypad').dispatchEvent(new KeyboardEvent('keydown', { key: '#', bubbles: true }));
    await settled(bar);
    expect(desk.given('phone.sendDigits')).to.deep.equal([
      ['call_1', '5'],
      ['call_1', '7'],
      ['call_1', '#'],
    ]);
    expect(inside(bar, '.sent [role=status]').textContent).to.equal('57#');
  });

  it('lets the devices be chosen', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    const select = inside<HTMLSelectElement>(bar, '#microphone');
    expect(select.selectedOptions[0]?.textContent).to.equal('Headset');
    select.value = 'mic-2';
    select.dispatchEvent(new Event('change'));
    await settled(bar);
    expect(desk.given('phone.setDevices')).to.deep.equal([[{ microphone: 'mic-2' }]]);
  });

  it('names the quality as an estimate', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    expect(inside(bar, '.signal').title).to.equal('Sound quality: estimated 4.3 of 4.5');
    talk({}, { quality: { ...quality, mos: 2.4 } });
    await settled(bar);
    expect(inside(bar, '.signal').textContent).to.include('Poor');
    expect(textOf(bar)).to.include('Read quantities back slowly.');
  });

  it('hangs up at once when nothing is left undone', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    let told = '';
    bar.addEventListener('cw-hang-up', (event) => (told = event.callId));
    button(bar, 'Hang up').click();
    await settled(bar);
    expect(desk.given('phone.hangup')).to.deep.equal([['call_1']]);
    expect(told).to.equal('call_1');
  });

  it('asks once, in place, when requests are not submitted', async () => {
    talk();
    desk.values.orders.set({ status: 'ready', value: [order('draft'), order('read-back'), order('announced')] });
    const bar = await mount('cw-call-bar', desk);
    button(bar, 'Hang up').click();
    await settled(bar);
    expect(textOf(bar)).to.include('2 requests are not submitted yet.');
    expect(desk.given('phone.hangup')).to.have.length(0);
    button(bar, 'Stay in the call').click();
    await settled(bar);
    expect(textOf(bar)).not.to.include('not submitted yet');
    button(bar, 'Hang up').click();
    await settled(bar);
    button(bar, 'Hang up anyway').click();
    await settled(bar);
    expect(desk.given('phone.hangup')).to.deep.equal([['call_1']]);
  });

  it('obeys its shortcuts, and names them in the tooltips', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    expect(button(bar, 'Mute').title).to.equal('Mute (Alt+M)');
    press('KeyM');
    await settled(bar);
    press('KeyH');
    await settled(bar);
    press('KeyH', { altKey: true, shiftKey: true });
    await settled(bar);
    expect(desk.commands.map(({ name }) => name)).to.deep.equal(['phone.mute', 'phone.hold', 'phone.hangup']);
    bar.shortcuts = { mute: 'Control+KeyD' };
    await settled(bar);
    press('KeyM');
    press('KeyD', { ctrlKey: true });
    await settled(bar);
    expect(desk.given('phone.mute')).to.have.length(2);
  });

  it('says in words that there is no connection and what still works', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    desk.values.connection.set('offline');
    await settled(bar);
    expect(textOf(bar)).to.include('The conversation goes on and can be ended; what you submit must wait.');
    desk.values.connection.set('connecting');
    await settled(bar);
    expect(textOf(bar)).to.include('Connecting to the server again…');
  });

  it('appears without a call when calls cannot reach the agent', async () => {
    const bar = await mount('cw-call-bar', desk);
    expect(isVisible(bar)).to.equal(false);
    desk.values.phone.set({
      ...quietPhone,
      registration: 'failed',
      error: { code: 'registration-rejected', category: 'signalling', message: '', retryable: false, fatal: true },
    });
    await settled(bar);
    expect(isVisible(bar)).to.equal(true);
    expect(textOf(bar)).to.include('The exchange refused this phone.');
  });

  it('lets a blocked sound be heard with one click', async () => {
    talk({}, {}, { playbackBlocked: true });
    const bar = await mount('cw-call-bar', desk);
    button(bar, 'Let me hear').click();
    await settled(bar);
    expect(desk.given('phone.startAudio')).to.have.length(1);
  });

  it('says that the sound is in another tab, and still steers', async () => {
    talk({}, {}, { role: 'follower' });
    const bar = await mount('cw-call-bar', desk);
    expect(textOf(bar)).to.include('The sound of this call is in another tab');
    expect(button(bar, 'Mute').disabled).to.equal(false);
  });

  it('rings the agent into their call again after the sound was lost', async () => {
    talk({}, {}, { calls: [] });
    const bar = await mount('cw-call-bar', desk);
    expect(textOf(bar)).to.include('You have no sound in this call.');
    button(bar, 'Ring me in again').click();
    await settled(bar);
    expect(desk.given('calls.resume')).to.deep.equal([['call_1']]);
  });

  it('warns that nothing can be submitted in a call that is not recorded', async () => {
    talk({ recording: { id: null, state: 'failed', startedAt: null, pauseReason: null } });
    const bar = await mount('cw-call-bar', desk);
    expect(textOf(bar)).to.include('This call is not recorded: no request can be submitted.');
  });

  it('holds and hangs up for a responder on their own telephone, and offers no keypad', async () => {
    desk.values.session.set({ status: 'signed-in', session: session(hamid) });
    desk.values.phone.set(undefined);
    desk.values.current.set(answeredCall());
    const bar = await mount('cw-call-bar', desk);
    expect(textOf(bar)).to.include('On your telephone').and.not.include('Keypad');
    button(bar, 'Hold').click();
    await settled(bar);
    expect(desk.given('phone.hold')).to.deep.equal([['call_1', true]]);
  });

  it('says why a command failed', async () => {
    talk();
    desk.fail('phone.hold', 'exchange-unavailable');
    const bar = await mount('cw-call-bar', desk);
    button(bar, 'Hold').click();
    await settled(bar);
    expect(textOf(bar)).to.include('The telephone exchange does not answer.');
  });

  it('shows the wrap-up after the call', async () => {
    desk.values.current.set(wrapUpCall());
    const bar = await mount('cw-call-bar', desk);
    expect(inside(bar, 'cw-wrap-up').shadowRoot?.querySelector('form')).not.to.equal(null);
    expect(inside(bar, '.duration').textContent).to.match(/^2:5\d$/);
  });

  for (const [state, prepare] of Object.entries({
    'in a call': () => talk(),
    'in trouble': () => {
      talk(
        { recording: { id: null, state: 'failed', startedAt: null, pauseReason: null } },
        { hold: 'local', heldAt: Date.now() - 90_000, muted: true },
        { playbackBlocked: true },
      );
      desk.values.connection.set('offline');
    },
    'in the wrap-up': () => desk.values.current.set(wrapUpCall()),
  })) {
    it(`is accessible ${state}, in both directions and schemes`, async () => {
      prepare();
      await expectAccessibleEverywhere(await mount('cw-call-bar', desk));
    });
  }

  it('says that the microphone failed, from whichever tab, until devices change', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    const error = {
      code: 'microphone-missing',
      category: 'media',
      message: '',
      retryable: false,
      fatal: false,
    } as const;
    desk.emitPhone({ type: 'microphone-failed', error });
    await settled(bar);
    expect(textOf(bar)).to.include('No microphone is connected. Plug one in.');
    expect(inside(bar, '.notices').getAttribute('role')).to.equal('status');
    desk.emitPhone({ type: 'devices-changed' });
    await settled(bar);
    expect(textOf(bar)).not.to.include('No microphone');
    bar.remove();
    desk.emitPhone({ type: 'microphone-failed', error });
    document.body.append(bar);
    await settled(bar);
    expect(textOf(bar)).not.to.include('No microphone');
    bar.remove();
  });

  it('says that a device was unplugged, and with what the call goes on', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    desk.emitPhone({ type: 'device-lost', kind: 'microphone', replacement: { id: '', label: 'Built-in' } });
    await settled(bar);
    expect(textOf(bar)).to.include('You are heard through Built-in now.');
    desk.emitPhone({ type: 'device-lost', kind: 'speaker', replacement: { id: 'x', label: '' } });
    await settled(bar);
    expect(textOf(bar)).to.include('You hear the caller from another device now.');
  });

  it('warns for as long as no microphone is left', async () => {
    const error = {
      code: 'microphone-missing',
      category: 'media',
      message: '',
      retryable: false,
      fatal: false,
    } as const;
    talk({}, {}, { devices: { ...quietPhone.devices, microphoneProblem: error } });
    const bar = await mount('cw-call-bar', desk);
    desk.emitPhone({ type: 'devices-changed' });
    await settled(bar);
    expect(textOf(bar)).to.include('No microphone is connected. Plug one in.');
    talk();
    await settled(bar);
    expect(textOf(bar)).not.to.include('No microphone');
  });

  it('connects the buttons of a headset from the sound panel, where the browser can', async () => {
    talk();
    let asked = 0;
    const state = new Value<HeadsetState>({ status: 'none' });
    const connect = async () => {
      asked += 1;
      state.set({ status: 'connected', name: 'Fake headset' });
      return true;
    };
    desk.answer('phone.headset', () => ({ state, connect }));
    const had = 'hid' in navigator;
    if (!had) Object.defineProperty(navigator, 'hid', { configurable: true, value: {} });
    const bar = await mount('cw-call-bar', desk);
    expect(desk.given('phone.headset')).to.have.length(0);
    inside(bar, '[popovertarget=devices]').click();
    await settled(bar);
    button(bar, 'Use the buttons of a headset…').click();
    await settled(bar);
    expect(asked).to.equal(1);
    expect(textOf(bar)).to.include('The buttons of Fake headset work.');
    if (!had) Reflect.deleteProperty(navigator, 'hid');
  });

  it('says once what choosing a microphone has met', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk);
    const error = { code: 'microphone-busy', category: 'media', message: '', retryable: false, fatal: false } as const;
    desk.answer('phone.setDevices', () => {
      desk.emitPhone({ type: 'microphone-failed', error });
      throw error;
    });
    inside(bar, '#microphone').dispatchEvent(new Event('change'));
    await settled(bar);
    expect(textOf(bar).match(/Another program uses the microphone/g)).to.have.length(1);
  });

  it('never starts a phone to listen to it', async () => {
    desk.values.current.set(answeredCall());
    desk.values.phone.set(undefined);
    let started = 0;
    Object.assign(desk.phone, { start: async () => void started++ });
    await mount('cw-call-bar', desk);
    expect(started).to.equal(0);
  });

  it('puts each warning of the sound in words, one for each ear', async () => {
    talk({}, { quality: { ...quality, warnings: ['silent-microphone'] } });
    const bar = await mount('cw-call-bar', desk);
    const heard = async (...warnings: string[]) => {
      talk({}, { quality: { ...quality, warnings } });
      await settled(bar);
      return textOf(bar);
    };
    expect(textOf(bar)).to.include('the caller does not hear you');
    expect(await heard('no-incoming-audio', 'low-score'))
      .to.include('Nothing is heard')
      .and.not.include('weak');
    expect(await heard('high-delay')).to.include('The sound arrives late.');
    expect(await heard('high-loss', 'high-jitter')).to.include('The connection is weak');
    expect(await heard()).not.to.include('weak');
  });

  it('keeps its looks under the page’s worst rules, without inline styles', async () => {
    talk();
    const bar = await mount('cw-call-bar', desk, {}, { width: 1200 });
    expectNoInlineStyles(bar);
    await expectUnharmedByPageCss(bar);
  });

  it('shows a call that I make, whom it goes to, and lets me give up', async () => {
    desk.values.current.set(
      answeredCall({
        direction: 'outbound',
        state: 'ringing',
        answeredAt: null,
        callerNumber: '+982181021380',
        calledNumber: '+989127654321',
      }),
    );
    const bar = await mount('cw-call-bar', desk);
    expect(textOf(bar)).to.include('Calling…');
    expect(textOf(bar)).to.include('0912 765 4321');
    button(bar, 'Hang up').click();
    await settled(bar);
    expect(desk.given('phone.hangup')).to.deep.equal([['call_1']]);
  });

  it('opens the panel for transfers, and keeps it open while somebody is brought in', async () => {
    desk.answer('calls.targets', async () => callTargets());
    talk();
    const bar = await mount('cw-call-bar', desk);
    expect(bar.shadowRoot?.querySelector('cw-transfer-panel')).to.equal(null);
    button(bar, 'Transfer').click();
    await settled(bar);
    expect(bar.shadowRoot?.querySelector('cw-transfer-panel')).not.to.equal(null);
    button(bar, 'Transfer').click();
    await settled(bar);
    expect(bar.shadowRoot?.querySelector('cw-transfer-panel')).to.equal(null);
    talk({ parties: [third('consulting')] });
    await settled(bar);
    expect(bar.shadowRoot?.querySelector('cw-transfer-panel')).not.to.equal(null);
    // A call into which I was only brought is not mine to hand on.
    talk({ agent: { id: 'account_9', name: 'Somebody' }, parties: [third('talking')] });
    await settled(bar);
    expect(bar.shadowRoot?.querySelector('.transfer')).to.equal(null);
  });

  it('warns of a long hold when the adapter says so', async () => {
    talk({ hold: { since: null, totalMs: 0, alertAfterMs: 1_000 } }, { hold: 'local', heldAt: Date.now() - 5_000 });
    const bar = await mount('cw-call-bar', desk);
    const warnings = () => bar.shadowRoot!.querySelectorAll('.notice.warning').length;
    expect(warnings()).to.equal(1);
    talk({ hold: { since: null, totalMs: 0, alertAfterMs: null } }, { hold: 'local', heldAt: Date.now() - 500_000 });
    await settled(bar);
    expect(warnings()).to.equal(0);
  });
});
