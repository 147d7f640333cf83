import '../../define/incoming-call.ts';
import { PhoneError } from '@callweave/sdk/phone';
import { expect } from 'chai';
import { callPortal } from '../../testing/device-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  hamid,
  phoneCall,
  quietPhone,
  reza,
  ringingCall,
  sara,
  session,
  sharedNumberCall,
  unknownCall,
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
import type { CwOpenSheetEvent } from './incoming-call.events.ts';

describe('cw-incoming-call', () => {
  let desk: ReturnType<typeof createFakeDesk>;

  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const ring = (...calls: ReturnType<typeof ringingCall>[]) => {
    desk.values.ringing.set(calls);
    desk.values.phone.set({
      ...quietPhone,
      calls: calls.map(({ id }) => phoneCall({ id: `sip_${id}`, interactionId: id })),
    });
  };

  it('takes no space while nothing rings', async () => {
    const badge = await mount('cw-incoming-call', desk, { placement: 'inline' });
    expect(badge.getBoundingClientRect().height).to.equal(0);
    expect(textOf(badge)).to.equal('');
  });

  it('says who rings, from which number, in which section and why here', async () => {
    ring(ringingCall({ entitlement: '2 devices, service active' }));
    const badge = await mount('cw-incoming-call', desk);
    const text = textOf(badge);
    for (const word of [
      sara.name,
      '0912 345 6789',
      'Declared number',
      'Securities',
      'First responder',
      '2 devices, service active',
    ])
      expect(text).to.include(word);
    expect(inside(badge, '[role=timer]').textContent).to.match(/^0:0[789]$/);
    expect(inside(badge, '[role=alert]').textContent).to.equal(`Incoming call: ${sara.name}`);
  });

  describe('of a caller who has bought devices', () => {
    const line = async (badge: Element) => {
      // Loaded with the first such call; the runner's time is the limit.
      while (!badge.shadowRoot?.querySelector('[part=devices]'))
        await new Promise((resolve) => requestAnimationFrame(resolve));
      return inside(badge, '[part=devices]');
    };
    const said = (devices: Element) => devices.textContent?.replace(/\s+/g, ' ') ?? '';

    it('says in words what they have, which device to ask about, and what they owe', async () => {
      ring(ringingCall({ portal: callPortal() }));
      const badge = await mount('cw-incoming-call', desk);
      const devices = await line(badge);
      const words = [...devices.children].map((item) => item.textContent?.trim());
      expect(words).to.deep.equal([
        '2 devices',
        '1 expired: Arvin S2',
        '1 active',
        '1 in warranty',
        '1 open ticket',
        'Owes 3,000,000 toman of 10,000,000 toman',
      ]);
      // A shape beside the word: an expired device is not told by its colour alone.
      expect(devices.querySelector('[data-state=expired] svg')).to.be.instanceOf(SVGElement);
      await expectAccessibleEverywhere(badge);
      expectNoInlineStyles(badge);
    });

    it('warns of a service that ends soon, and of a debt at the ceiling unless new cases are permitted', async () => {
      const { debt } = callPortal();
      const atCeiling = {
        ...debt,
        balance: { amount: 104_000_000, currency: 'IRR' as const },
        level: 'ceiling' as const,
      };
      const attention = { brand: 'Arvin', model: 'M5', state: 'active' as const, daysLeft: 1 };
      ring(ringingCall({ portal: callPortal({ service: { active: 2 }, attention, debt: atCeiling }) }));
      const badge = await mount('cw-incoming-call', desk);
      const devices = await line(badge);
      expect(said(devices)).to.include('2 active: Arvin M5, 1 day left');
      expect(devices.querySelector('[data-level=ceiling]')?.className).to.include('danger');
      expect(said(devices)).to.include('ceiling reached');
      ring(ringingCall({ portal: callPortal({ debt: { ...atCeiling, override: true } }) }));
      await settled(badge);
      expect(devices.querySelector('[data-level=ceiling]')?.className).to.include('warning');
      expect(said(devices)).to.include('new cases permitted');
    });

    it('follows the caller whom the agent chooses', async () => {
      ring(ringingCall({ portal: callPortal() }));
      const badge = await mount('cw-incoming-call', desk);
      const devices = await line(badge);
      ring(ringingCall({ portal: callPortal({ devices: 1, service: { active: 1 }, attention: null }) }));
      await settled(badge);
      expect(said(devices)).to.include('1 device');
      expect(said(devices)).not.to.include('expired');
      ring(ringingCall({ portal: null }));
      await settled(badge);
      expect(badge.shadowRoot?.querySelector('[part=devices]')).to.equal(null);
    });

    for (const [lang, words] of [
      ['fa', ['۲ دستگاه', '۱ منقضی: Arvin S2', '۱ تیکت باز', 'بدهی']],
      ['cs', ['2 zařízení', '1 vypršelo: Arvin S2', '1 otevřený požadavek', 'Dluží']],
    ] as const)
      it(`says so in ${lang}`, async () => {
        ring(ringingCall({ portal: callPortal() }));
        const badge = await mount('cw-incoming-call', desk, {}, { lang });
        const devices = await line(badge);
        for (const word of words) expect(said(devices)).to.include(word);
        await expectAccessibleEverywhere(badge);
      });
  });

  it('speaks Persian with Persian digits, right to left, and keeps the number left to right', async () => {
    ring(ringingCall());
    const badge = await mount('cw-incoming-call', desk, {}, { lang: 'fa-IR' });
    expect(badge.dir).to.equal('rtl');
    expect(textOf(badge)).to.include('شمارهٔ ثبت‌شده');
    const number = inside(badge, 'bdi[dir=ltr]');
    expect(number.textContent).to.equal('۰۹۱۲ ۳۴۵ ۶۷۸۹');
    expect(getComputedStyle(number).direction).to.equal('ltr');
  });

  it('speaks Czech', async () => {
    ring(ringingCall());
    const badge = await mount('cw-incoming-call', desk, {}, { lang: 'cs' });
    expect(textOf(badge)).to.include('Přijmout');
  });

  it('names the reason when it comes from another responder', async () => {
    const [step] = ringingCall().routing;
    ring(
      ringingCall({
        responderOrder: 'second',
        routing: [
          { ...step!, result: 'busy', name: 'مینا' },
          { ...step!, order: 'second' },
        ],
      }),
    );
    const badge = await mount('cw-incoming-call', desk);
    expect(textOf(badge)).to.include('Second responder — مینا: busy');
  });

  it('answers on the browser phone and tells the page', async () => {
    ring(ringingCall());
    const badge = await mount('cw-incoming-call', desk);
    let told = '';
    badge.addEventListener('cw-answer', (event) => (told = event.callId));
    button(badge, 'Answer').click();
    await settled(badge);
    expect(desk.given('phone.answer')).to.deep.equal([]);
    await new Promise((resolve) => setTimeout(resolve, 450));
    button(badge, 'Answer').click();
    await settled(badge);
    expect(desk.given('phone.answer')).to.deep.equal([['call_1']]);
    expect(told).to.equal('call_1');
  });

  it('waits for the INVITE when the event of the desk came first', async () => {
    desk.values.ringing.set([ringingCall()]);
    const badge = await mount('cw-incoming-call', desk);
    await new Promise((resolve) => setTimeout(resolve, 450));
    button(badge, 'Answer').click();
    await settled(badge);
    expect(desk.given('phone.answer')).to.have.length(0);
    expect(textOf(badge)).to.include('Answering…');
    desk.values.phone.set({ ...quietPhone, calls: [phoneCall()] });
    await settled(badge);
    expect(desk.given('phone.answer')).to.deep.equal([['call_1']]);
  });

  it('shows a call that only the phone knows yet', async () => {
    desk.values.phone.set({ ...quietPhone, calls: [phoneCall()] });
    const badge = await mount('cw-incoming-call', desk);
    expect(textOf(badge)).to.include('Unknown caller').and.include('0912 345 6789');
  });

  it('says in words when it cannot be answered, and lets it be tried again', async () => {
    ring(ringingCall());
    desk.fail('phone.answer', 'call-not-live');
    const badge = await mount('cw-incoming-call', desk);
    await new Promise((resolve) => setTimeout(resolve, 450));
    button(badge, 'Answer').click();
    await settled(badge);
    expect(textOf(badge)).to.include('Could not be answered here.');
    desk.answer('phone.answer', () => {
      throw new PhoneError('microphone-denied', 'no');
    });
    button(badge, 'Answer').click();
    await settled(badge);
    expect(textOf(badge)).to.include('The microphone is not available.');
  });

  it('declines, so that it rings at the next responder', async () => {
    ring(ringingCall());
    const badge = await mount('cw-incoming-call', desk);
    button(badge, 'Decline').click();
    await settled(badge);
    expect(desk.given('phone.decline')).to.deep.equal([['call_1']]);
  });

  it('opens the request sheet with one click', async () => {
    ring(ringingCall());
    const badge = await mount('cw-incoming-call', desk);
    let opened: CwOpenSheetEvent | undefined;
    badge.addEventListener('cw-open-sheet', (event) => (opened = event));
    button(badge, 'Open request sheet').click();
    expect(opened?.call.id).to.equal('call_1');
  });

  it('takes the focus to Answer, and gives it back when the ringing ends', async () => {
    const link = document.createElement('button');
    document.body.append(link);
    link.focus();
    const badge = await mount('cw-incoming-call', desk);
    ring(ringingCall());
    await settled(badge);
    expect(badge.shadowRoot?.activeElement === button(badge, 'Answer')).to.equal(true);
    ring();
    await settled(badge);
    expect(document.activeElement === link).to.equal(true);
    link.remove();
  });

  it('leaves the focus to a person who writes; the shortcut is silent there too', async () => {
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    const badge = await mount('cw-incoming-call', desk);
    ring(ringingCall());
    await settled(badge);
    expect(document.activeElement === input).to.equal(true);
    const press = (target: EventTarget) =>
      target.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyA', altKey: true, bubbles: true, composed: true }));
    press(input);
    await settled(badge);
    expect(desk.given('phone.answer')).to.have.length(0);
    press(document.body);
    await settled(badge);
    expect(desk.given('phone.answer')).to.have.length(1);
    input.remove();
  });

  it('offers the choice of customers by name when several have the number', async () => {
    ring(sharedNumberCall());
    const badge = await mount('cw-incoming-call', desk);
    expect(textOf(badge)).to.include('2 customers have this number').and.include(sara.name).and.include(reza.name);
  });

  it('shows every ringing call, and one primary', async () => {
    ring(ringingCall(), unknownCall({ id: 'call_2' }));
    const badge = await mount('cw-incoming-call', desk);
    expect(badge.shadowRoot?.querySelectorAll('[part=ring]')).to.have.length(2);
    expect(textOf(badge)).to.include('Not a declared number');
  });

  it('sends a responder with a telephone of their own there', async () => {
    desk.values.session.set({ status: 'signed-in', session: session(hamid) });
    ring(ringingCall());
    const badge = await mount('cw-incoming-call', desk);
    expect(textOf(badge)).to.include('Ringing at your telephone 0935 111 2233');
    expect(() => button(badge, 'Answer')).to.throw('No button');
  });

  it('says when the page cannot ring aloud', async () => {
    ring(ringingCall());
    desk.values.phone.set({ ...desk.values.phone.get()!, needsActivation: true });
    const badge = await mount('cw-incoming-call', desk);
    expect(textOf(badge)).to.include('This page cannot ring aloud yet.');
  });

  it('is accessible in both directions and schemes', async () => {
    ring(ringingCall({ entitlement: 'گارانتی فعال' }), unknownCall({ id: 'call_2' }));
    desk.values.phone.set({ ...desk.values.phone.get()!, needsActivation: true });
    await expectAccessibleEverywhere(await mount('cw-incoming-call', desk, { placement: 'inline' }));
  });

  it('keeps its looks under the page’s worst rules, without inline styles', async () => {
    ring(ringingCall());
    const badge = await mount('cw-incoming-call', desk, { placement: 'inline' }, { width: 720 });
    expectNoInlineStyles(badge);
    await expectUnharmedByPageCss(badge);
  });
});
