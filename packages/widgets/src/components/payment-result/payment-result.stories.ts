import '../../define/payment-result.ts';
import type { Payment } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { inside, settled } from '../../testing/mount.ts';
import { type PaymentDesk, paidPayment, payment, paymentDesk } from '../../testing/payment-fixtures.ts';
import type { CwPaymentResult } from './payment-result.ts';

const meta: Meta<CwPaymentResult> = { title: 'Payment result', component: 'cw-payment-result' };
export default meta;

type Story = StoryObj<CwPaymentResult>;

const story = (prepare: (desk: PaymentDesk) => void): Story => ({
  render: () => {
    const desk = paymentDesk();
    prepare(desk);
    return html`<cw-payment-result payment-id="pay_1" continue-to="#devices" .desk=${desk}></cw-payment-result>`;
  },
});
const ended = (changes: Partial<Payment>): Story =>
  story((desk) => desk.one.set({ status: 'ready', value: payment(changes) }));

export const Checking: Story = ended({});
export const StillUnknown: Story = {
  ...ended({ unsettled: 'waiting' }),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-payment-result');
    if (!element) return;
    const unknown = async (): Promise<void> => {
      await settled(element);
      if (inside(element, '[data-state]').classList.contains('warning')) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return unknown();
    };
    await unknown();
  },
};
export const Paid: Story = story((desk) => desk.one.set({ status: 'ready', value: paidPayment() }));
export const PaidTwice: Story = story((desk) =>
  desk.one.set({ status: 'ready', value: paidPayment({ unsettled: 'surplus' }) }),
);
export const Failed: Story = ended({ state: 'failed', reason: 'zarinpal-50' });
export const Cancelled: Story = ended({ state: 'cancelled' });
export const NotStarted: Story = ended({ state: 'created', gateway: null });
export const Expired: Story = ended({ state: 'expired' });
export const Refunded: Story = story((desk) =>
  desk.one.set({
    status: 'ready',
    value: paidPayment({ state: 'refunded', refundedAt: '2026-11-23T10:00:00.000Z' }),
  }),
);
export const GatewayDown: Story = {
  ...story((desk) => {
    desk.one.set({ status: 'ready', value: payment({ state: 'failed', reason: 'timeout' }) });
    desk.fail('payments.start', 'gateway-unavailable');
  }),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-payment-result');
    if (!element) return;
    await settled(element);
    inside(element, '[data-action=pay]').click();
  },
};
export const Loading: Story = story((desk) => desk.one.set({ status: 'loading' }));
export const NotThere: Story = story((desk) => desk.one.set({ status: 'failed', error: new Error('offline') }));
