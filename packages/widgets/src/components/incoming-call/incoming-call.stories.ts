import '../../define/incoming-call.ts';
import type { Call } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { callPortal } from '../../testing/device-fixtures.ts';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import {
  hamid,
  phoneCall,
  quietPhone,
  ringingCall,
  session,
  sharedNumberCall,
  unknownCall,
} from '../../testing/fixtures.ts';
import { button, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import { type CwIncomingCall, INCOMING_CALL_PLACEMENTS } from './incoming-call.ts';

const meta: Meta<CwIncomingCall> = {
  title: 'Incoming call',
  component: 'cw-incoming-call',
  args: { placement: 'inline' },
  argTypes: { placement: { control: 'select', options: INCOMING_CALL_PLACEMENTS } },
};
export default meta;

type Story = StoryObj<CwIncomingCall>;

const ringing = (calls: () => Call[], more: (desk: FakeDesk) => void = () => {}): Story => ({
  render: ({ placement }) =>
    onDesk(
      (desk) => {
        const now = calls();
        desk.values.ringing.set(now);
        desk.values.phone.set({
          ...quietPhone,
          calls: now.map(({ id }) => phoneCall({ id: `sip_${id}`, interactionId: id })),
        });
        more(desk);
      },
      (desk) => html`<cw-incoming-call .desk=${desk} placement=${placement}></cw-incoming-call>`,
    ),
});

export const KnownCustomer = ringing(() => [ringingCall({ entitlement: '۲ دستگاه، سرویس فعال' })]);
export const DeviceCustomer = ringing(() => [ringingCall({ portal: callPortal() })]);
export const DeviceCustomerAtTheCeiling = ringing(() => [
  ringingCall({
    portal: callPortal({
      devices: 12,
      inWarranty: 3,
      service: { expired: 2, declined: 1, 'per-case': 3, active: 5, renewed: 1 },
      openTickets: 5,
      debt: {
        balance: { amount: 104_000_000, currency: 'IRR' },
        ceiling: { amount: 100_000_000, currency: 'IRR' },
        level: 'ceiling',
        override: false,
      },
    }),
  }),
]);
export const SecondResponder = ringing(() => {
  const call = ringingCall({ responderOrder: 'second' });
  const [step] = call.routing;
  return [
    {
      ...call,
      routing: [
        { ...step!, name: 'حمید کریمی', result: 'no-answer' },
        { ...step!, order: 'second' },
      ],
    },
  ];
});
export const SharedNumber = ringing(() => [sharedNumberCall()]);
export const UnknownCaller = ringing(() => [unknownCall()]);
export const WithheldNumber = ringing(() => [unknownCall({ callerNumber: '' })]);
export const SeveralCalls = ringing(() => [
  ringingCall(),
  unknownCall({ id: 'call_2' }),
  sharedNumberCall({ id: 'call_3' }),
]);
export const AtYourTelephone = ringing(
  () => [ringingCall()],
  (desk) => desk.values.session.set({ status: 'signed-in', session: session(hamid) }),
);
export const CannotRingAloud = ringing(
  () => [ringingCall()],
  (desk) => desk.values.phone.set({ ...desk.values.phone.get()!, needsActivation: true }),
);
export const AnswerFails: Story = {
  ...ringing(
    () => [ringingCall()],
    (desk) => desk.fail('phone.answer', 'call-not-live'),
  ),
  play: async ({ canvasElement }) => {
    await settled(canvasElement.querySelector('cw-incoming-call')!);
    // Later than a stray key press could come.
    await new Promise((resolve) => setTimeout(resolve, 450));
    button(canvasElement.querySelector('cw-incoming-call')!, /Answer|پاسخ|Přijmout/).click();
  },
};
export const Quiet = ringing(() => []);
