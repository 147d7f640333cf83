import '../../define/ticket-desk.ts';
import { CallweaveError } from '@callweave/sdk';
import { expect } from 'chai';
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
import {
  babak,
  leila,
  listed,
  manyTickets,
  type TicketDesk,
  teamHistory,
  thread,
  ticket,
  withTickets,
} from '../../testing/ticket-fixtures.ts';
import { DraftStore } from '../ticket-parts/draft-store.ts';
import type { CwTicketDesk } from './ticket-desk.ts';

describe('cw-ticket-desk', () => {
  let desk: TicketDesk;
  beforeEach(() => {
    DraftStore.forget();
    desk = withTickets(babak);
    desk.one.set(thread(ticket({ assignee: null }), teamHistory()));
  });
  afterEach(() => {
    unmountAll();
    DraftStore.forget();
  });

  const queue = (properties: Partial<CwTicketDesk> = {}) => mount('cw-ticket-desk', desk, properties);
  const until = async (condition: () => boolean, element: Element) => {
    for (let round = 0; !condition(); round += 1) {
      if (round > 400) throw new Error(`It did not come: ${textOf(element).slice(0, 600)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      await settled(element);
    }
  };
  const press = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };
  const key = async (element: Element, name: string) => {
    inside(element, '.rows').dispatchEvent(new KeyboardEvent('keydown', { key: name, cancelable: true }));
    await settled(element);
  };
  const opened = async () => {
    const inner = inside(await queue({ ticketId: 'tic_1' }), 'cw-ticket-case');
    await settled(inner);
    return inner;
  };
  const choose = async (element: Element, selector: string, value: string) => {
    const field = inside<HTMLSelectElement>(element, selector);
    field.value = value;
    field.dispatchEvent(new Event('change'));
    await settled(element);
  };
  const write = async (element: Element, text: string) => {
    const field = inside<HTMLTextAreaElement>(element, '#text');
    field.value = text;
    field.dispatchEvent(new InputEvent('input'));
    await settled(element);
  };
  const many = (count: number) =>
    desk.list.set({ status: 'ready', value: { tickets: manyTickets(count), more: false, total: count } });

  it('shows views with counts, and what is chosen', async () => {
    desk.answer('tickets.count', (filter: { late?: boolean }) => (filter.late ? 7 : 2));
    const element = await queue();
    await until(() => inside(element, '[data-view="late"] .chip').textContent === '7', element);
    expect(desk.followed.at(-1)).to.deep.equal({ state: 'open', closed: false });
    await press(element, '[data-view="mine"]');
    expect(desk.followed.at(-1)).to.deep.equal({ assigneeId: babak.id, closed: false });
    await choose(element, 'select', 'urgent');
    expect(desk.followed.at(-1)).to.deep.equal({ assigneeId: babak.id, closed: false, priority: 'urgent' });
    const search = inside<HTMLInputElement>(element, 'input[type="search"]');
    search.value = ' اسکنر ';
    search.dispatchEvent(new InputEvent('input'));
    await until(() => (desk.followed.at(-1) as { query?: string }).query === 'اسکنر', element);
  });

  it('draws of ten thousand only what is seen, and reaches the last by key', async () => {
    many(10_000);
    const element = await queue();
    await until(() => inside(element, '.before').style.blockSize !== '', element);
    const drawn = () => element.shadowRoot?.querySelectorAll('.line').length ?? 0;
    expect(drawn()).to.be.greaterThan(10).and.lessThan(60);
    expect(inside(element, '.rows').getAttribute('aria-rowcount')).to.equal('10001');
    await key(element, 'End');
    await until(() => element.shadowRoot?.querySelector('#row-tic_000001') !== null, element);
    expect(drawn()).to.be.lessThan(60);
    expect(inside(element, '.rows').getAttribute('aria-activedescendant')).to.equal('row-tic_000001');
    const list = inside(element, '.rows').getBoundingClientRect();
    const row = inside(element, '#row-tic_000001').getBoundingClientRect();
    expect(row.bottom).to.be.at.most(list.bottom + 1);
    await key(element, 'ArrowUp');
    await key(element, 'Enter');
    expect(inside(element, 'cw-ticket-case').getAttribute('ticket-id')).to.equal('tic_000002');
    await key(element, 'Home');
    await until(() => element.shadowRoot?.querySelector('#row-tic_010000') !== null, element);
    expect(inside(element, '.rows').getAttribute('aria-activedescendant')).to.equal('row-tic_010000');
  });

  it('asks for the next page when its end comes near, and says when that failed', async () => {
    let asked = 0;
    desk.list.set({ status: 'ready', value: { tickets: manyTickets(40), more: true, total: 900 } });
    const element = await queue();
    unmountAll();
    expect(asked).to.equal(0);
    const { tickets } = await import('@callweave/sdk');
    Object.assign(desk.use(tickets), {
      follow: () => ({
        state: desk.list,
        more: async () => {
          asked += 1;
          throw new CallweaveError('network', 'gone');
        },
        reload: async () => {},
        close: () => {},
      }),
    });
    const again = await queue();
    await until(() => again.shadowRoot?.querySelector('[data-action="more"]') !== null, again);
    expect(asked).to.equal(1);
    await press(again, '[data-action="more"]');
    expect(asked).to.equal(2);
    expect(element.isConnected).to.equal(false);
  });

  it('says due times in words', async () => {
    desk.list.set(
      listed(
        ticket({
          firstAnswer: { due: new Date(Date.now() - 2 * 3_600_000 - 1000).toISOString(), metAt: null, late: true },
        }),
      ),
    );
    const element = await queue();
    expect(inside(element, '[data-late]').textContent).to.include('2 hr late');
  });

  it('shows the case instead of the list where there is no room for both', async () => {
    const element = await mount('cw-ticket-desk', desk, {}, { width: 400 });
    inside(element, '.line').click();
    await until(() => element.shadowRoot?.activeElement?.matches('[data-action="close-detail"]') === true, element);
    expect(inside(element, '.rows').checkVisibility()).to.equal(false);
    await press(element, '[data-action="close-detail"]');
    await until(() => element.shadowRoot?.activeElement?.matches('.rows') === true, element);
  });

  it('gives a ticket to somebody, and takes it', async () => {
    const inner = await opened();
    await until(() => inside(inner, '#assignee').textContent?.includes(leila.name) === true, inner);
    await choose(inner, '#assignee', leila.id);
    await until(() => textOf(inner).includes('Assigned.'), inner);
    await press(inner, '[data-action="take"]');
    await choose(inner, '#priority', 'urgent');
    expect(desk.given('tickets.assign')).to.deep.equal([
      ['tic_1', leila.id, null],
      ['tic_1', babak.id, null],
    ]);
    await until(() => desk.given('tickets.setPriority').length === 1, inner);
  });

  it('answers, and keeps an internal note apart from it', async () => {
    const inner = await opened();
    await write(inner, 'Update the driver.');
    await press(inner, 'button[data-kind="note"]');
    expect(inside<HTMLTextAreaElement>(inner, '#text').value).to.equal('');
    expect(inside(inner, '#text-about').textContent).to.include('Only the technical team');
    await write(inner, 'Certificate expired.');
    await press(inner, '[data-action="send"]');
    await until(() => desk.given('tickets.note').length === 1, inner);
    expect(desk.given('tickets.answer')).to.have.length(0);
    await press(inner, 'button[data-kind="answer"]');
    expect(inside<HTMLTextAreaElement>(inner, '#text').value).to.equal('Update the driver.');
    await press(inner, '[data-action="send"]');
    await until(() => desk.given('tickets.answer').length === 1, inner);
    expect((desk.given('tickets.answer')[0] as unknown[])[1]).to.deep.equal({
      text: 'Update the driver.',
      attachmentIds: [],
    });
    expect(inside(inner, '.written.note').textContent).to.include('Internal note');
  });

  it('records work, and refuses a quantity that is none', async () => {
    const inner = await opened();
    inside<HTMLDetailsElement>(inner, 'details').open = true;
    inside<HTMLInputElement>(inner, '#quantity').value = 'x';
    await press(inner, '[data-action="record"]');
    expect(inside(inner, '#quantity').getAttribute('aria-invalid')).to.equal('true');
    inside<HTMLInputElement>(inner, '#quantity').value = '۳';
    inside<HTMLSelectElement>(inner, '#difficulty').value = 'hard';
    await press(inner, '[data-action="record"]');
    expect(desk.given('tickets.recordWork')).to.deep.equal([['tic_1', { difficulty: 'hard', quantity: 3, note: '' }]]);
  });

  it('closes, and offers of a closed one only note and reopening', async () => {
    const inner = await opened();
    await press(inner, '[data-action="close"]');
    expect(desk.given('tickets.close')).to.deep.equal([['tic_1']]);
    desk.one.set(thread(ticket({ closed: { at: new Date().toISOString(), by: babak } }), teamHistory()));
    await settled(inner);
    expect(inner.shadowRoot?.querySelector('[data-kind="answer"][aria-pressed]')).to.equal(null);
    expect(inside<HTMLSelectElement>(inner, '#assignee').disabled).to.equal(true);
    expect(inner.shadowRoot?.querySelector('details')).to.equal(null);
    await press(inner, '[data-action="reopen"]');
    expect(desk.given('tickets.reopen')).to.have.length(0);
    await write(inner, 'It is back.');
    await press(inner, '[data-action="reopen"]');
    expect(desk.given('tickets.reopen')).to.deep.equal([['tic_1', 'It is back.']]);
  });

  it('says what is empty and what failed', async () => {
    desk.list.set(listed());
    const element = await queue();
    expect(textOf(element)).to.include('Nothing here');
    desk.list.set({ status: 'failed', error: new CallweaveError('network', 'gone') });
    await settled(element);
    expect(inside(element, '[role="alert"]').textContent).to.include('cannot reach the server');
  });

  it('is accessible and itself in any page', async () => {
    many(50);
    const element = await queue({ ticketId: 'tic_1' });
    const inner = inside(element, 'cw-ticket-case');
    await settled(inner);
    await expectAccessibleEverywhere(element);
    await expectUnharmedByPageCss(element);
    expectNoInlineStyles(inner);
  });
});
