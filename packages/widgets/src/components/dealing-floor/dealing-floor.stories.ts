import '../../define/dealing-floor.ts';
import type { Order } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { dealer, mina, order, session } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwDealingFloor } from './dealing-floor.ts';

const meta: Meta<CwDealingFloor> = { title: 'Dealing floor', component: 'cw-dealing-floor', args: { readOnly: false } };
export default meta;

type Story = StoryObj<CwDealingFloor>;

const mine = { claimedBy: { id: dealer.id, name: dealer.name } };

const floor = (orders: () => readonly Order[], prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: ({ readOnly }) =>
    onDesk(
      (desk) => {
        desk.values.session.set({ status: 'signed-in', session: session(dealer) });
        desk.values.queue.set({ status: 'ready', value: orders() });
        prepare(desk);
      },
      (desk) => html`<cw-dealing-floor .desk=${desk} ?read-only=${readOnly}></cw-dealing-floor>`,
    ),
});

const queue = () => [
  order('announced'),
  order('announced', { claimedBy: { id: mina.id, name: mina.name } }),
  order('announced', mine),
  order('accepted', { ...mine, terms: { ...order().terms, side: 'sell', price: { kind: 'market' } } }),
  order('partly-filled', mine),
];

const press =
  (action: string): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-dealing-floor');
    if (!element) return;
    await settled(element);
    inside(element, `[data-action="${action}"]`).click();
  };

export const Queue: Story = floor(queue);
export const Filling: Story = { ...floor(queue), play: press('fill') };
export const Rejecting: Story = { ...floor(queue), play: press('reject') };
export const ReadOnly: Story = { ...floor(queue), args: { readOnly: true } };
export const Empty: Story = floor(() => []);
export const Loading: Story = floor(
  () => [],
  (desk) => desk.values.queue.set({ status: 'loading' }),
);
export const Failed: Story = floor(
  () => [],
  (desk) => desk.values.queue.set({ status: 'failed', error: new Error('offline') }),
);
