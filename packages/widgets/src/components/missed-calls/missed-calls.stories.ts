import '../../define/missed-calls.ts';
import type { MissedCall } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { hamid, kala, mina, missedCall } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwMissedCalls } from './missed-calls.ts';

const meta: Meta<CwMissedCalls> = { title: 'Missed calls', component: 'cw-missed-calls', args: { readOnly: false } };
export default meta;

type Story = StoryObj<CwMissedCalls>;

const ahead = () => new Date(Date.now() + 500_000).toISOString();
const claimedBy = ({ id, name }: { id: string; name: string }) => ({ claim: { by: { id, name }, until: ahead() } });

const story = (cases: () => readonly MissedCall[], prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: ({ readOnly }) =>
    onDesk(
      (desk) => {
        desk.values.missedCalls.set({ status: 'ready', value: cases() });
        prepare(desk);
      },
      (desk) => html`<cw-missed-calls .desk=${desk} ?read-only=${readOnly}></cw-missed-calls>`,
    ),
});

const cases = () => [
  missedCall({ firstAt: new Date(Date.now() - 93_000_000).toISOString(), attempts: 2, message: 'failed' }),
  missedCall({ customer: null, number: '+420601123456', count: 1, message: 'queued' }),
  missedCall({ customer: kala, ...claimedBy(hamid), count: 4, lastOutcome: 'missed' }),
  missedCall(claimedBy(mina)),
  missedCall({ count: 1, message: null, lastOutcome: 'failed' }),
];

export const Waiting: Story = story(cases);
export const Closing: Story = {
  ...story(cases),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-missed-calls');
    if (!element) return;
    await settled(element);
    inside(element, '[data-action="finish"]').click();
  },
};
export const ReadOnly: Story = { ...story(cases), args: { readOnly: true } };
export const FiveHundred: Story = story(() =>
  Array.from({ length: 500 }, (_, i) => missedCall({ count: 1 + (i % 5) })),
);
export const Empty: Story = story(() => []);
export const Loading: Story = story(
  () => [],
  (desk) => desk.values.missedCalls.set({ status: 'loading' }),
);
export const Failed: Story = story(
  () => [],
  (desk) => desk.values.missedCalls.set({ status: 'failed', error: new Error('offline') }),
);
