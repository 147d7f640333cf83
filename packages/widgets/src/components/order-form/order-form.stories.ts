import '../../define/order-form.ts';
import type { Order } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { order } from '../../testing/fixtures.ts';
import { inside } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import { type CwOrderForm, ORDER_FORM_MODES } from './order-form.ts';

const meta: Meta<CwOrderForm> = {
  title: 'Order form',
  component: 'cw-order-form',
  argTypes: { mode: { control: 'select', options: ORDER_FORM_MODES } },
};
export default meta;

type Story = StoryObj<CwOrderForm>;

const form = (mode: CwOrderForm['mode'], of?: Order, prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  args: { mode },
  render: (args) =>
    onDesk(
      prepare,
      (desk) => html`<cw-order-form .desk=${desk} mode=${args.mode} call-id="call_1" .order=${of}></cw-order-form>`,
    ),
});

const submit: NonNullable<Story['play']> = async ({ canvasElement }) => {
  const element = canvasElement.querySelector('cw-order-form');
  await element?.updateComplete;
  if (element) inside<HTMLFormElement>(element, 'form').requestSubmit();
};

export const New: Story = form('new');
export const Edit: Story = form('edit', order('draft'));
export const Change: Story = form('change', order('announced'));
export const UntilADate: Story = form(
  'edit',
  order('draft', { terms: { ...order().terms, validity: { kind: 'until', day: '2027-03-20' } } }),
);
export const MarketOrder: Story = form(
  'edit',
  order('draft', { terms: { ...order().terms, price: { kind: 'market' } } }),
);
export const FieldsMissing: Story = { ...form('new'), play: submit };
export const Refused: Story = {
  ...form('edit', order('draft'), (desk) => desk.fail('orders.edit', 'wrong-section')),
  play: submit,
};
