import { recordings } from '@callweave/sdk';
import '../../define/recording-player.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { recording } from '../../testing/fixtures.ts';
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
import { toneUrl } from '../../testing/tone.ts';

describe('cw-recording-player', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    Object.assign(desk.use(recordings), { audioUrl: () => toneUrl(10) });
    desk.answer('recordings.get', () => recording());
  });
  afterEach(unmountAll);

  const loaded = async (properties = {}) => {
    const player = await mount('cw-recording-player', desk, { recordingId: 'rec_1', ...properties });
    const audio = inside<HTMLAudioElement>(player, 'audio');
    if (audio.readyState < 1)
      await new Promise((resolve) => audio.addEventListener('loadedmetadata', resolve, { once: true }));
    await settled(player);
    return { player, audio };
  };

  it('plays the moment of an instruction', async () => {
    const { player, audio } = await loaded();
    audio.muted = true;
    inside(player, '[data-instruction="ins_2"]').click();
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(audio.currentTime).to.be.within(6.1, 7.2);
    expect(audio.paused).to.equal(false);
    inside(player, '[data-action="play"]').click();
    await settled(player);
    expect(audio.paused).to.equal(true);
  });

  it('begins at the instruction that it is given', async () => {
    const { audio } = await loaded({ instructionId: 'ins_1' });
    expect(audio.currentTime).to.be.closeTo(3.2, 0.05);
  });

  it('shows marks, gaps and that listening is logged', async () => {
    const { player } = await loaded();
    expect(player.shadowRoot?.querySelectorAll('rect')).to.have.length(3);
    expect(textOf(player)).to.include('Not recorded: entry of the PIN').and.to.include('Each listening is logged');
  });

  it('waits for a recording that is still being stored, and shows it when the event comes', async () => {
    desk.answer('recordings.get', () => recording({ state: 'storing' }));
    const player = await mount('cw-recording-player', desk, { recordingId: 'rec_1' });
    expect(inside(player, '[role=status]').textContent).to.include('being stored');
    desk.emit({ seq: 1, at: '2026-11-22T10:00:00.000Z', type: 'recording', data: recording() });
    await settled(player);
    inside(player, 'audio');
  });

  it('says in words that it may not be heard', async () => {
    desk.fail('recordings.get', 'not-found');
    const player = await mount('cw-recording-player', desk, { recordingId: 'rec_1' });
    expect(inside(player, '[role=alert]').textContent).to.have.length.above(10);
  });

  it('jumps into the second hour of a recording without fetching the first', async () => {
    const url = '/testing/two-hours.wav';
    Object.assign(desk.use(recordings), { audioUrl: () => url });
    desk.answer('recordings.get', () => recording({ durationMs: 7_200_000, markers: [], gaps: [] }));
    const { player, audio } = await loaded();
    expect(audio.duration).to.be.closeTo(7200, 0.5);
    for (const at of [7_140_000, 1_800_000, 6_000_000]) {
      const slider = inside<HTMLInputElement>(player, 'input[type=range]');
      const jumped = new Promise((resolve) => audio.addEventListener('seeked', resolve, { once: true }));
      slider.value = String(at);
      slider.dispatchEvent(new Event('input'));
      await jumped;
      expect(audio.currentTime).to.be.closeTo(at / 1000, 0.2);
      expect(audio.readyState).to.be.greaterThanOrEqual(HTMLMediaElement.HAVE_CURRENT_DATA);
    }
    await settled(player);
    expect(textOf(player)).to.include('1:40:00 / 2:00:00');
    const served = (await (await fetch(`${url}?served`)).json()) as { bytes: number; starts: number[] };
    // Some players buffer ahead; none needs more than a small part of the 220 MB.
    expect(Math.max(...served.starts)).to.be.greaterThan(200_000_000);
    expect(served.bytes).to.be.lessThan(120_000_000);
  });

  it('says why a recording waits, and that one was deleted at the end of its time', async () => {
    desk.answer('recordings.get', () => recording({ state: 'storing', waiting: 'store-full' }));
    const player = await mount('cw-recording-player', desk, { recordingId: 'rec_1' });
    expect(inside(player, '[role=status]').textContent).to.include('no space').and.to.include('Nothing is lost');
    desk.emit({ seq: 1, at: '2026-11-22T10:00:00.000Z', type: 'recording', data: recording({ state: 'expired' }) });
    await settled(player);
    expect(inside(player, '[role=status]').textContent).to.include('deleted');
  });

  it('says so when the sound cannot be played', async () => {
    Object.assign(desk.use(recordings), { audioUrl: () => 'data:audio/wav;base64,AAAA' });
    const player = await mount('cw-recording-player', desk, { recordingId: 'rec_1' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await settled(player);
    expect(inside(player, '[role=alert]').textContent).to.include('cannot be played');
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const { player } = await loaded({ instructionId: 'ins_1' });
    await expectAccessibleEverywhere(player);
    expectNoInlineStyles(player);
    await expectUnharmedByPageCss(player);
  });
});
