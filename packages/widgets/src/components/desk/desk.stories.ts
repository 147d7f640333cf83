import '../../define/desk.ts';
import '../../define/incoming-call.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { phoneCall, quietPhone, ringingCall } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import { type CwDesk, DESK_PHONES } from './desk.ts';

/** The element itself shows nothing: the stories show what stands in it. */
const meta: Meta<CwDesk> = {
  title: 'Desk',
  component: 'cw-desk',
  args: { phone: 'off' },
  argTypes: { phone: { control: 'select', options: DESK_PHONES } },
};
export default meta;

type Story = StoryObj<CwDesk>;

export const AroundAWidget: Story = {
  render: ({ phone }) =>
    onDesk(
      (desk) => {
        desk.values.ringing.set([ringingCall()]);
        desk.values.phone.set({ ...quietPhone, calls: [phoneCall()] });
      },
      (desk) =>
        html`<cw-desk .desk=${desk} phone=${phone}><cw-incoming-call placement="inline"></cw-incoming-call></cw-desk>`,
    ),
};

export const InAnotherLanguage: Story = {
  render: ({ phone }) =>
    onDesk(
      (desk) => desk.values.ringing.set([ringingCall()]),
      (desk) =>
        html`<cw-desk .desk=${desk} phone=${phone} locale="cs"><cw-incoming-call placement="inline"></cw-incoming-call></cw-desk>`,
    ),
};
