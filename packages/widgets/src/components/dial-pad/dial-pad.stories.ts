import '../../define/dial-pad.ts';
import type { CallbackCase, FieldCall, OwnPairing } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { activePhoneCall, phoneCall, quietPhone, ringingCall, session } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { callback, fieldCall, ownNumbers, ownPairing, petr } from '../../testing/number-fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import { type CwDialPad, DIAL_PAD_USERS } from './dial-pad.ts';

const meta: Meta<CwDialPad> = {
  title: 'Dial pad',
  component: 'cw-dial-pad',
  argTypes: { user: { control: 'select', options: ['', ...DIAL_PAD_USERS] } },
};
export default meta;

type Story = StoryObj<CwDialPad>;

const draw = (desk: FakeDesk) => html`<cw-dial-pad .desk=${desk}></cw-dial-pad>`;
const agent = (prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: () =>
    onDesk((desk) => {
      const past = {
        ...ringingCall({ id: 'call_9', direction: 'outbound', state: 'ended' }),
        outcome: 'busy' as const,
      };
      desk.answer('calls.targets', () => ({ agents: [], groupFree: 0, callerIds: ['+982181021380', '+982181021399'] }));
      desk.answer('callHistory.search', () => ({ calls: [{ ...past, calledNumber: '+989351112233' }], next: null }));
      prepare(desk);
    }, draw),
});
const field = (
  { pairings = [ownPairing()], calls = [], cases = [] }: Shown = {},
  prepare: (desk: FakeDesk) => void = () => {},
): Story => ({
  render: () =>
    onDesk((desk) => {
      desk.values.session.set({ status: 'signed-in', session: session(petr) });
      desk.values.ownNumbers.set({ status: 'ready', value: ownNumbers(pairings) });
      desk.values.fieldCalls.set({ status: 'ready', value: calls });
      desk.values.callbacks.set({ status: 'ready', value: cases });
      prepare(desk);
    }, draw),
});
interface Shown {
  readonly pairings?: readonly OwnPairing[];
  readonly calls?: readonly FieldCall[];
  readonly cases?: readonly CallbackCase[];
}
const type =
  (number: string): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-dial-pad');
    if (!element) return;
    await settled(element);
    const input = inside<HTMLInputElement>(element, '#number');
    input.value = number;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(element);
    inside<HTMLFormElement>(element, 'form').requestSubmit();
  };
const two = [
  ownPairing({ expiresOn: '2027-01-31' }),
  ownPairing({ id: 'pair_2', spokenId: 2, fictitiousNumber: '+420234234502' }),
];
const past = fieldCall({ id: 'fcall_0', state: 'ended', outcome: 'no-answer' });

export const Agent: Story = agent();
export const AgentDialling: Story = agent((desk) => {
  desk.values.current.set(ringingCall({ direction: 'outbound', calledNumber: '+989351112233', customer: null }));
  desk.values.phone.set({ ...quietPhone, calls: [activePhoneCall()] });
});
export const AgentWithoutNumber: Story = agent((desk) =>
  desk.answer('calls.targets', () => ({ agents: [], groupFree: 0, callerIds: [] })),
);
export const FieldCaller: Story = field({ pairings: two, calls: [past], cases: [callback(1), callback(2)] });
export const RescueService: Story = { ...field(), play: type('158') };
export const OtherCountry: Story = { ...field(), play: type('+49 30 1234567') };
export const RingingOwnPhone: Story = field({ calls: [fieldCall(), past] });
export const Dialling: Story = field({ calls: [fieldCall({ state: 'dialling' }), past] });
export const Connected: Story = field(
  { calls: [fieldCall({ state: 'answered', answeredAt: new Date(Date.now() - 83_000).toISOString() }), past] },
  (desk) => desk.values.phone.set({ ...quietPhone, calls: [activePhoneCall({ interactionId: 'fcall_1' })] }),
);
export const Incoming: Story = field({ calls: [fieldCall({ kind: 'in', dialled: null })] }, (desk) =>
  desk.values.phone.set({ ...quietPhone, calls: [phoneCall({ interactionId: 'fcall_1' })] }),
);
export const Ended: Story = {
  ...field({ calls: [fieldCall()] }),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector<CwDialPad & { desk: FakeDesk }>('cw-dial-pad');
    if (!element) return;
    await settled(element);
    element.desk.values.fieldCalls.set({ status: 'ready', value: [fieldCall({ state: 'ended', outcome: 'busy' })] });
  },
};
export const Expired: Story = {
  ...field({ pairings: two }),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector<CwDialPad & { desk: FakeDesk }>('cw-dial-pad');
    if (!element) return;
    await settled(element);
    const through = inside<HTMLSelectElement>(element, '#through');
    through.value = 'pair_2';
    through.dispatchEvent(new Event('change'));
    element.desk.values.ownNumbers.set({ status: 'ready', value: ownNumbers() });
  },
};
export const NoPairing: Story = field({ pairings: [] });
export const Offline: Story = field({}, (desk) => desk.values.connection.set('offline'));
export const Loading: Story = field({}, (desk) => desk.values.ownNumbers.set({ status: 'loading' }));
export const Failed: Story = field({}, (desk) =>
  desk.values.ownNumbers.set({ status: 'failed', error: new Error('offline') }),
);
