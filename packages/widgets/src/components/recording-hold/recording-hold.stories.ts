import '../../define/recording-hold.ts';
import type { Retention } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { manager, session } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwRecordingHold } from './recording-hold.ts';

const meta: Meta<CwRecordingHold> = { title: 'Recording hold', component: 'cw-recording-hold' };
export default meta;

type Story = StoryObj<CwRecordingHold>;

const HELD: Retention['holds'] = [
  {
    id: 'hold_1',
    reason: 'A claim at court',
    placedBy: 'account_2',
    placedAt: '2026-11-22T11:00:00.000Z',
    releasedBy: null,
    releasedAt: null,
    releaseReason: null,
  },
];

const story = (changes: Partial<Retention> = {}, click?: string): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.session.set({ status: 'signed-in', session: session(manager) });
        desk.answer('recordings.retention', () => ({
          recordingId: 'rec_1',
          purpose: 'call',
          keepUntil: '2031-11-22T11:00:00.000Z',
          holds: [],
          ...changes,
        }));
      },
      (desk) => html`<cw-recording-hold .desk=${desk} recording-id="rec_1"></cw-recording-hold>`,
    ),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-recording-hold');
    if (!element || click === undefined) return;
    await settled(element);
    inside(element, click).click();
  },
});

export const Kept: Story = story();
export const KeptForEver: Story = story({ keepUntil: null });
export const Held: Story = story({ holds: HELD });
export const Placing: Story = story({}, '[data-action="open"]');
export const Releasing: Story = story({ holds: HELD }, '[data-action="release"]');
