import '../../define/availability.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { hamid, mina, session } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwAvailability } from './availability.ts';

const meta: Meta<CwAvailability> = { title: 'Availability', component: 'cw-availability' };
export default meta;

const availability = (prepare: (desk: FakeDesk) => void): StoryObj<CwAvailability> => ({
  render: () => onDesk(prepare, (desk) => html`<cw-availability .desk=${desk}></cw-availability>`),
});

export const InBrowser = availability(() => {});
export const AtTelephone = availability((desk) =>
  desk.values.session.set({ status: 'signed-in', session: session(hamid) }),
);
export const OnLeave = availability((desk) =>
  desk.values.session.set({ status: 'signed-in', session: session({ ...mina, onLeave: true }) }),
);
export const SignedOut = availability((desk) => desk.values.session.set({ status: 'signed-out' }));
