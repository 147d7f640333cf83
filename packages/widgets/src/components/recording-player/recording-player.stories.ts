import { recordings } from '@callweave/sdk';
import '../../define/recording-player.ts';
import type { Recording } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { recording } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import { toneUrl } from '../../testing/tone.ts';
import type { CwRecordingPlayer } from './recording-player.ts';

const meta: Meta<CwRecordingPlayer> = { title: 'Recording player', component: 'cw-recording-player' };
export default meta;

type Story = StoryObj<CwRecordingPlayer>;

const player = (changes: Partial<Recording> = {}, prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        Object.assign(desk.use(recordings), { audioUrl: () => toneUrl(10) });
        desk.answer('recordings.get', () => recording(changes));
        prepare(desk);
      },
      (desk) =>
        html`<cw-recording-player .desk=${desk} recording-id="rec_1" instruction-id="ins_1"></cw-recording-player>`,
    ),
});

export const WithInstructions: Story = player();
export const NoInstructions: Story = player({ markers: [], gaps: [] });
export const BeingStored: Story = player({ state: 'storing' });
export const WaitingForSpace: Story = player({ state: 'storing', waiting: 'store-full' });
export const Expired: Story = player({ state: 'expired' });
export const RecordingFailed: Story = player({ state: 'failed' });
export const NotAllowed: Story = player({}, (desk) => desk.fail('recordings.get', 'not-found'));
export const Loading: Story = player({}, (desk) => desk.answer('recordings.get', () => new Promise(() => {})));
