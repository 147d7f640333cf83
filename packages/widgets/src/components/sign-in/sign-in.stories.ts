import '../../define/sign-in.ts';
import { CallweaveError } from '@callweave/sdk';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { mina, session } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwSignIn } from './sign-in.ts';

const meta: Meta<CwSignIn> = { title: 'Sign-in', component: 'cw-sign-in' };
export default meta;

type Story = StoryObj<CwSignIn>;

const signIn = (prepare: (desk: FakeDesk) => void): Story => ({
  render: () => onDesk(prepare, (desk) => html`<cw-sign-in .desk=${desk}></cw-sign-in>`),
});
const tried: NonNullable<Story['play']> = async ({ canvasElement }) => {
  const element = canvasElement.querySelector('cw-sign-in')!;
  await settled(element);
  inside<HTMLInputElement>(element, '#username').value = 'mina';
  inside<HTMLInputElement>(element, '#password').value = 'not the password';
  inside<HTMLFormElement>(element, 'form').requestSubmit();
  await settled(element);
};
const signedOut = (desk: FakeDesk) => desk.values.session.set({ status: 'signed-out' });

export const SignedOut = signIn(signedOut);
export const Unknown = signIn((desk) => desk.values.session.set({ status: 'unknown' }));
export const SignedIn = signIn(() => {});
export const HostSignsIn = signIn((desk) =>
  desk.values.session.set({ status: 'signed-in', session: session(mina, false) }),
);
export const ServerNotReached = signIn((desk) =>
  desk.values.session.set({ status: 'failed', error: new CallweaveError('network', 'no answer') }),
);
export const WrongPassword: Story = {
  ...signIn((desk) => {
    signedOut(desk);
    desk.fail('session.signIn', 'wrong-credentials', { status: 401 });
  }),
  play: tried,
};
export const Locked: Story = {
  ...signIn((desk) => {
    signedOut(desk);
    desk.fail('session.signIn', 'account-locked', { status: 423, retryAfterSeconds: 900 });
  }),
  play: tried,
};
const first = signIn((desk) =>
  desk.values.session.set({ status: 'signed-in', session: { ...session(mina), mustSetPassword: true } }),
);
export const FirstSignIn: Story = first;
export const FirstPasswordTooShort: Story = {
  ...first,
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-sign-in')!;
    await settled(element);
    inside<HTMLInputElement>(element, '#new-password').value = 'short';
    inside<HTMLFormElement>(element, 'form').requestSubmit();
    await settled(element);
  },
};
