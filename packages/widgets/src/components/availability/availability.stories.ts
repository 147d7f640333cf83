import '../../define/availability.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { hamid, mina, ownPresence, session } from '../../testing/fixtures.ts';
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

const shownAs = (changes: Parameters<typeof ownPresence>[0]) =>
  availability((desk) => desk.values.presence.set({ status: 'ready', value: ownPresence(changes) }));

export const Ready = shownAs({});
export const AtLunch = shownAs({ state: 'not-ready', ready: false, reason: 'lunch' });
export const DoNotDisturb = shownAs({ state: 'do-not-disturb', doNotDisturb: true });
export const InCall = shownAs({ state: 'busy', callId: 'call_1' });
export const WritingDown = shownAs({
  state: 'wrap-up',
  callId: 'call_1',
  wrapUp: { until: new Date(Date.now() + 42_000).toISOString(), extendable: true },
});
export const PhoneGone = shownAs({ state: 'offline', phone: 'unregistered' });
