import '../../define/recording-hold.ts';
import type { LegalHold, Retention } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { manager, mina, session } from '../../testing/fixtures.ts';
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

const hold = (id: string, reason: string): LegalHold => ({
  id,
  reason,
  placedBy: 'account_2',
  placedAt: '2026-11-22T11:00:00.000Z',
  releasedBy: null,
  releasedAt: null,
  releaseReason: null,
});

describe('cw-recording-hold', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  let kept: Retention;
  beforeEach(() => {
    desk = createFakeDesk();
    kept = { recordingId: 'rec_1', purpose: 'call', keepUntil: '2031-11-22T11:00:00.000Z', holds: [] };
    desk.values.session.set({ status: 'signed-in', session: session(manager) });
    desk.answer('recordings.retention', () => kept);
    desk.answer('recordings.hold', (_id, reason) => {
      kept = { ...kept, holds: [...kept.holds, hold(`hold_${kept.holds.length + 1}`, reason)] };
      return kept;
    });
    desk.answer('recordings.release', (_id, holdId) => {
      const releasedAt = '2026-11-22T12:00:00.000Z';
      kept = { ...kept, holds: kept.holds.map((each) => (each.id === holdId ? { ...each, releasedAt } : each)) };
      return kept;
    });
  });
  afterEach(unmountAll);

  const shown = async () => {
    const element = await mount('cw-recording-hold', desk, { recordingId: 'rec_1' });
    await settled(element);
    return element;
  };
  const press = async (element: Element, action: string) => {
    inside(element, `[data-action="${action}"]`).click();
    await settled(element as never);
  };
  const give = (element: Element, reason: string) => {
    const field = inside<HTMLInputElement>(element, '#reason');
    field.value = reason;
    field.dispatchEvent(new Event('input'));
  };

  it('takes no space for whoever is no manager, and asks for nothing', async () => {
    desk.values.session.set({ status: 'signed-in', session: session(mina) });
    const element = await shown();
    expect(textOf(element).trim()).to.equal('');
    expect(desk.given('recordings.retention')).to.have.length(0);
  });

  it('shows until when it is kept, places a hold with a reason, and releases it with another', async () => {
    const element = await shown();
    expect(textOf(element)).to.include('Kept until').and.include('2031');
    await press(element, 'open');
    give(element, '  ');
    inside<HTMLFormElement>(element, 'form').dispatchEvent(new Event('submit', { cancelable: true }));
    await settled(element);
    expect(desk.given('recordings.hold')).to.have.length(0);
    give(element, ' A claim at court ');
    await press(element, 'confirm');
    expect(desk.given('recordings.hold')).to.deep.equal([['rec_1', 'A claim at court']]);
    expect(textOf(element)).to.include('A claim at court').and.include('not deleted');
    await press(element, 'release');
    give(element, 'settled');
    await press(element, 'confirm');
    expect(desk.given('recordings.release')).to.deep.equal([['rec_1', 'hold_1', 'settled']]);
    expect(textOf(element)).not.to.include('A claim at court');
  });

  it('says why it could not be held, and keeps what was typed', async () => {
    const element = await shown();
    await press(element, 'open');
    desk.fail('recordings.hold', 'recording-expired');
    give(element, 'a claim');
    await press(element, 'confirm');
    expect(inside(element, '[role=alert]').textContent).to.include('deleted');
    expect(inside<HTMLInputElement>(element, '#reason').value).to.equal('a claim');
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    kept = { ...kept, holds: [hold('hold_1', 'A claim at court')] };
    const element = await shown();
    await press(element, 'open');
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
