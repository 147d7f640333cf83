import '../../define/customer-security.ts';
import type { Customer } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { customer, manager, session } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwCustomerSecurity } from './customer-security.ts';

const meta: Meta<CwCustomerSecurity> = {
  title: 'Customer security',
  component: 'cw-customer-security',
};
export default meta;

type Story = StoryObj<CwCustomerSecurity>;

const panel = (changes: Partial<Customer> = {}, prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.session.set({ status: 'signed-in', session: session(manager) });
        desk.answer('customers.unlock', () => ({ ...customer, locked: false }));
        desk.answer('customers.resetPin', () => ({ ...customer, pin: 'initial' }));
        desk.answer('customers.setQuestions', () => customer);
        prepare(desk);
      },
      (desk) =>
        html`<cw-customer-security .desk=${desk} .customer=${{ ...customer, ...changes }}></cw-customer-security>`,
    ),
});
const pressed =
  (selector: string): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-customer-security')!;
    await settled(element);
    inside(element, selector).click();
    await settled(element);
  };

export const NotLocked = panel({ pin: 'set' });
export const Locked = panel({ locked: true, pin: 'set' });
export const WithoutQuestions = panel({ questions: [], pin: 'none' });
export const ReasonMissing: Story = { ...panel({ locked: true }), play: pressed('[part~="unlock"]') };
export const AsksBeforeReset: Story = { ...panel({ pin: 'set' }), play: pressed('[part~="reset-pin"]') };
export const ReplacingQuestions: Story = { ...panel(), play: pressed('[data-action="replace-questions"]') };
