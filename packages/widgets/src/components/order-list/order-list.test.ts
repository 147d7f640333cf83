import '../../define/order-list.ts';
import type { Order } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { famelli, manager, order, recording, session } from '../../testing/fixtures.ts';
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

describe('cw-order-list', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('recordings.get', () => recording());
  });
  afterEach(unmountAll);

  const list = async (...orders: Order[]) => {
    desk.values.orders.set({ status: 'ready', value: orders });
    return mount('cw-order-list', desk);
  };
  const shown = (element: Element) =>
    [...(element.shadowRoot?.querySelectorAll('[data-order]') ?? [])].map((row) => row.getAttribute('data-order'));
  const press = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };
  const type = async (element: Element, text: string) => {
    const input = inside<HTMLInputElement>(element, 'input');
    input.value = text;
    input.dispatchEvent(new InputEvent('input'));
    await settled(element);
  };

  it('shows what was submitted, not drafts, and filters by state', async () => {
    const [draft, open, done] = [order('draft'), order('announced'), order('filled')];
    const element = await list(draft!, open!, done!);
    expect(shown(element)).to.deep.equal([open!.id, done!.id]);
    element.filter = 'final';
    await settled(element);
    expect(shown(element)).to.deep.equal([done!.id]);
  });

  it('is searched on any keyboard: Arabic ye, Persian digits', async () => {
    const [first, second] = [order('announced', { instrument: famelli }), order('announced')];
    const element = await list(first!, second!);
    await type(element, 'فملي');
    expect(shown(element)).to.deep.equal([first!.id]);
    await type(
      element,
      String(second!.number).replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? ''),
    );
    expect(shown(element)).to.deep.equal([second!.id]);
  });

  it('opens to the moment of the instruction', async () => {
    const sent = order('filled');
    const element = await list(sent);
    let opened: Order | undefined;
    element.addEventListener('cw-order-open', (event) => (opened = event.order));
    await press(element, '[data-action="details"]');
    expect(opened?.id).to.equal(sent.id);
    await press(element, '[data-listen]');
    const player = inside(element, 'cw-recording-player');
    expect([player.getAttribute('recording-id'), player.getAttribute('instruction-id')]).to.deep.equal([
      'rec_1',
      sent.instructions[0]?.id,
    ]);
  });

  it('lets a manager prove an order, and names the first break', async () => {
    desk.values.session.set({ status: 'signed-in', session: session(manager) });
    const checks = [
      { name: 'chain', ok: true, detail: 'whole' },
      { name: 'recording', ok: false, detail: 'the file has changed' },
    ];
    desk.answer('evidence.verifyOrder', () => ({ orderId: 'x', proven: false, checks, entries: [] }));
    const element = await list(order('filled'));
    await press(element, '[data-action="details"]');
    await press(element, '[data-action="prove"]');
    expect(textOf(element)).to.include('First break: recording — the file has changed');
  });

  it('does not offer the proof to an agent', async () => {
    const element = await list(order('filled'));
    await press(element, '[data-action="details"]');
    expect(element.shadowRoot?.querySelector('[data-action="prove"]')).to.equal(null);
  });

  it('teaches when empty, and has skeleton and error', async () => {
    const element = await list();
    expect(textOf(element)).to.include('No order to show');
    desk.values.orders.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.values.orders.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('keeps every action in sight on any width', async () => {
    const element = await list(order('announced'), order('filled'));
    await press(element, '[data-action="details"]');
    await expectNothingCutOff(element);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await list(order('returned'), order('filled'));
    await press(element, '[data-action="details"]');
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
