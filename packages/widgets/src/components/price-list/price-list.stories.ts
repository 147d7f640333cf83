import '../../define/price-list.ts';
import type { PriceList } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { type BillingDesk, billingDesk, draft, priceList } from '../../testing/billing-fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import type { CwPriceList } from './price-list.ts';

const meta: Meta<CwPriceList> = { title: 'Price list', component: 'cw-price-list' };
export default meta;

type Story = StoryObj<CwPriceList>;

const story = (lists: () => PriceList[], prepare: (desk: BillingDesk) => void = () => {}): Story => ({
  render: () => {
    const desk = billingDesk();
    desk.prices.set({ status: 'ready', value: { priceLists: lists(), current: 'prices_2', currency: 'IRR' } });
    prepare(desk);
    return html`<cw-price-list .desk=${desk}></cw-price-list>`;
  },
});

const press =
  (action: string): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-price-list');
    if (!element) return;
    await settled(element);
    inside(element, `[data-action=${action}]`).click();
  };

export const Versions: Story = story(() => [draft(), priceList(), priceList({ id: 'prices_1', version: 1 })]);
export const Editing: Story = { ...story(() => [draft(), priceList()]), play: press('edit') };
export const Publishing: Story = { ...story(() => [draft(), priceList()]), play: press('publish') };
export const Empty: Story = story(() => []);
export const Loading: Story = story(
  () => [],
  (desk) => desk.prices.set({ status: 'loading' }),
);
export const Failed: Story = story(
  () => [],
  (desk) => desk.prices.set({ status: 'failed', error: new Error('offline') }),
);
