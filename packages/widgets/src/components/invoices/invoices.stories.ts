import '../../define/invoices.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { type BillingDesk, balance, billingDesk, invoice, invoiceDetail } from '../../testing/billing-fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import type { CwInvoices } from './invoices.ts';

const meta: Meta<CwInvoices> = { title: 'Invoices', component: 'cw-invoices' };
export default meta;

type Story = StoryObj<CwInvoices>;

const story = (prepare: (desk: BillingDesk) => void, customerId?: string): Story => ({
  render: () => {
    const desk = billingDesk();
    desk.answer('billing.invoice', invoiceDetail);
    prepare(desk);
    return html`<cw-invoices .desk=${desk} .customerId=${customerId}></cw-invoices>`;
  },
});

const owing = (amount: number, changes = {}) =>
  story((desk) =>
    desk.account.set({
      status: 'ready',
      value: {
        balance: balance(amount, changes),
        invoices: [
          invoice(),
          invoice({ id: 'inv_11', number: 11, total: { amount: 33_000_000, currency: 'IRR' }, count: 4 }),
        ],
        entries: [],
      },
    }),
  );

export const Owing: Story = owing(40_000_000);
export const Warning: Story = owing(85_000_000);
export const Ceiling: Story = owing(104_000_000);
export const CeilingWithPermission: Story = owing(104_000_000, {
  overrideUntil: new Date(Date.now() + 3 * 86_400_000).toISOString(),
});
export const Credit: Story = owing(-2_000_000);
export const WithoutLimit: Story = owing(40_000_000, { ceiling: null, threshold: null });
export const Lines: Story = {
  ...owing(40_000_000),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-invoices');
    if (!element) return;
    await settled(element);
    inside(element, '[data-action=lines]').click();
  },
};
export const Empty: Story = story(() => {});
export const Loading: Story = story((desk) => desk.account.set({ status: 'loading' }));
export const Failed: Story = story((desk) => desk.account.set({ status: 'failed', error: new Error('offline') }));
