import '../../define/customer-balance.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { type BillingDesk, balance, billingDesk, entry, override } from '../../testing/billing-fixtures.ts';
import { mina, session } from '../../testing/fixtures.ts';
import type { CwCustomerBalance } from './customer-balance.ts';

const meta: Meta<CwCustomerBalance> = { title: 'Customer balance', component: 'cw-customer-balance' };
export default meta;

type Story = StoryObj<CwCustomerBalance>;

const story = (prepare: (desk: BillingDesk) => void): Story => ({
  render: () => {
    const desk = billingDesk();
    desk.values.session.set({ status: 'signed-in', session: session({ ...mina, roles: ['manager'] }) });
    desk.account.set({
      status: 'ready',
      value: {
        balance: balance(104_000_000),
        invoices: [],
        entries: [entry(), entry({ id: 'ent_2', correctedBy: 'ent_3' })],
      },
    });
    prepare(desk);
    return html`<cw-customer-balance .desk=${desk} customer-id="cus_clinic"></cw-customer-balance>`;
  },
});

export const AtTheCeiling: Story = story(() => {});
export const Requested: Story = story((desk) => desk.overrides.set({ status: 'ready', value: [override()] }));
export const Decided: Story = story((desk) =>
  desk.overrides.set({
    status: 'ready',
    value: [
      override({ state: 'granted', until: new Date(Date.now() + 86_400_000).toISOString() }),
      override({ id: 'ovr_0', state: 'declined', decision: 'Pay the oldest invoice first' }),
    ],
  }),
);
export const Empty: Story = story((desk) =>
  desk.account.set({ status: 'ready', value: { balance: balance(0), invoices: [], entries: [] } }),
);
export const Loading: Story = story((desk) => desk.account.set({ status: 'loading' }));
export const Failed: Story = story((desk) => desk.account.set({ status: 'failed', error: new Error('offline') }));
