import '../../define/voicemail.ts';
import type { VoicemailMessage } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { reza, sara } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import {
  greetingOf,
  ownBox,
  queueBox,
  spokenGreeting,
  type VoicemailDesk,
  voiceMessage,
  withVoicemail,
} from '../../testing/voicemail-fixtures.ts';
import { type CwVoicemail, VOICEMAIL_FILTERS } from './voicemail.ts';

const meta: Meta<CwVoicemail> = {
  title: 'Voicemail',
  component: 'cw-voicemail',
  args: { filter: 'all' },
  argTypes: { filter: { control: 'select', options: VOICEMAIL_FILTERS } },
};
export default meta;

type Story = StoryObj<CwVoicemail>;

const day = 86_400_000;
const at = (ms: number) => new Date(Date.now() + ms).toISOString();
const heard = { heardAt: at(-day), heardBy: { id: 'hamid', name: 'حمید رضایی' } };

const everyMessage = (): VoicemailMessage[] => [
  voiceMessage({ id: 'vm_6', state: 'storing' }),
  voiceMessage({ id: 'vm_5' }),
  voiceMessage({ id: 'vm_4', customer: null, candidates: [sara, reza], boxId: ownBox().id }),
  voiceMessage({ id: 'vm_3', ...heard, note: 'بعد از ساعت پنج' }),
  voiceMessage({ id: 'vm_2', from: '', customer: null, durationMs: 173_000, ...heard }),
  voiceMessage({ id: 'vm_1', state: 'failed', customer: null }),
];

const box = (
  messages: () => readonly VoicemailMessage[],
  prepare: (desk: VoicemailDesk) => void = () => {},
): Story => ({
  render: ({ filter }) =>
    onDesk(
      (fake) => {
        const desk = withVoicemail(fake);
        desk.messages.set({ status: 'ready', value: messages() });
        desk.answer('voicemail.delete', () => voiceMessage({ deletedAt: at(0), binnedUntil: at(30 * day) }));
        desk.answer('voicemail.restore', () => voiceMessage());
        desk.answer('voicemail.markHeard', () => voiceMessage(heard));
        prepare(desk);
      },
      (desk) => html`<cw-voicemail .desk=${desk} filter=${filter}></cw-voicemail>`,
    ),
});

const press =
  (...selectors: string[]): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-voicemail');
    if (!element) return;
    for (const selector of selectors) {
      await settled(element);
      inside(element, selector).click();
    }
  };

export const EveryState: Story = box(everyMessage);
export const Opened: Story = {
  ...box(() => [voiceMessage(), voiceMessage({ id: 'vm_0', ...heard })]),
  play: press('[data-action="open"]'),
};
export const Deleted: Story = {
  ...box(() => [voiceMessage()]),
  play: press('[data-action="open"]', '[data-action="delete"]'),
};
export const Bin: Story = {
  ...box(() => [voiceMessage({ deletedAt: at(-day), binnedUntil: at(29 * day) })]),
  args: { filter: 'bin' },
};
export const OwnGreeting: Story = {
  ...box(
    () => [],
    (desk) => desk.boxes.set({ status: 'ready', value: [ownBox({ greeting: spokenGreeting(ownBox().id) })] }),
  ),
  play: press('summary'),
};
export const GreetingBeingRecorded: Story = {
  ...box(
    () => [],
    (desk) =>
      desk.boxes.set({
        status: 'ready',
        value: [ownBox({ greeting: greetingOf(ownBox().id, { beingRecorded: true }) })],
      }),
  ),
  play: press('summary'),
};
export const GreetingOfAQueue: Story = {
  ...box(
    () => [voiceMessage()],
    (desk) => desk.boxes.set({ status: 'ready', value: [queueBox()] }),
  ),
  play: press('summary'),
};
export const FiveHundred: Story = box(() =>
  Array.from({ length: 500 }, (_, index) => voiceMessage({ id: `vm_${1500 - index}` })),
);
export const Empty: Story = box(() => []);
export const Loading: Story = box(
  () => [],
  (desk) => desk.messages.set({ status: 'loading' }),
);
export const Failed: Story = box(
  () => [],
  (desk) => desk.messages.set({ status: 'failed', error: new Error('offline') }),
);
