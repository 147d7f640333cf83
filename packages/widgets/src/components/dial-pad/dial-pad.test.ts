import '../../define/dial-pad.ts';
import type { CallbackCase, FieldCall } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { activePhoneCall, mina, phoneCall, quietPhone, ringingCall, session } from '../../testing/fixtures.ts';
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
import { callback, fieldCall, ownNumbers, ownPairing, petr } from '../../testing/number-fixtures.ts';
import type { CwDialPad } from './dial-pad.ts';

const PUBLIC = '+982181021380';

describe('cw-dial-pad', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('calls.targets', () => ({ agents: [], groupFree: 0, callerIds: [PUBLIC, '+982181021399'] }));
    desk.answer('callHistory.search', () => ({ calls: [], next: null }));
  });
  afterEach(unmountAll);

  const typed = async (element: CwDialPad, text: string, inputType = 'insertText', caret = text.length) => {
    const input = inside<HTMLInputElement>(element, '#number');
    input.value = text;
    input.setSelectionRange(caret, caret);
    input.dispatchEvent(new InputEvent('input', { inputType, bubbles: true }));
    await settled(element);
    return input;
  };
  const submit = async (element: CwDialPad) => {
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
  };
  const press = async (element: CwDialPad, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };

  describe('of an agent', () => {
    const pad = () => mount('cw-dial-pad', desk);

    it('calls what was typed or pasted in any form and digits, with the number that was chosen to be shown', async () => {
      const element = await pad();
      const events: string[] = [];
      element.addEventListener('cw-dial', ({ number }) => events.push(number));
      desk.answer('calls.dial', () => ringingCall({ direction: 'outbound' }));
      const shown = inside<HTMLSelectElement>(element, '#shown');
      shown.value = '+982181021399';
      shown.dispatchEvent(new Event('change'));
      const input = await typed(element, '۰۹۱۲-۳۴۵ ۶۷ ۸۹', 'insertFromPaste');
      expect(input.value).to.equal('0912 345 6789');
      await submit(element);
      expect(desk.given('calls.dial')).to.deep.equal([[{ to: '09123456789', callerId: '+982181021399' }]]);
      expect(events).to.deep.equal(['09123456789']);
      expect(inside<HTMLInputElement>(element, '#number').value).to.equal('');
    });

    it('keeps the caret where it was, and takes a digit when a space is deleted', async () => {
      const element = await pad();
      await typed(element, '09123456789');
      let input = await typed(element, '09123 345 6789', 'insertText', 5);
      expect([input.value, input.selectionStart]).to.deep.equal(['0912 334 5678 9', 6]);
      input = await typed(element, '0912334 5678 9', 'deleteContentBackward', 4);
      expect([input.value, input.selectionStart]).to.deep.equal(['0913 345 6789', 3]);
    });

    it('has a keypad for mouse and keyboard: digits, * and #, + by holding 0, Backspace', async () => {
      const element = await pad();
      const zero = inside(element, '[data-key="0"]');
      zero.dispatchEvent(new PointerEvent('pointerdown'));
      await new Promise((resolve) => setTimeout(resolve, 700));
      zero.dispatchEvent(new PointerEvent('pointerup'));
      zero.click();
      await settled(element);
      for (const key of ['4', '2', '0', '6']) await press(element, `[data-key="${key}"]`);
      const input = inside<HTMLInputElement>(element, '#number');
      expect(input.value).to.equal('+420 6');
      for (const key of ['۰', '1', 'Backspace', '5', 'x'])
        zero.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await settled(element);
      expect(input.value).to.equal('+420 605');
      await press(element, '[data-action="delete"]');
      expect(input.value).to.equal('+420 60');
      await typed(element, '');
      for (const key of ['*', '2', '1', '#']) await press(element, `[data-key="${key}"]`);
      expect(input.value).to.equal('*21#');
    });

    it('says at the field what is not dialled, before it is sent, and keeps it', async () => {
      const element = await pad();
      for (const [number, words] of [
        ['۱۱۰', 'rescue services'],
        ['12', 'not a telephone number'],
      ] as const) {
        await typed(element, number);
        await submit(element);
        expect(inside(element, '#refusal').textContent).to.include(words);
        expect(inside(element, '#number').getAttribute('aria-invalid')).to.equal('true');
        expect(inside<HTMLInputElement>(element, '#number').value).not.to.equal('');
      }
      expect(desk.given('calls.dial')).to.deep.equal([]);
      await typed(element, '0912');
      expect(inside(element, '#refusal').textContent).to.equal('');
    });

    it('says there too what only the server knows, and other errors above', async () => {
      const element = await pad();
      desk.fail('calls.dial', 'dial-country');
      await typed(element, '+442079460123');
      await submit(element);
      expect(inside(element, '#refusal').textContent).to.include('this country');
      desk.fail('calls.dial', 'in-a-call');
      await submit(element);
      expect(inside(element, '[role=alert]').textContent).to.include('End the call');
      expect(inside<HTMLInputElement>(element, '#number').value).to.equal('+44 207 946 012 3');
    });

    it('shows the call through its states, sends tones, hangs up, and says why it ended', async () => {
      const element = await pad();
      const out = ringingCall({ direction: 'outbound', calledNumber: '+989351112233', routing: [] });
      desk.values.current.set(out);
      await settled(element);
      expect(inside(element, '[part=call]').dataset['stage']).to.equal('own-phone');
      expect(inside<HTMLButtonElement>(element, '[data-action="call"]').disabled).to.equal(true);
      desk.values.phone.set({ ...quietPhone, calls: [activePhoneCall()] });
      await settled(element);
      expect(inside(element, '[part=call]').dataset['stage']).to.equal('dialling');
      desk.values.current.set({ ...out, state: 'answered', answeredAt: new Date(Date.now() - 65_000).toISOString() });
      await settled(element);
      expect(inside(element, '[role=timer]').textContent).to.match(/^1:0\d$/);
      inside(element, '.tones [data-key="5"]').click();
      inside(element, '.tones .keys').dispatchEvent(new KeyboardEvent('keydown', { key: '#', bubbles: true }));
      await settled(element);
      expect(desk.given('phone.sendDigits')).to.deep.equal([
        ['call_1', '5'],
        ['call_1', '#'],
      ]);
      await press(element, '[data-action="hang-up"]');
      expect(desk.given('phone.hangup')).to.deep.equal([['call_1']]);
      const over = { ...out, state: 'ended' as const, outcome: 'busy' as const };
      desk.values.current.set(undefined);
      desk.emit({ id: 1, type: 'call', data: over } as never);
      await settled(element);
      expect(inside(element, '[part=call]').textContent).to.include('It was busy there.');
      await press(element, '[data-action="dismiss"]');
      expect(element.shadowRoot?.querySelector('[part=call]') === null).to.equal(true);
    });

    it('lists what I called, and calls it again with one press', async () => {
      const past = { ...ringingCall({ id: 'call_9', direction: 'outbound' }), state: 'ended' as const };
      desk.answer('callHistory.search', () => ({
        calls: [{ ...past, calledNumber: '+989351112233', outcome: 'no-answer' }],
        next: null,
      }));
      const element = await pad();
      expect(desk.given('callHistory.search')[0]?.[0]).to.deep.equal({ direction: 'outbound', agentId: mina.id });
      expect(inside(element, '[part=recent]').textContent).to.include('Nobody answered.');
      await press(element, '[data-action="redial"]');
      await press(element, '[data-action="again"]');
      expect(desk.given('calls.dial').map(([input]) => (input as { to: string }).to)).to.deep.equal([
        '+989351112233',
        '+989351112233',
      ]);
    });

    it('asks for nothing before it is known who is signed in', async () => {
      desk.values.session.set({ status: 'unknown' });
      const element = await pad();
      expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
      expect(desk.commands).to.deep.equal([]);
      desk.values.session.set({ status: 'signed-in', session: session(petr) });
      desk.values.ownNumbers.set({ status: 'ready', value: ownNumbers() });
      await settled(element);
      inside(element, '#through');
      expect(desk.commands).to.deep.equal([]);
    });

    it('teaches when no number may be shown', async () => {
      desk.answer('calls.targets', () => ({ agents: [], groupFree: 0, callerIds: [] }));
      expect(textOf(await pad())).to.include('No number of the house may be shown');
    });
  });

  describe('of a field caller', () => {
    const pad = (options: { lang?: string; width?: number } = {}) => {
      desk.values.session.set({ status: 'signed-in', session: session(petr) });
      return mount('cw-dial-pad', desk, {}, options);
    };
    const ready = (
      pairings = [ownPairing()],
      { calls = [], cases = [] }: { calls?: FieldCall[]; cases?: CallbackCase[] } = {},
    ) => {
      desk.values.ownNumbers.set({ status: 'ready', value: ownNumbers(pairings) });
      desk.values.fieldCalls.set({ status: 'ready', value: calls });
      desk.values.callbacks.set({ status: 'ready', value: cases });
    };
    const second = () => ownPairing({ id: 'pair_2', spokenId: 2, fictitiousNumber: '+420234234502' });

    it('calls through the chosen fictitious number, on the chosen phone, as it was typed', async () => {
      ready([ownPairing(), second()]);
      desk.answer('fieldCalls.dial', () => fieldCall());
      const element = await pad();
      const through = inside<HTMLSelectElement>(element, '#through');
      expect(through.options[1]?.textContent).to.match(/Průzkum.*\+420\s234\s234\s502.*ID 2/);
      through.value = 'pair_2';
      through.dispatchEvent(new Event('change'));
      inside(element, 'input[value="telephone"]').click();
      const input = await typed(element, '222333444');
      expect(input.value).to.equal('222 333 444');
      await submit(element);
      expect(desk.given('fieldCalls.dial')).to.deep.equal([['pair_2', '222333444', 'telephone']]);
    });

    it('shows the info column, and calls its numbers with one press', async () => {
      ready();
      const element = await pad();
      expect(inside(element, '[part=info]').textContent).to.include('rodinný vůz');
      inside(element, '[data-number="+420541234567"]').click();
      await settled(element);
      expect(desk.given('fieldCalls.dial')).to.deep.equal([['pair_1', '+420541234567', 'browser']]);
    });

    it('says by the policy of the project what is not dialled', async () => {
      ready();
      const element = await pad();
      for (const [number, words] of [
        ['158', 'rescue services'],
        ['900 123 456', 'costs more'],
        ['+49 30 1234567', 'this country'],
      ] as const) {
        await typed(element, number);
        await submit(element);
        expect(inside(element, '#refusal').textContent, number).to.include(words);
      }
      expect(desk.given('fieldCalls.dial')).to.deep.equal([]);
      const listed = ownPairing();
      ready([
        {
          ...listed,
          project: { ...listed.project, dialPolicy: { countries: [], allowed: ['+420222*'], premium: [] } },
        },
      ]);
      await typed(element, '541 234 567');
      await submit(element);
      expect(inside(element, '#refusal').textContent).to.include('not on the list');
    });

    it('returns a missed call by its ordinal, and announces a new one', async () => {
      ready([ownPairing()], { cases: [callback(1)] });
      const element = await pad();
      expect(inside(element, '[part=missed]').textContent).to.include('No. 1');
      ready([ownPairing()], { cases: [callback(1), callback(2)] });
      await settled(element);
      expect(inside(element, '[role=status]').textContent).to.include('Missed call 2');
      desk.answer('fieldCalls.callBack', () => fieldCall({ kind: 'callback', dialled: null }));
      inside(element, '[data-case="case_2"] button').click();
      await settled(element);
      expect(desk.given('fieldCalls.callBack')).to.deep.equal([['case_2', 'browser']]);
    });

    it('shows where the call is, until its end is dismissed', async () => {
      ready();
      const element = await pad();
      const stage = () => inside(element, '[part=call]').dataset['stage'];
      desk.answer('fieldCalls.dial', () => fieldCall());
      inside(element, 'input[value="telephone"]').click();
      await typed(element, '222333444');
      await submit(element);
      ready([ownPairing()], { calls: [fieldCall()] });
      await settled(element);
      expect(stage()).to.equal('own-telephone');
      ready([ownPairing()], { calls: [fieldCall({ state: 'dialling' })] });
      await settled(element);
      expect(stage()).to.equal('dialling');
      await press(element, '[data-action="hang-up"]');
      expect(desk.given('fieldCalls.hangup')).to.deep.equal([['fcall_1']]);
      ready([ownPairing()], { calls: [fieldCall({ state: 'ended', outcome: 'no-answer' })] });
      await settled(element);
      expect(inside(element, '[part=call]').textContent).to.include('Nobody answered.');
      await press(element, '[data-action="dismiss"]');
      expect(inside(element, '[part=recent]').textContent).to.include('+420 222 333 444');
    });

    it('a call to the fictitious number is answered here, and nothing of who calls is shown', async () => {
      ready([ownPairing()], { calls: [fieldCall({ kind: 'in', dialled: null })] });
      desk.values.phone.set({ ...quietPhone, calls: [phoneCall({ interactionId: 'fcall_1' })] });
      const element = await pad();
      expect(inside(element, '[part=call]').dataset['stage']).to.equal('incoming');
      await press(element, '[data-action="answer"]');
      expect(desk.given('phone.answer')).to.deep.equal([['fcall_1']]);
    });

    it('teaches without a pairing, says when the chosen one is over, and when there is no connection', async () => {
      ready([]);
      const element = await pad();
      expect(textOf(element)).to.include('No fictitious number is paired with you');
      ready([ownPairing(), second()]);
      await settled(element);
      const through = inside<HTMLSelectElement>(element, '#through');
      through.value = 'pair_2';
      through.dispatchEvent(new Event('change'));
      await settled(element);
      ready([ownPairing()]);
      await settled(element);
      expect(inside(element, '[role=alert]').textContent).to.include('can no longer be called through');
      expect(element.shadowRoot?.querySelector('form') === null).to.equal(true);
      through.value = 'pair_1';
      through.dispatchEvent(new Event('change'));
      desk.values.connection.set('offline');
      await settled(element);
      expect(inside(element, '[role=alert]').textContent).to.include('No connection');
      expect(button(element, 'Call').disabled).to.equal(true);
    });

    it('has skeleton and error', async () => {
      const element = await pad();
      expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
      desk.values.ownNumbers.set({ status: 'failed', error: new Error('x') });
      await settled(element);
      inside(element, '[role=alert]');
    });

    it('in Persian: its digits, and the number runs left to right', async () => {
      ready([ownPairing()], { cases: [callback(3)] });
      const element = await pad({ lang: 'fa' });
      const input = await typed(element, '222333444');
      expect(input.value).to.equal('۲۲۲ ۳۳۳ ۴۴۴');
      expect(getComputedStyle(input).direction).to.equal('ltr');
      for (const words of ['شماره‌گیری', 'شمارهٔ ۳', '۱۴۰۶']) expect(textOf(element)).to.include(words);
    });

    it('keeps every action in sight on any width', async () => {
      ready([ownPairing()], { cases: [callback(1)], calls: [fieldCall({ state: 'ended', outcome: 'busy' })] });
      await expectNothingCutOff(await pad());
    });

    it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
      ready([ownPairing(), second()], {
        cases: [callback(1)],
        calls: [
          fieldCall({ state: 'answered', answeredAt: new Date().toISOString() }),
          fieldCall({ id: 'x', state: 'ended', outcome: 'busy' }),
        ],
      });
      desk.values.phone.set({ ...quietPhone, calls: [activePhoneCall({ interactionId: 'fcall_1' })] });
      const element = await pad();
      inside<HTMLDetailsElement>(element, '.tones').open = true;
      await typed(element, '158');
      await settled(element);
      await expectAccessibleEverywhere(element);
      expectNoInlineStyles(element);
      await expectUnharmedByPageCss(element);
    });
  });
});
