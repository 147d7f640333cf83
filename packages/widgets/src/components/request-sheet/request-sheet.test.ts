import '../../define/request-sheet.ts';
import type { Order } from '@callweave/sdk/protocol';
import { NO_VERIFICATION } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { billingDesk } from '../../testing/billing-fixtures.ts';
import { device } from '../../testing/device-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall, customer, mina, order, sara, sharedNumberCall, wrapUpCall } from '../../testing/fixtures.ts';
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
import { withTickets } from '../../testing/ticket-fixtures.ts';
import { CwOrderSavedEvent } from '../order-form/order-form.events.ts';

describe('cw-request-sheet', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.current.set(answeredCall());
    desk.answer('customers.get', () => customer);
  });
  afterEach(unmountAll);

  const show = (...orders: Order[]) => desk.values.orders.set({ status: 'ready', value: orders });
  const submitButton = (sheet: Element) => sheet.shadowRoot?.querySelector<HTMLButtonElement>('[data-action="submit"]');
  const rows = (sheet: Element) => [...(sheet.shadowRoot?.querySelectorAll<HTMLElement>('tbody tr') ?? [])];

  it('teaches what will appear while there is no call, and asks for the customer when two have the number', async () => {
    desk.values.current.set(undefined);
    const sheet = await mount('cw-request-sheet', desk);
    expect(textOf(sheet)).to.include('requests of a caller appear here');
    desk.values.current.set(sharedNumberCall({ state: 'answered' }));
    await settled(sheet);
    expect(textOf(sheet)).to.include('say who is calling');
  });

  it('opens devices, tickets and account of who has bought devices, instead of orders', async () => {
    const desk = withTickets(mina, billingDesk());
    const buyer = { ...sara, kind: 'devices' as const };
    desk.values.current.set(answeredCall({ customer: buyer, candidates: [buyer] }));
    desk.values.devices.set({ status: 'ready', value: [device({ serial: 'S2-450' })] });
    desk.answer('customers.get', () => ({ ...customer, kind: 'devices' }));
    const sheet = await mount('cw-request-sheet', desk);
    for (const tag of ['cw-device-list', 'cw-ticket-panel', 'cw-customer-balance']) {
      await customElements.whenDefined(tag);
      await settled(inside(sheet, tag));
      expect(inside(sheet, tag).getAttribute('customer-id'), tag).to.equal(buyer.id);
    }
    expect(textOf(inside(sheet, 'cw-device-list'))).to.include('S2-450');
    // Agents see tickets in a call only: the panel names it.
    expect(desk.followed).to.deep.include({ closed: false, customerId: buyer.id, callId: 'call_1' });
    inside(inside(sheet, 'cw-customer-balance'), '[data-action=ask]');
    expect(sheet.shadowRoot?.querySelector('[data-action="add"]')).to.equal(null);
    await expectAccessibleEverywhere(sheet);
    await expectNothingCutOff(sheet);
  });

  it('carries several requests from draft over reading back to the dealing floor', async () => {
    const [first, second] = [order('draft'), order('draft')];
    show(first!, second!);
    const sheet = await mount('cw-request-sheet', desk);
    expect(submitButton(sheet)).to.equal(null);
    desk.answer('orders.readBack', (_call: never, ids: never) => {
      show(
        ...[first!, second!].map((each) => ({
          ...each,
          state: 'read-back' as const,
          instructions: each.instructions.map((one) => ({ ...one, state: 'read-back' as const })),
        })),
      );
      return (ids as string[]).map((instructionId) => ({ instructionId, text: 'خرید ۱۰٬۰۰۰ سهم فولاد' }));
    });
    button(sheet, 'Read back 2 requests').click();
    await settled(sheet);
    expect(desk.given('orders.readBack')[0]).to.deep.equal([
      'call_1',
      [first!.instructions[0]!.id, second!.instructions[0]!.id],
      'fa',
    ]);
    expect(inside(sheet, '[part~="read-back"]').querySelectorAll('li')).to.have.length(2);
    let told = 0;
    sheet.addEventListener('cw-submit', () => told++);
    desk.answer('orders.submit', () => []);
    button(sheet, 'Submit 2 requests').click();
    await settled(sheet);
    expect(told).to.equal(1);
    expect(inside(sheet, '[role=status]').textContent).to.include('2 requests submitted');
  });

  it('a submission that failed is repeated under the same key, so that it is done once', async () => {
    show(order('read-back'));
    const sheet = await mount('cw-request-sheet', desk);
    desk.fail('orders.submit', 'network');
    submitButton(sheet)?.click();
    await settled(sheet);
    expect(inside(sheet, '[role=alert]').textContent).to.have.length.above(10);
    submitButton(sheet)?.click();
    await settled(sheet);
    const keys = desk
      .given('orders.submit')
      .map(([, , options]) => (options as { idempotencyKey: string }).idempotencyKey);
    expect(keys).to.have.length(2);
    expect(keys[0]).to.equal(keys[1]);
  });

  for (const [name, call, words] of [
    ['an unverified caller', answeredCall({ verification: NO_VERIFICATION }), 'Verify the caller'],
    [
      'a call without recording',
      answeredCall({ recording: { id: null, state: 'failed', startedAt: null, pauseReason: null } }),
      'not being recorded',
    ],
    [
      'the initial PIN',
      answeredCall({ verification: { ...answeredCall().verification, pin: 'change-required' } }),
      'initial PIN',
    ],
    ['a call that has ended', wrapUpCall(), 'needs a new call'],
  ] as const)
    it(`refuses to submit for ${name}, and says why`, async () => {
      desk.values.current.set(call);
      show(order('read-back'));
      const sheet = await mount('cw-request-sheet', desk);
      expect(submitButton(sheet)?.disabled).to.equal(true);
      expect(inside(sheet, '[role=status]').textContent).to.include(words);
    });

  it('is worked by keys: arrows move, Space ticks, Enter opens', async () => {
    show(order('draft'), order('draft'));
    const sheet = await mount('cw-request-sheet', desk);
    const press = async (row: HTMLElement, key: string) => {
      row.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await settled(sheet);
    };
    rows(sheet)[0]!.focus();
    await press(rows(sheet)[0]!, 'ArrowDown');
    expect(sheet.shadowRoot?.activeElement).to.equal(rows(sheet)[1]);
    await press(rows(sheet)[1]!, ' ');
    expect(rows(sheet).map((row) => row.ariaSelected)).to.deep.equal(['true', 'false']);
    button(sheet, 'Read back 1 request');
    await press(rows(sheet)[1]!, 'Enter');
    expect(inside(sheet, 'cw-order-form').getAttribute('mode')).to.equal('edit');
  });

  it('opens a row by double click and closes the form when it was saved', async () => {
    const draft = order('draft');
    show(draft);
    const sheet = await mount('cw-request-sheet', desk);
    rows(sheet)[0]!.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    await settled(sheet);
    inside(sheet, 'cw-order-form').dispatchEvent(new CwOrderSavedEvent(draft));
    await settled(sheet);
    expect(sheet.shadowRoot?.querySelector('cw-order-form')).to.equal(null);
  });

  it('drops a draft only after asking in place', async () => {
    const draft = order('draft');
    show(draft);
    const sheet = await mount('cw-request-sheet', desk);
    button(sheet, /^Drop:/).click();
    await settled(sheet);
    expect(desk.given('orders.discard')).to.deep.equal([]);
    button(sheet, /^Drop it\?:/).click();
    await settled(sheet);
    expect(desk.given('orders.discard')).to.deep.equal([[draft.id]]);
  });

  it('offers change and withdrawal of earlier requests only while the broker has not acted', async () => {
    const other = { instructions: order('announced').instructions.map((one) => ({ ...one, callId: 'call_0' })) };
    const [waiting, acted] = [order('announced', other), order('accepted', other)];
    show(waiting!, acted!);
    const sheet = await mount('cw-request-sheet', desk);
    expect(inside(sheet, `[data-earlier="${acted!.id}"]`).querySelector('button')).to.equal(null);
    button(sheet, 'Withdraw…').click();
    await settled(sheet);
    expect(desk.given('orders.draftWithdrawal')).to.deep.equal([[waiting!.id, 'call_1']]);
    button(sheet, 'Change…').click();
    await settled(sheet);
    expect(inside(sheet, 'cw-order-form').getAttribute('mode')).to.equal('change');
  });

  it('shows skeletons while loading and words when it failed', async () => {
    desk.values.orders.set({ status: 'loading' });
    const sheet = await mount('cw-request-sheet', desk);
    expect(sheet.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(2);
    desk.values.orders.set({ status: 'failed', error: new Error('x') });
    await settled(sheet);
    expect(inside(sheet, '[role=alert]').textContent).to.have.length.above(10);
  });

  it('keeps every action in sight on any width', async () => {
    show(order('draft'), order('read-back'), order('announced'));
    await expectNothingCutOff(await mount('cw-request-sheet', desk));
  });

  it('offers the next step to whom the last one is gone, and takes the focus from nobody', async () => {
    desk.values.current.set(answeredCall({ verification: NO_VERIFICATION }));
    const sheet = await mount('cw-request-sheet', desk);
    const verified = async () => {
      desk.values.current.set(answeredCall({ verification: NO_VERIFICATION }));
      await settled(sheet);
      desk.values.current.set(answeredCall());
      await settled(sheet);
      await new Promise((drawn) => requestAnimationFrame(drawn));
      await settled(sheet);
    };
    (document.activeElement as HTMLElement | null)?.blur();
    await verified();
    expect((sheet.shadowRoot?.activeElement as HTMLElement | null)?.dataset['action']).to.equal('add');
    const elsewhere = document.createElement('input');
    sheet.before(elsewhere);
    elsewhere.focus();
    await verified();
    expect(document.activeElement === elsewhere).to.equal(true);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const earlier = order('announced', { instructions: [] });
    show(order('draft'), order('read-back'), order('announced'), earlier);
    const sheet = await mount('cw-request-sheet', desk);
    await expectAccessibleEverywhere(sheet);
    expectNoInlineStyles(sheet);
    await expectUnharmedByPageCss(sheet);
  });
});
