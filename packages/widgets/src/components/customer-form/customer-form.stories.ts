import '../../define/customer-form.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { customer } from '../../testing/fixtures.ts';
import { button, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwCustomerForm } from './customer-form.ts';

const meta: Meta<CwCustomerForm> = {
  title: 'Customer form',
  component: 'cw-customer-form',
  args: { customerId: '', number: '' },
};
export default meta;

type Story = StoryObj<CwCustomerForm>;

const form = (args: Partial<CwCustomerForm> = {}, prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  args,
  render: ({ customerId, number }) =>
    onDesk(
      (desk) => {
        desk.answer('customers.get', () => customer);
        desk.answer('customers.create', () => customer);
        desk.answer('customers.update', () => customer);
        prepare(desk);
      },
      (desk) => html`<cw-customer-form .desk=${desk} customer-id=${customerId} .number=${number}></cw-customer-form>`,
    ),
});
const submitted: NonNullable<Story['play']> = async ({ canvasElement }) => {
  const element = canvasElement.querySelector('cw-customer-form')!;
  await settled(element);
  element.shadowRoot!.querySelector('form')!.requestSubmit();
  await settled(element);
};

export const Create = form();
export const CreateFromUnknownCaller = form({ number: '+989357654321' });
export const Edit = form({ customerId: 'cus_sara' });
export const Loading = form({ customerId: 'cus_sara' }, (desk) =>
  desk.answer('customers.get', () => new Promise(() => {})),
);
export const NotFound = form({ customerId: 'cus_nobody' }, (desk) => desk.fail('customers.get', 'not-found'));
export const FieldsMissing: Story = { ...form(), play: submitted };
export const RefusedByServer: Story = {
  ...form({ customerId: 'cus_sara' }, (desk) => desk.fail('customers.update', 'national-code-taken', { status: 409 })),
  play: submitted,
};
export const Saved: Story = { ...form({ customerId: 'cus_sara' }), play: submitted };
export const WithQuestions: Story = {
  ...form(),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-customer-form')!;
    await settled(element);
    for (let count = 0; count < 2; count++) {
      button(element, /Add a question|افزودن سوال|Přidat otázku/).click();
      await settled(element);
    }
  },
};
