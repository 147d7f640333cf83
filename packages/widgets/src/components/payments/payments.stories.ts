import '../../define/payments.ts';
import type { PaymentDetail } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { inside, settled } from '../../testing/mount.ts';
import {
  attempt,
  type PaymentDesk,
  paidPayment,
  payment,
  paymentDesk,
  paymentDetail,
  refund,
} from '../../testing/payment-fixtures.ts';
import type { CwPayments } from './payments.ts';

const meta: Meta<CwPayments> = { title: 'Payments', component: 'cw-payments' };
export default meta;

type Story = StoryObj<CwPayments>;

const story = (prepare: (desk: PaymentDesk) => void): Story => ({
  render: () => {
    const desk = paymentDesk();
    prepare(desk);
    return html`<cw-payments .desk=${desk}></cw-payments>`;
  },
});
const listed = (desk: PaymentDesk) => {
  desk.unsettled.set(2);
  desk.more.set(true);
  desk.all.set({
    status: 'ready',
    value: [
      paidPayment(),
      payment({ id: 'pay_2', unsettled: 'waiting' }),
      paidPayment({ id: 'pay_3', unsettled: 'surplus' }),
      payment({ id: 'pay_4', state: 'cancelled' }),
      paidPayment({ id: 'pay_5', state: 'refunded', refundedAt: '2026-11-23T10:00:00.000Z' }),
    ],
  });
};
const opened = (detail: PaymentDetail, ...presses: string[]): Story => ({
  ...story((desk) => {
    listed(desk);
    desk.answer('payments.detail', () => detail);
  }),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-payments');
    if (!element) return;
    for (const action of ['details', ...presses]) {
      await settled(element);
      inside(element, `[data-action=${action}]`).click();
    }
  },
});

export const List: Story = story(listed);
export const Details: Story = opened(paymentDetail());
export const GivingBack: Story = opened(paymentDetail(), 'give-back');
export const GivenBack: Story = opened(
  paymentDetail({ attempts: [attempt({ state: 'refunded' })], refunds: [refund()] }),
);
export const PaidTwice: Story = opened(
  paymentDetail({ attempts: [attempt(), attempt({ id: 'att_2', state: 'surplus' })] }),
);
export const OtherAmount: Story = opened(
  paymentDetail({ attempts: [attempt({ state: 'disputed', confirmed: { amount: 2_500_000, currency: 'IRR' } })] }),
);
export const RefundRefused: Story = opened(
  paymentDetail({ refunds: [refund({ state: 'refused', problem: 'by-hand', by: null })] }),
);
export const Empty: Story = story(() => {});
export const Loading: Story = story((desk) => desk.all.set({ status: 'loading' }));
export const Failed: Story = story((desk) => desk.all.set({ status: 'failed', error: new Error('offline') }));
