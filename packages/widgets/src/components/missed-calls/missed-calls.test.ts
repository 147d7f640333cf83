import { missedCalls } from '@callweave/sdk';
import '../../define/missed-calls.ts';
import type { MissedCall } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { hamid, mina, missedCall, ringingCall } from '../../testing/fixtures.ts';
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

const in5Minutes = () => new Date(Date.now() + 300_000).toISOString();
const claimedBy = ({ id, name }: { id: string; name: string }) => ({
  claim: { by: { id, name }, until: in5Minutes() },
});

describe('cw-missed-calls', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const list = async (...cases: MissedCall[]) => {
    desk.values.missedCalls.set({ status: 'ready', value: cases });
    return mount('cw-missed-calls', desk);
  };
  const rowOf = (element: Element, { id }: MissedCall) => inside(element, `[data-case="${id}"]`);

  it('follows the list only while it is on the page', async () => {
    let open = 0;
    Object.assign(desk.use(missedCalls), {
      open: () => {
        open++;
        return () => {
          open--;
        };
      },
    });
    const element = await list();
    expect(open).to.equal(1);
    element.remove();
    expect(open).to.equal(0);
  });

  it('says who rang, from where, to which number, how often, when last, and what became of the text', async () => {
    const element = await list(missedCall({ attempts: 2 }), missedCall({ customer: null, message: null, count: 1 }));
    const [known, unknown] = [...(element.shadowRoot?.querySelectorAll('[data-case]') ?? [])].map((row) =>
      (row.textContent ?? '').replace(/\s+/g, ' '),
    );
    for (const words of [
      'سارا احمدی',
      '0912 345 6789',
      '021 8102 1380',
      '2 times',
      'rung back 2 times in vain',
      'hung up',
      'delivered',
      '10 min',
    ])
      expect(known).to.include(words);
    for (const words of ['Unknown caller', 'once', 'none']) expect(unknown).to.include(words);
    expect(textOf(element)).to.include('2 callers wait');
  });

  it('calls back with one press, and tells the page', async () => {
    const [one, other] = [missedCall(), missedCall()];
    const call = ringingCall({ direction: 'outbound' });
    desk.answer('missedCalls.callBack', () => call);
    const element = await list(one, other);
    const events: unknown[] = [];
    element.addEventListener('cw-call-back', (event) => events.push([event.missedCall.id, event.call.id]));
    rowOf(element, other).querySelector<HTMLElement>('[data-action="call-back"]')?.click();
    await settled(element);
    expect(desk.given('missedCalls.callBack').map(([given]) => (given as MissedCall).id)).to.deep.equal([other.id]);
    expect(events).to.deep.equal([[other.id, call.id]]);
  });

  it('does not offer what somebody else is doing, until their time is over', async () => {
    const theirs = missedCall(claimedBy(hamid));
    const element = await list(theirs);
    expect(rowOf(element, theirs).textContent).to.include(`\u2068${hamid.name}\u2069 is calling back`);
    expect(rowOf(element, theirs).querySelector('button') === null).to.equal(true);
    const over = { ...theirs, claim: { by: theirs.claim!.by, until: new Date(Date.now() - 1000).toISOString() } };
    desk.values.missedCalls.set({ status: 'ready', value: [over] });
    await settled(element);
    expect(rowOf(element, theirs).querySelector('[data-action="call-back"]') === null).to.equal(false);
  });

  it('gives back what is mine', async () => {
    const mine = missedCall(claimedBy(mina));
    const element = await list(mine);
    expect(rowOf(element, mine).textContent).to.include('You are calling back');
    rowOf(element, mine).querySelector<HTMLElement>('[data-action="release"]')?.click();
    await settled(element);
    expect(desk.given('missedCalls.release')).to.deep.equal([[mine.id]]);
  });

  it('closes only with a reason, and keeps what was typed when it fails', async () => {
    const one = missedCall();
    desk.fail('missedCalls.close', 'missed-call-claimed');
    const element = await list(one);
    inside(element, '[data-action="finish"]').click();
    await settled(element);
    expect(element.shadowRoot?.activeElement?.id).to.equal('note');
    inside<HTMLFormElement>(element, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    await settled(element);
    expect(desk.given('missedCalls.close')).to.deep.equal([]);
    const input = inside<HTMLInputElement>(element, '#note');
    input.value = ' اشتباه گرفته بود ';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(element);
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
    expect(desk.given('missedCalls.close')).to.deep.equal([[one.id, 'اشتباه گرفته بود']]);
    expect(inside(element, '[role=alert]').textContent).to.include('Somebody else is calling this person back');
    expect(inside<HTMLInputElement>(element, '#note').value).to.equal(' اشتباه گرفته بود ');
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled(element);
    expect(element.shadowRoot?.querySelector('form') === null).to.equal(true);
  });

  it('announces who is new, and not who was there', async () => {
    const [one, other] = [missedCall(), missedCall({ customer: null })];
    const element = await list(one);
    expect(inside(element, '[role=status]').textContent).to.equal('');
    desk.values.missedCalls.set({ status: 'ready', value: [one, other] });
    await settled(element);
    expect(inside(element, '[role=status]').textContent).to.equal('Missed call: 0912 345 6789');
  });

  it('teaches when it is empty, and has skeleton and error', async () => {
    const element = await list();
    expect(textOf(element)).to.include('Nobody waits to be called back');
    desk.values.missedCalls.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.values.missedCalls.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('only shows when it is read-only', async () => {
    const element = await list(missedCall());
    element.readOnly = true;
    await settled(element);
    expect(() => button(element, /Call back/)).to.throw();
  });

  it('five hundred: a tick of the clock draws none of them anew', async () => {
    const element = await list(...Array.from({ length: 500 }, () => missedCall()));
    expect(element.shadowRoot?.querySelectorAll('[data-case]')).to.have.length(500);
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(element.shadowRoot!, { subtree: true, childList: true, attributes: true, characterData: true });
    element.requestUpdate();
    await settled(element);
    changes.push(...observer.takeRecords());
    observer.disconnect();
    expect(changes).to.have.length(0);
  });

  it('in Persian: its words, digits and Jalali dates', async () => {
    desk.values.missedCalls.set({
      status: 'ready',
      value: [missedCall({ lastAt: '2026-11-22T09:30:00.000Z', attempts: 1 })],
    });
    const element = await mount('cw-missed-calls', desk, {}, { lang: 'fa' });
    for (const words of ['تماس‌های بی‌پاسخ', '۰۹۱۲ ۳۴۵ ۶۷۸۹', '۲ بار', '۱۴۰۵', 'رسیده', '۱۰ دقیقه'])
      expect(textOf(element)).to.include(words);
  });

  it('keeps every action in sight on any width', async () => {
    const element = await list(
      missedCall({ ...claimedBy(mina), attempts: 3, message: 'delivered' }),
      missedCall(),
      missedCall(claimedBy(hamid)),
    );
    inside(element, '[data-action="finish"]').click();
    await settled(element);
    await expectNothingCutOff(element);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await list(missedCall(claimedBy(mina)), missedCall({ message: 'failed' }), missedCall());
    inside(element, '[data-action="finish"]').click();
    await settled(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
