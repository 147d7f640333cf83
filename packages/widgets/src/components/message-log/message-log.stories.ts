import '../../define/message-log.ts';
import type { Message } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { textMessage } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import { type CwMessageLog, MESSAGE_LOG_FILTERS } from './message-log.ts';

const meta: Meta<CwMessageLog> = {
  title: 'Message log',
  component: 'cw-message-log',
  args: { filter: 'all' },
  argTypes: { filter: { options: MESSAGE_LOG_FILTERS, control: 'inline-radio' } },
};
export default meta;

type Story = StoryObj<CwMessageLog>;

const story = (messages: () => readonly Message[], prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: ({ filter }) =>
    onDesk(
      (desk) => {
        desk.values.messages.set({ status: 'ready', value: messages() });
        prepare(desk);
      },
      (desk) => html`<cw-message-log .desk=${desk} .filter=${filter}></cw-message-log>`,
    ),
});

const messages = () => [
  textMessage({ state: 'queued', reason: 'no-credit', sentAt: null, finishedAt: null }),
  textMessage({ state: 'sent', finishedAt: null, purpose: 'field-missed-call' }),
  textMessage(),
  textMessage({ state: 'failed', reason: 'twilio-30003', recipient: '+42060•••3456' }),
  textMessage({ state: 'expired', reason: 'too-late' }),
  textMessage({ state: 'failed', reason: 'not-reachable', channel: 'whatsapp', purpose: 'announcement' }),
  textMessage({
    state: 'failed',
    reason: 'outside-window',
    channel: 'whatsapp',
    purpose: 'ticket',
    template: 'ticket-answered',
  }),
  textMessage({ state: 'failed', reason: 'not-configured', purpose: 'invoice', template: 'invoice' }),
];

export const Latest: Story = story(messages);
export const Troubled: Story = { ...story(messages), args: { filter: 'troubled' } };
export const NoneTroubled: Story = { ...story(() => [textMessage()]), args: { filter: 'troubled' } };
export const Empty: Story = story(() => []);
export const Loading: Story = story(
  () => [],
  (desk) => desk.values.messages.set({ status: 'loading' }),
);
export const Failed: Story = story(
  () => [],
  (desk) => desk.values.messages.set({ status: 'failed', error: new Error('offline') }),
);
