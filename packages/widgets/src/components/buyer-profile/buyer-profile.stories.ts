import '../../define/buyer-profile.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { buyerProfile } from '../../testing/buyer-fixtures.ts';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwBuyerProfile } from './buyer-profile.ts';

const meta: Meta<CwBuyerProfile> = { title: 'Buyer profile', component: 'cw-buyer-profile' };
export default meta;

type Story = StoryObj<CwBuyerProfile>;

const profile = (prepare: (desk: FakeDesk) => void): Story => ({
  render: () => onDesk(prepare, (desk) => html`<cw-buyer-profile .desk=${desk}></cw-buyer-profile>`),
});

export const Entered = profile((desk) => desk.answer('buyers.own', () => buyerProfile));
export const Loading = profile((desk) => desk.answer('buyers.own', () => new Promise(() => {})));
export const NotEnteredYet = profile((desk) => desk.fail('buyers.own', 'not-found'));
export const ServerNotReached = profile((desk) => desk.fail('buyers.own', 'network'));
export const WhomToAsk: Story = {
  render: () =>
    onDesk(
      (desk) => desk.answer('buyers.own', () => buyerProfile),
      (desk) =>
        html`<cw-buyer-profile .desk=${desk}><span slot="correction">Call our office: 021 4455 6677.</span></cw-buyer-profile>`,
    ),
};
