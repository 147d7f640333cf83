import '../../define/call-history.ts';
import type { Call } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall, hamid, manager, mina, recording, sara, session } from '../../testing/fixtures.ts';
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
import { rowWindow } from './row-window.ts';

const call = (index: number, changes: Partial<Call> = {}): Call =>
  answeredCall({
    id: `call_${index}`,
    state: 'ended',
    outcome: 'answered',
    callerNumber: `+98912${String(1_000_000 + index)}`,
    customer: index % 2 === 0 ? sara : null,
    startedAt: new Date(Date.parse('2026-11-22T10:00:00.000Z') - index * 60_000).toISOString(),
    answeredAt: new Date(Date.parse('2026-11-22T10:00:10.000Z') - index * 60_000).toISOString(),
    endedAt: new Date(Date.parse('2026-11-22T10:01:15.000Z') - index * 60_000).toISOString(),
    ...changes,
  });

describe('cw-call-history', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('callHistory.queues', () => []);
    desk.answer('accounts.list', () => [mina, hamid]);
  });
  afterEach(unmountAll);

  const have = (calls: readonly Call[]) => {
    desk.answer('callHistory.search', ((_filter: unknown, after: string | null, limit: number) => {
      const from = after === null ? 0 : Number(after);
      const next = from + limit < calls.length ? String(from + limit) : null;
      return { calls: calls.slice(from, from + limit), next };
    }) as never);
    desk.answer('callHistory.count', () => calls.length);
  };
  const shown = async (calls: readonly Call[], options = {}) => {
    have(calls);
    const element = await mount('cw-call-history', desk, {}, { width: 1100, ...options });
    await settled(element);
    await settled(element);
    return element;
  };
  const rowsOf = (element: Element) => [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[data-call]') ?? [])];
  const type = (element: Element, selector: string, value: string) => {
    const input = inside<HTMLInputElement>(element, selector);
    input.value = value;
    input.dispatchEvent(new Event(input instanceof HTMLSelectElement ? 'change' : 'input'));
  };

  it('lists calls: when, who, with whom, how it ended, how long', async () => {
    const element = await shown([
      call(0, { agent: { id: hamid.id, name: hamid.name } }),
      call(1, { outcome: 'missed', callerNumber: '', answeredAt: null }),
    ]);
    const [first, second] = rowsOf(element).map((row) => (row.textContent ?? '').replace(/\s+/g, ' '));
    for (const words of ['سارا احمدی', '0912 100 0000', hamid.name, 'Answered', '1:05'])
      expect(first).to.include(words);
    for (const words of ['withheld', 'Missed']) expect(second).to.include(words);
    expect(textOf(element)).to.include('2 calls');
  });

  it('draws a window of ten thousand rows, and fetches pages as it is scrolled', async () => {
    const element = await shown(Array.from({ length: 10_000 }, (_, index) => call(index)));
    expect(rowsOf(element).length).to.be.lessThan(60);
    expect(desk.given('callHistory.search').length).to.equal(1);
    const scroller = inside(element, '.rows');
    for (let page = 0; page < 4; page += 1) {
      scroller.scrollTop = scroller.scrollHeight;
      scroller.dispatchEvent(new Event('scroll'));
      await settled(element);
      await settled(element);
    }
    expect(desk.given('callHistory.search').length).to.be.greaterThan(3);
    expect(rowsOf(element).length).to.be.lessThan(60);
    expect(rowsOf(element).some(({ dataset }) => Number(dataset['call']?.slice(5)) > 200)).to.equal(true);
    expect(inside(element, '.rows').getAttribute('aria-rowcount')).to.equal('10001');
    // A row stands where its place in the list says.
    const row = rowsOf(element)[5];
    const index = Number(row?.getAttribute('aria-rowindex')) - 2;
    expect(row?.dataset['call']).to.equal(`call_${index}`);
    expect(Math.abs((row?.offsetTop ?? 0) - (36 + index * (row?.offsetHeight ?? 0)))).to.be.lessThan(2);
  });

  it('looks for what is given, and clears it again', async () => {
    const element = await shown([call(0)]);
    type(element, '#number', ' ۰۹۱۲ ۱۰۰ ');
    type(element, '#outcome', 'missed');
    inside(element, '[data-action="search"]').click();
    await settled(element);
    expect(desk.given('callHistory.search').at(-1)?.[0]).to.deep.equal({ number: '۰۹۱۲ ۱۰۰', outcome: 'missed' });
    inside(element, '[data-action="clear"]').click();
    await settled(element);
    expect(desk.given('callHistory.search').at(-1)?.[0]).to.deep.equal({});
  });

  it('takes days in the calendar of the language', async () => {
    const element = await shown([call(0)], { lang: 'fa' });
    const field = inside(element, 'cw-day-field');
    field.dispatchEvent(Object.assign(new Event('cw-day', { bubbles: true, composed: true }), { value: '2026-11-01' }));
    inside(element, '[data-action="search"]').click();
    await settled(element);
    expect(desk.given('callHistory.search').at(-1)?.[0]).to.deep.equal({ from: '2026-11-01' });
    field.dispatchEvent(Object.assign(new Event('cw-day', { bubbles: true, composed: true }), { value: 'invalid' }));
    const before = desk.given('callHistory.search').length;
    inside(element, '[data-action="search"]').click();
    await settled(element);
    expect(desk.given('callHistory.search').length).to.equal(before);
    expect(textOf(element)).to.include('آذر');
  });

  it('lets supervisors choose an agent, and agents not', async () => {
    const own = await shown([call(0)]);
    expect(own.shadowRoot?.querySelector('#agentId') === null).to.equal(true);
    unmountAll();
    desk.values.session.set({ status: 'signed-in', session: session(manager) });
    const all = await shown([call(0)]);
    expect([...inside(all, '#agentId').querySelectorAll('option')].map(({ value }) => value)).to.deep.equal([
      '',
      mina.id,
      hamid.id,
    ]);
  });

  it('plays a recording from its row', async () => {
    desk.answer('recordings.get', () => recording());
    const stored = { id: 'rec_1', state: 'stored', startedAt: '2026-11-22T10:00:00.000Z', pauseReason: null } as const;
    const element = await shown([call(0, { recording: stored }), call(1)]);
    expect(element.shadowRoot?.querySelectorAll('[data-action="play"]')).to.have.length(1);
    inside(element, '[data-action="play"]').click();
    await settled(element);
    expect(inside(element, 'cw-recording-player').getAttribute('recording-id')).to.equal('rec_1');
    inside(element, '.player button').click();
    await settled(element);
    expect(element.shadowRoot?.querySelector('cw-recording-player') === null).to.equal(true);
  });

  it('saves what was found as a table, says how far it is, and stops when told to', async () => {
    const element = await shown([call(0)]);
    let tell: (rows: number, of: number) => void = () => {};
    let finish: (table: Blob) => void = () => {};
    let signal: AbortSignal | undefined;
    desk.answer('callHistory.export', ((
      _filter: unknown,
      options: { onProgress: typeof tell; signal: AbortSignal },
    ) => {
      tell = options.onProgress;
      signal = options.signal;
      return new Promise<Blob>((resolve, reject) => {
        finish = resolve;
        options.signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    }) as never);
    inside(element, '[data-action="export"]').click();
    await settled(element);
    tell(500, 2000);
    await settled(element);
    const progress = inside<HTMLProgressElement>(element, 'progress');
    expect([progress.value, progress.max]).to.deep.equal([500, 2000]);
    expect(inside(element, '[data-state="exporting"]').textContent).to.include('500 of 2,000 calls');
    inside(element, '[data-action="stop"]').click();
    await settled(element);
    expect(signal?.aborted).to.equal(true);
    expect(element.shadowRoot?.querySelector('[role=alert]') === null).to.equal(true);

    inside(element, '[data-action="export"]').click();
    await settled(element);
    tell(2000, 2000);
    finish(new Blob(['id\r\n']));
    await settled(element);
    await settled(element);
    expect(textOf(element)).to.include('Saved 2,000 calls');
  });

  it('teaches when there is nothing, and says what went wrong', async () => {
    const empty = await shown([]);
    expect(textOf(empty)).to.include('There are no calls yet');
    type(empty, '#number', '0912');
    inside(empty, '[data-action="search"]').click();
    await settled(empty);
    await settled(empty);
    expect(textOf(empty)).to.include('No call fits');
    unmountAll();
    desk.fail('callHistory.search', 'unavailable');
    const failed = await mount('cw-call-history', desk);
    await settled(failed);
    expect(inside(failed, '[role=alert]').textContent).to.have.length.above(10);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const stored = { id: 'rec_1', state: 'stored', startedAt: '2026-11-22T10:00:00.000Z', pauseReason: null } as const;
    const element = await shown([
      call(0, { recording: stored }),
      call(1, { outcome: 'abandoned' }),
      call(2, { direction: 'outbound' }),
    ]);
    await expectAccessibleEverywhere(element);
    await expectUnharmedByPageCss(element);
    const fresh = await mount('cw-recording-player', desk);
    expectNoInlineStyles(fresh);
  });
});

describe('the window of rows', () => {
  it('holds what is seen and some beyond, and nothing outside the list', () => {
    expect(rowWindow(0, 440, 44, 5)).to.deep.equal({ first: 0, end: 5 });
    expect(rowWindow(44_000, 440, 44, 10_000)).to.deep.equal({ first: 988, end: 1022 });
    expect(rowWindow(999_999_999, 440, 44, 100)).to.deep.equal({ first: 88, end: 100 });
  });
});
