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
    Object.assign(desk.recordings, { audioUrl: () => toneUrl(10) });
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

  it('says so when the sound cannot be played', async () => {
    Object.assign(desk.recordings, { audioUrl: () => 'data:audio/wav;base64,AAAA' });
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
