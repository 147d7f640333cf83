import '../../define/service-plan.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { device } from '../../testing/device-fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import {
  crmRecord,
  plan,
  planDeclined,
  planLapsed,
  planNotInstalled,
  planPerCase,
  planRefunded,
  planRenewed,
  planWaiting,
  type ServicePlanDesk,
  servicePlanDesk,
} from '../../testing/service-plan-fixtures.ts';
import type { CwServicePlan } from './service-plan.ts';

const meta: Meta<CwServicePlan> = { title: 'Service plan', component: 'cw-service-plan' };
export default meta;

type Story = StoryObj<CwServicePlan>;

const story = (prepare: (desk: ServicePlanDesk) => void, customerId?: string): Story => ({
  render: () => {
    const desk = servicePlanDesk();
    prepare(desk);
    return html`<cw-service-plan .desk=${desk} .customerId=${customerId}></cw-service-plan>`;
  },
});

export const Choosing: Story = story((desk) => desk.show([plan()]));
export const Several: Story = story((desk) =>
  desk.show([plan(), ...[1, 2, 3].map(() => plan({ device: device(), choice: null }))]),
);
export const Declining: Story = {
  ...story((desk) => desk.show([plan()])),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-service-plan');
    if (!element) return;
    await settled(element);
    inside(element, 'input[value=declined]').click();
    await settled(element);
    const reason = inside<HTMLTextAreaElement>(element, 'textarea');
    reason.value = 'We have sold it';
    reason.dispatchEvent(new Event('input', { bubbles: true }));
    await settled(element);
    inside(element, '[data-action=send]').click();
    await settled(element);
  },
};
export const WaitingForPayment: Story = story((desk) => desk.show([planWaiting()]));
export const Lapsed: Story = story((desk) => desk.show([planLapsed()]));
export const Renewed: Story = story((desk) => desk.show([planRenewed()]));
export const Refunded: Story = story((desk) => desk.show([planRefunded()]));
export const PerCase: Story = story((desk) => desk.show([planPerCase()]));
export const Declined: Story = story((desk) => desk.show([planDeclined()]));
export const NotInstalled: Story = story((desk) => desk.show([planNotInstalled()]));
export const NothingSold: Story = story((desk) => desk.show([plan({ renewals: [] })], { perCase: null }));
export const NotPayable: Story = story((desk) => desk.show([plan()], { payable: false }));
export const StaffSynced: Story = story((desk) => {
  desk.show([planRenewed()]);
  desk.tell([crmRecord({ state: 'synced', remoteId: 'deal-1' })]);
}, 'customer_sara');
export const StaffFailed: Story = story((desk) => {
  desk.show([planWaiting()]);
  desk.tell([crmRecord({ state: 'failed', problem: 'Didar refused deal/save: Bad stage.', attempts: 4 })]);
}, 'customer_sara');
export const Empty: Story = story((desk) => desk.show([]));
export const Loading: Story = story(() => {});
export const Failed: Story = story((desk) => desk.plans.set({ status: 'failed', error: new Error('offline') }));
