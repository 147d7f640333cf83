import '../../define/review-queue.ts';
import type { BillingOverride, Transfer } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { override } from '../../testing/billing-fixtures.ts';
import { acceptedTransfer, transferDesk } from '../../testing/transfer-of-ownership-fixtures.ts';
import type { CwReviewQueue } from './review-queue.ts';

const meta: Meta<CwReviewQueue> = { title: 'Review queue', component: 'cw-review-queue' };
export default meta;

type Story = StoryObj<CwReviewQueue>;

const story = (transfers?: readonly Transfer[], overrides: readonly BillingOverride[] = []): Story => ({
  render: () => {
    const desk = transferDesk((made) => {
      if (transfers === undefined) return;
      made.toReview.set({ status: 'ready', value: transfers });
      made.overrides.set({ status: 'ready', value: overrides });
    });
    return html`<cw-review-queue .desk=${desk}></cw-review-queue>`;
  },
});

export const Loading: Story = story();
export const NothingWaits: Story = story([]);
export const Transfers: Story = story([acceptedTransfer()]);
export const DebtInTheWay: Story = story([
  acceptedTransfer({ debt: { amount: 2_000_000, currency: 'IRR' }, debtBlocks: true, openTickets: 2 }),
]);
export const Overrides: Story = story([], [override()]);
