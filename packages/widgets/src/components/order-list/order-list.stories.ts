import { recordings } from '@callweave/sdk';
import '../../define/order-list.ts';
import type { Order } from '@callweave/sdk/protocol';
import { ORDER_STATES } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { order, recording } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import { toneUrl } from '../../testing/tone.ts';
import { type CwOrderList, ORDER_LIST_FILTERS } from './order-list.ts';

const meta: Meta<CwOrderList> = {
  title: 'Order list',
  component: 'cw-order-list',
  args: { filter: 'all' },
  argTypes: { filter: { control: 'select', options: ORDER_LIST_FILTERS } },
};
export default meta;

type Story = StoryObj<CwOrderList>;

const list = (orders: () => readonly Order[], prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: ({ filter }) =>
    onDesk(
      (desk) => {
        Object.assign(desk.use(recordings), { audioUrl: () => toneUrl(10) });
        desk.answer('recordings.get', () => recording());
        desk.values.orders.set({ status: 'ready', value: orders() });
        prepare(desk);
      },
      (desk) => html`<cw-order-list .desk=${desk} filter=${filter}></cw-order-list>`,
    ),
});

const press =
  (...selectors: string[]): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-order-list');
    if (!element) return;
    for (const selector of selectors) {
      await settled(element);
      inside(element, selector).click();
    }
  };

const everyState = () => ORDER_STATES.map((state) => order(state));

export const EveryState: Story = list(everyState);
export const Opened: Story = {
  ...list(() => [order('returned'), order('filled')]),
  play: press('[data-action="details"]'),
};
export const Listening: Story = {
  ...list(() => [order('filled')]),
  play: press('[data-action="details"]', '[data-listen]'),
};
export const Empty: Story = list(() => []);
export const Loading: Story = list(
  () => [],
  (desk) => desk.values.orders.set({ status: 'loading' }),
);
export const Failed: Story = list(
  () => [],
  (desk) => desk.values.orders.set({ status: 'failed', error: new Error('offline') }),
);
