import '../../define/call-bar.ts';
import type { CallState } from '@callweave/sdk';
import type { Call } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import {
  activePhoneCall,
  answeredCall,
  hamid,
  order,
  quietPhone,
  session,
  wrapUpCall,
} from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwCallBar } from './call-bar.ts';

const meta: Meta<CwCallBar> = {
  title: 'Call bar',
  component: 'cw-call-bar',
  args: { persistent: false, holdAlertSeconds: 60 },
};
export default meta;

type Story = StoryObj<CwCallBar>;

const quality = { r: 90, mos: 4.3, lossIn: 0, lossOut: 0, rttMs: 40, jitterMs: 3, warnings: [] };

const bar = (prepare: (desk: FakeDesk) => void, args: Partial<CwCallBar> = {}): Story => ({
  args,
  render: ({ persistent, holdAlertSeconds }) =>
    onDesk(
      prepare,
      (desk) =>
        html`<cw-call-bar .desk=${desk} ?persistent=${persistent} .holdAlertSeconds=${holdAlertSeconds}></cw-call-bar>`,
    ),
});

const inCall = (
  call: Partial<Call> = {},
  phoneCall: Partial<CallState> = {},
  phone: Partial<typeof quietPhone> = {},
  more: (desk: FakeDesk) => void = () => {},
) =>
  bar((desk) => {
    desk.values.current.set(answeredCall(call));
    desk.values.phone.set({ ...quietPhone, calls: [activePhoneCall({ quality, ...phoneCall })], ...phone });
    more(desk);
  });

export const InCall = inCall();
export const NotVerified = inCall({ verification: { ...answeredCall().verification, state: 'none', expiresAt: null } });
export const Muted = inCall({}, { muted: true });
export const OnHold = inCall({}, { hold: 'local', heldAt: Date.now() - 22_000 });
export const OnHoldTooLong = inCall({}, { hold: 'local', heldAt: Date.now() - 94_000 });
export const NotRecorded = inCall({ recording: { id: null, state: 'failed', startedAt: null, pauseReason: null } });
export const WeakSound = inCall({}, { quality: { ...quality, mos: 2.6, r: 50 } });
export const LateSound = inCall({}, { quality: { ...quality, rttMs: 620, warnings: ['high-delay'] } });
export const SilentMicrophone = inCall({}, { quality: { ...quality, warnings: ['silent-microphone'] } });
export const NothingHeard = inCall({}, { quality: { ...quality, warnings: ['no-incoming-audio'] } });
export const MicrophoneFailed: Story = {
  ...inCall({}, {}, {}, (desk) => {
    // The bar listens once it is drawn.
    setTimeout(() =>
      desk.emitPhone({
        type: 'microphone-failed',
        error: { code: 'microphone-missing', category: 'media', message: '', retryable: false, fatal: false },
      }),
    );
  }),
};
export const MicrophoneUnplugged: Story = {
  ...inCall({}, {}, {}, (desk) => {
    setTimeout(() =>
      desk.emitPhone({
        type: 'device-lost',
        kind: 'microphone',
        replacement: { id: '', label: 'Built-in microphone' },
      }),
    );
  }),
};
export const NoMicrophoneLeft = inCall(
  {},
  {},
  {
    devices: {
      ...quietPhone.devices,
      microphoneProblem: { code: 'microphone-missing', category: 'media', message: '', retryable: false, fatal: false },
    },
  },
);
export const SoundRecovering = inCall({}, { media: 'recovering' });
export const Offline = inCall({}, {}, { transport: 'backoff' }, (desk) => desk.values.connection.set('offline'));
export const PlaybackBlocked = inCall({}, {}, { playbackBlocked: true });
export const OtherTab = inCall({}, {}, { role: 'follower' });
export const SoundIsElsewhere = inCall({}, {}, { calls: [] });
export const UnsentRequests = inCall({}, {}, {}, (desk) =>
  desk.values.orders.set({ status: 'ready', value: [order('draft'), order('read-back')] }),
);
export const OwnTelephone = bar((desk) => {
  desk.values.session.set({ status: 'signed-in', session: session(hamid) });
  desk.values.phone.set(undefined);
  desk.values.current.set(answeredCall());
});
export const WrapUp = bar((desk) => desk.values.current.set(wrapUpCall()));
export const Ready = bar(() => {}, { persistent: true });
export const CannotRingAloud = bar((desk) => desk.values.phone.set({ ...quietPhone, needsActivation: true }));
export const RegistrationFailed = bar((desk) =>
  desk.values.phone.set({
    ...quietPhone,
    registration: 'failed',
    error: { code: 'registration-rejected', category: 'signalling', message: '403', retryable: false, fatal: true },
  }),
);
export const NoCall = bar(() => {});
