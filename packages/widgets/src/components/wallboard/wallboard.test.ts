import '../../define/wallboard.ts';
import { CallweaveError, wallboard as wallboardFeature } from '@callweave/sdk';
import type { Wallboard } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
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
import { wallboard } from '../../testing/report-fixtures.ts';
import { levelOfService, levelOfWait, levelOfWaiting } from './levels.ts';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

describe('cw-wallboard', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const shown = async (value: Wallboard, options = {}) => {
    desk.values.wallboard.set({ status: 'ready', value });
    return mount('cw-wallboard', desk, {}, options);
  };
  const figure = (element: Element, name: string) =>
    (inside(element, `[data-figure="${name}"]`).textContent ?? '').replace(/\s+/g, ' ').trim();

  it('follows the figures only while it is on the page', async () => {
    let open = 0;
    Object.assign(desk.use(wallboardFeature), {
      open: () => {
        open++;
        return () => {
          open--;
        };
      },
    });
    const element = await shown(wallboard());
    expect(open).to.equal(1);
    element.remove();
    expect(open).to.equal(0);
  });

  it('shows who waits, the service level against its goal, calls, agents, queues and branches', async () => {
    const element = await shown(wallboard());
    expect(figure(element, 'waiting')).to.equal('Waiting 0 in order');
    expect(figure(element, 'longest-wait')).to.include('nobody waits');
    expect(figure(element, 'service-level')).to.equal('Service level 80% in order goal: 80% within 20 s');
    expect(figure(element, 'answered')).to.include('40').and.to.include('Calls today: 48');
    expect(inside(element, '[data-state="ready"]').textContent).to.include('6');
    expect(element.shadowRoot?.querySelector('[data-state="on-leave"]') === null).to.equal(true);
    expect(inside(element, '[data-row="Sales"]').textContent).to.include('18');
    expect(inside(element, '[data-row="Praha"]').textContent).to.include('–');
  });

  it('says in a word, a shape and a colour what is out of order, and says it aloud once', async () => {
    const element = await shown(wallboard());
    const status = () => inside(element, '[role=status]').textContent;
    expect(status()).to.equal('');
    desk.values.wallboard.set({
      status: 'ready',
      value: wallboard({ waiting: 9, longestSince: ago(200), serviceLevel: 0.5 }),
    });
    await settled(element);
    expect(figure(element, 'waiting')).to.equal('Waiting 9 act now');
    expect(figure(element, 'longest-wait')).to.match(/3:2\d act now/);
    expect(figure(element, 'service-level')).to.include('act now');
    expect(inside(element, '[data-figure="waiting"]').querySelector('svg') !== null).to.equal(true);
    expect(getComputedStyle(inside(element, '[data-figure="waiting"]')).borderInlineStartStyle).to.equal('double');
    expect(status()).to.match(/act now/);
  });

  it('warns of recordings that cannot be stored', async () => {
    const element = await shown(wallboard({}, { recordingsWaiting: 3 }));
    expect(inside(element, '[role=alert]').textContent).to.include('3 recordings cannot be stored');
  });

  it('keeps space while it loads, teaches before the first call, and says what went wrong', async () => {
    const loading = await mount('cw-wallboard', desk);
    expect(loading.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(6);
    desk.values.wallboard.set({ status: 'failed', error: new CallweaveError('not-allowed', 'no') });
    await settled(loading);
    expect(inside(loading, '[role=alert]').textContent).to.have.length.above(10);
    const none = { ready: 0, busy: 0, 'wrap-up': 0, 'do-not-disturb': 0, 'not-ready': 0, 'on-leave': 0, offline: 0 };
    const empty = await shown(wallboard({ serviceLevel: null }, { agents: none, queues: [], branches: [] }));
    expect(textOf(empty)).to.include('none yet').and.to.include('Agents appear here');
  });

  it('speaks Persian with its own digits and names', async () => {
    const element = await shown(wallboard({ waiting: 4, longestSince: ago(35) }), { lang: 'fa' });
    expect(figure(element, 'waiting')).to.equal('در انتظار ۴ مراقب باشید');
    expect(textOf(element)).to.include('فروش').and.to.include('آذر ۱۴۰۵');
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await shown(wallboard({ waiting: 5, longestSince: ago(30), serviceLevel: 0.72 }));
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});

describe('levels of the wallboard', () => {
  it('turn at their limits', () => {
    expect([0, 2, 3, 7, 8].map((waiting) => levelOfWaiting(waiting, 3, 8))).to.deep.equal([
      'good',
      'good',
      'warning',
      'warning',
      'danger',
    ]);
    expect([20_000, 20_001, 60_000, 60_001].map((ms) => levelOfWait(ms, 20))).to.deep.equal([
      'good',
      'warning',
      'warning',
      'danger',
    ]);
    expect([null, 0.8, 0.79, 0.7, 0.69].map((share) => levelOfService(share, 0.8))).to.deep.equal([
      undefined,
      'good',
      'warning',
      'warning',
      'danger',
    ]);
  });
});
