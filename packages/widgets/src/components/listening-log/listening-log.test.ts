import '../../define/listening-log.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { mina } from '../../testing/fixtures.ts';
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
import { boss, listening } from '../../testing/supervision-fixtures.ts';
import { CwDayEvent } from '../day-field/day-field.events.ts';

describe('cw-listening-log', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  const page = (entries = [listening()], next: string | null = null) => ({ entries, next });
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('accounts.list', () => [mina, boss]);
    desk.answer('supervision.listeningLog', () => page());
  });
  afterEach(unmountAll);

  const choose = (element: Element, id: string, value: string) => {
    const select = inside<HTMLSelectElement>(element, `#${id}`);
    select.value = value;
    select.dispatchEvent(new Event('change'));
  };

  it('tells who heard what, when, for how long and why', async () => {
    desk.answer('supervision.listeningLog', () =>
      page([
        listening({ id: 'lis_3', endedAt: null }),
        listening({ id: 'lis_2', kind: 'recording', endedAt: null, recordingId: 'rec_1', reason: '' }),
        listening(),
      ]),
    );
    const element = await mount('cw-listening-log', desk);
    const rows = [...(element.shadowRoot?.querySelectorAll('[part=row]') ?? [])].map((row) =>
      (row.textContent ?? '').replace(/\s+/g, ' '),
    );
    expect(rows[0]).to.include('goes on');
    expect(rows[1]).to.include('Recording played').and.include('none given').and.include('–');
    expect(rows[2]).to.include(boss.name).and.include(mina.name).and.include('2:05').and.include('همکار تازه');
    expect(textOf(element)).to.include('3 entries');
  });

  it('is filtered by people, kind and whole days', async () => {
    const element = await mount('cw-listening-log', desk);
    choose(element, 'listenerId', boss.id);
    choose(element, 'agentId', mina.id);
    choose(element, 'kind', 'whisper');
    inside(element, '#from').dispatchEvent(new CwDayEvent('2026-11-20'));
    inside(element, '#to').dispatchEvent(new CwDayEvent('2026-11-21'));
    await settled(element);
    button(element, 'Show').click();
    await settled(element);
    expect(desk.given('supervision.listeningLog').at(-1)).to.deep.equal([
      {
        listenerId: boss.id,
        agentId: mina.id,
        kind: 'whisper',
        from: new Date(2026, 10, 20).toISOString(),
        to: new Date(2026, 10, 22).toISOString(),
      },
    ]);
  });

  it('shows older entries on demand, of the filter that is shown', async () => {
    desk.answer('supervision.listeningLog', () => page([listening({ id: 'lis_2' })], 'lis_2'));
    const element = await mount('cw-listening-log', desk);
    choose(element, 'kind', 'barge');
    desk.answer('supervision.listeningLog', () => page([listening({ id: 'lis_1' })]));
    button(element, 'Show older entries').click();
    await settled(element);
    expect(desk.given('supervision.listeningLog').at(-1)).to.deep.equal([{ before: 'lis_2' }]);
    expect(element.shadowRoot?.querySelectorAll('[part=row]')).to.have.length(2);
    expect(element.shadowRoot?.querySelector('[data-action=more]')).to.equal(null);
  });

  it('teaches when there is nothing, and says why it cannot be read', async () => {
    desk.answer('supervision.listeningLog', () => page([]));
    const empty = await mount('cw-listening-log', desk);
    expect(textOf(empty)).to.include('Nothing was listened to in this time.');
    desk.fail('supervision.listeningLog', 'unavailable');
    const failed = await mount('cw-listening-log', desk);
    inside(failed, '[role=alert]');
    expect(failed.shadowRoot?.querySelector('.skeleton')).to.equal(null);
  });

  it('keeps everything in sight on any width', async () => {
    const element = await mount('cw-listening-log', desk);
    await expectNothingCutOff(element);
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    desk.answer('supervision.listeningLog', () => page([listening(), listening({ id: 'lis_0', endedAt: null })], 'x'));
    const element = await mount('cw-listening-log', desk);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
