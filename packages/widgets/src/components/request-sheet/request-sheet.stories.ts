import '../../define/request-sheet.ts';
import '../../define/verification.ts';
import { type Call, NO_VERIFICATION, type Order } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { billingDesk } from '../../testing/billing-fixtures.ts';
import { deviceInEachState } from '../../testing/device-fixtures.ts';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall, customer, mina, order, sara, sharedNumberCall, wrapUpCall } from '../../testing/fixtures.ts';
import { button, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import { withTickets } from '../../testing/ticket-fixtures.ts';
import type { CwRequestSheet } from './request-sheet.ts';

const meta: Meta<CwRequestSheet> = { title: 'Request sheet', component: 'cw-request-sheet' };
export default meta;

type Story = StoryObj<CwRequestSheet>;

const sheet = (
  call: () => Call | undefined,
  orders: () => readonly Order[],
  prepare: (desk: FakeDesk) => void = () => {},
): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.current.set(call());
        desk.answer('customers.get', () => customer);
        desk.values.orders.set({ status: 'ready', value: orders() });
        prepare(desk);
      },
      (desk) => html`<cw-request-sheet .desk=${desk}></cw-request-sheet>`,
    ),
});

const sell = () =>
  order('draft', { terms: { ...order().terms, side: 'sell', quantity: 2_500, price: { kind: 'market' } } });

export const SeveralRequests: Story = sheet(answeredCall, () => [order('read-back'), sell(), order('announced')]);
export const AllReadBack: Story = sheet(answeredCall, () => [order('read-back'), order('read-back')]);
export const ReadingBack: Story = {
  ...sheet(
    answeredCall,
    () => [order('draft')],
    (desk) =>
      desk.answer('orders.readBack', (_call: never, ids: never) => {
        const { orders } = desk.values;
        const now = orders.get();
        if (now.status === 'ready')
          orders.set({
            status: 'ready',
            value: now.value.map((each) => ({
              ...each,
              state: 'read-back',
              instructions: each.instructions.map((one) => ({ ...one, state: 'read-back' })),
            })),
          });
        return (ids as string[]).map((instructionId) => ({
          instructionId,
          text: 'خرید ۱۰٬۰۰۰ سهم فولاد مبارکه به قیمت ۵٬۲۱۰ ریال، معتبر برای امروز؛ درست است؟',
        }));
      }),
  ),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-request-sheet');
    if (!element) return;
    await settled(element);
    button(element, /Read back|بازخوانی|Přečíst/).click();
  },
};
export const NoRequestYet: Story = sheet(answeredCall, () => []);
export const NotVerified: Story = sheet(
  () => answeredCall({ verification: NO_VERIFICATION }),
  () => [order('draft')],
);
export const NotRecorded: Story = sheet(
  () => answeredCall({ recording: { id: null, state: 'failed', startedAt: null, pauseReason: null } }),
  () => [order('read-back')],
);
export const TwoCustomersOneNumber: Story = sheet(
  () => sharedNumberCall({ state: 'answered' }),
  () => [],
);
export const CallEnded: Story = sheet(wrapUpCall, () => [order('draft'), order('announced')]);
export const Loading: Story = sheet(
  answeredCall,
  () => [],
  (desk) => desk.values.orders.set({ status: 'loading' }),
);
export const Failed: Story = sheet(
  answeredCall,
  () => [],
  (desk) => desk.values.orders.set({ status: 'failed', error: new Error('offline') }),
);
export const NoCall: Story = sheet(
  () => undefined,
  () => [],
);

export const DeviceCustomer: Story = {
  render: () => {
    const desk = withTickets(mina, billingDesk());
    const buyer = { ...sara, kind: 'devices' as const };
    desk.values.current.set(answeredCall({ customer: buyer, candidates: [buyer] }));
    desk.values.devices.set({ status: 'ready', value: deviceInEachState() });
    desk.answer('customers.get', () => ({ ...customer, kind: 'devices' }));
    return html`<cw-request-sheet .desk=${desk}></cw-request-sheet>`;
  },
};
