import '../../define/wallboard.ts';
import type { Wallboard } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { wallboard } from '../../testing/report-fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwWallboard } from './wallboard.ts';

const meta: Meta<CwWallboard> = { title: 'Wallboard', component: 'cw-wallboard' };
export default meta;

type Story = StoryObj<CwWallboard>;

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

const board = (value: () => Wallboard, prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.wallboard.set({ status: 'ready', value: value() });
        prepare(desk);
      },
      (desk) => html`<cw-wallboard .desk=${desk}></cw-wallboard>`,
    ),
});

export const QuietHour: Story = board(() => wallboard());
export const Busy: Story = board(() => wallboard({ waiting: 4, longestSince: ago(35), serviceLevel: 0.74 }));
export const TooMuch: Story = board(() =>
  wallboard({ waiting: 12, longestSince: ago(190), serviceLevel: 0.41, abandoned: 31 }, { recordingsWaiting: 3 }),
);
export const BeforeTheFirstCall: Story = board(() =>
  wallboard(
    { offered: 0, answered: 0, abandoned: 0, missed: 0, talking: 0, serviceLevel: null, outbound: 0 },
    { queues: [], branches: [] },
  ),
);
export const Loading: Story = board(
  () => wallboard(),
  (desk) => desk.values.wallboard.set({ status: 'loading' }),
);
