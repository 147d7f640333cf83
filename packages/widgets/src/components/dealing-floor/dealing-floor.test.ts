import { dealing } from '@callweave/sdk';
import '../../define/dealing-floor.ts';
import type { Order } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { dealer, mina, order, session } from '../../testing/fixtures.ts';
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

const mine = { claimedBy: { id: dealer.id, name: dealer.name } };

describe('cw-dealing-floor', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.session.set({ status: 'signed-in', session: session(dealer) });
  });
  afterEach(unmountAll);

  const floor = async (...orders: Order[]) => {
    desk.values.queue.set({ status: 'ready', value: orders });
    return mount('cw-dealing-floor', desk);
  };
  const type = async (element: Element, id: string, text: string) => {
    const input = inside<HTMLInputElement>(element, `#${id}`);
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(element);
  };

  it('follows the queue only while it is on the page', async () => {
    let open = 0;
    Object.assign(desk.use(dealing), {
      open: () => {
        open++;
        return () => {
          open--;
        };
      },
    });
    const element = await floor();
    expect(open).to.equal(1);
    element.remove();
    expect(open).to.equal(0);
  });

  it('shows the oldest first and announces what is new', async () => {
    const [older, newer] = [
      order('announced', { submittedAt: '2026-11-22T09:00:00.000Z' }),
      order('announced', { submittedAt: '2026-11-22T10:00:00.000Z' }),
    ];
    const element = await floor(older!);
    expect(inside(element, '[role=status]').textContent).to.equal('');
    desk.values.queue.set({ status: 'ready', value: [newer!, older!] });
    await settled(element);
    expect(
      [...(element.shadowRoot?.querySelectorAll('[data-order]') ?? [])].map((row) => row.getAttribute('data-order')),
    ).to.deep.equal([older!.id, newer!.id]);
    expect(inside(element, '[role=status]').textContent).to.include(newer!.instrument.symbol);
  });

  it('claims, accepts, and shows whose an order is', async () => {
    const [free, claimed, theirs] = [
      order('announced'),
      order('announced', mine),
      order('announced', { claimedBy: { id: mina.id, name: mina.name } }),
    ];
    const element = await floor(free!, claimed!, theirs!);
    inside(element, `[data-order="${free!.id}"] [data-action="claim"]`).click();
    await settled(element);
    inside(element, `[data-order="${claimed!.id}"] [data-action="accept"]`).click();
    await settled(element);
    expect(desk.given('dealing.claim')).to.deep.equal([[free!.id]]);
    expect(desk.given('dealing.accept')).to.deep.equal([[claimed!.id]]);
    expect(inside(element, `[data-order="${theirs!.id}"]`).textContent).to.include(`Claimed by ${mina.name}`);
  });

  it('fills a part at a price, in digits of any script, and never more than is open', async () => {
    const partly = order('partly-filled', mine);
    const element = await floor(partly);
    inside(element, '[data-action="fill"]').click();
    await settled(element);
    expect(inside<HTMLInputElement>(element, '#quantity').value).to.equal('4000');
    await type(element, 'quantity', '4001');
    expect(inside<HTMLButtonElement>(element, '[data-action="confirm"]').disabled).to.equal(true);
    await type(element, 'quantity', '۱٬۵۰۰');
    await type(element, 'price', '5,205');
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
    expect(desk.given('dealing.fill')).to.deep.equal([[partly.id, 1500, 5205]]);
    expect(element.shadowRoot?.querySelector('form')).to.equal(null);
  });

  it('rejects and returns only with a reason, and not once a part is filled', async () => {
    const accepted = order('accepted', mine);
    const element = await floor(accepted, order('partly-filled', mine));
    expect(element.shadowRoot?.querySelectorAll('[data-action="reject"]')).to.have.length(1);
    inside(element, '[data-action="reject"]').click();
    await settled(element);
    inside<HTMLFormElement>(element, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    await settled(element);
    expect(desk.given('dealing.reject')).to.deep.equal([]);
    await type(element, 'reason', ' نماد متوقف است ');
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
    expect(desk.given('dealing.reject')).to.deep.equal([[accepted.id, 'نماد متوقف است']]);
  });

  it('keeps the entry when the step fails, and says why', async () => {
    desk.fail('dealing.fill', 'overfill');
    const element = await floor(order('accepted', mine));
    inside(element, '[data-action="fill"]').click();
    await settled(element);
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
    expect(inside(element, '[role=alert]').textContent).to.have.length.above(10);
    expect(inside(element, '#quantity')).to.be.instanceOf(HTMLInputElement);
  });

  it('teaches when it is empty, and has skeleton and error', async () => {
    const element = await floor();
    expect(textOf(element)).to.include('No order is waiting');
    desk.values.queue.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.values.queue.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('only shows when it is read-only', async () => {
    const element = await floor(order('announced'));
    element.readOnly = true;
    await settled(element);
    expect(() => button(element, /Claim/)).to.throw();
  });

  it('hands the focus on to the next step, and to the oldest order when one has left', async () => {
    const [older, newer] = [
      order('announced', { submittedAt: '2026-11-22T09:00:00.000Z' }),
      order('announced', { submittedAt: '2026-11-22T10:00:00.000Z' }),
    ];
    const element = await floor(older, newer);
    const act = async (action: string, ...queue: Order[]) => {
      const button = inside(element, `[data-order="${newer.id}"] [data-action="${action}"]`);
      button.focus();
      button.click();
      desk.values.queue.set({ status: 'ready', value: queue });
      await settled(element);
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const focused = element.shadowRoot?.activeElement;
      return `${focused?.getAttribute('data-action')} of ${focused?.closest('[data-order]')?.getAttribute('data-order')}`;
    };
    expect(await act('claim', older, { ...newer, ...mine })).to.equal(`accept of ${newer.id}`);
    expect(await act('release', older)).to.equal(`claim of ${older.id}`);
  });

  it('keeps every action in sight on any width', async () => {
    const element = await floor(
      order('announced'),
      order('announced', mine),
      order('accepted', mine),
      order('partly-filled', mine),
    );
    button(element, /^Fill…? —/).click();
    await settled(element);
    await expectNothingCutOff(element);
  });

  it('writes what it proposes in the digits of the dealer', async () => {
    desk.values.queue.set({ status: 'ready', value: [order('accepted', mine)] });
    const element = await mount('cw-dealing-floor', desk, {}, { lang: 'fa' });
    inside(element, '[data-action="fill"]').click();
    await settled(element);
    expect(inside<HTMLInputElement>(element, '#quantity').value).to.match(/^[۰-۹]+$/);
    inside(element, '[data-action="confirm"]').click();
    await settled(element);
    const [, quantity] = desk.given('dealing.fill')[0] ?? [];
    expect(quantity).to.equal(order('accepted').terms.quantity);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await floor(order('announced'), order('accepted', mine), order('partly-filled', mine));
    inside(element, '[data-action="fill"]').click();
    await settled(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
