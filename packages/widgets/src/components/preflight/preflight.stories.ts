import '../../define/preflight.ts';
import type { PreflightReason, PreflightState } from '@callweave/sdk/phone';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { createFakePreflight, preflightState } from '../../testing/fake-preflight.ts';
import { button, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwPreflight } from './preflight.ts';

const meta: Meta<CwPreflight> = { title: 'Preflight test', component: 'cw-preflight' };
export default meta;

type Story = StoryObj<CwPreflight>;

const begun: NonNullable<Story['play']> = async ({ canvasElement }) => {
  const element = canvasElement.querySelector('cw-preflight')!;
  await settled(element);
  button(element, /./).click();
  await settled(element);
};

const test = (state: PreflightState): Story => ({
  render: () =>
    onDesk(
      (desk) => desk.answer('phone.preflight', () => createFakePreflight(state)),
      (desk) => html`<cw-preflight .desk=${desk}></cw-preflight>`,
    ),
  play: begun,
});

const passed = { status: 'passed' } as const;
const failed = (reason: PreflightReason) => ({ status: 'failed', reason }) as const;
const figures = { lossIn: 0, lossOut: 0, rttMs: 38, jitterMs: 3.2, mos: 4.36 };
const all = { microphone: passed, speaker: passed, connection: passed, registration: passed, network: passed };

export const BeforeTheTest: Story = {
  render: () =>
    onDesk(
      () => {},
      (desk) => html`<cw-preflight .desk=${desk}></cw-preflight>`,
    ),
};
export const Microphone = test(preflightState({ microphone: { status: 'running' } }, { level: 0.3 }));
export const Speaker = test(preflightState({ microphone: passed, speaker: { status: 'running' } }));
export const HeardOrNot = test(preflightState({ microphone: passed, speaker: { status: 'running' } }, { asks: true }));
export const Connecting = test(
  preflightState({ microphone: passed, speaker: passed, connection: { status: 'running' } }),
);
export const InTheCall = test(preflightState({ ...all, call: { status: 'running' } }));
export const Good = test(preflightState({ ...all, call: { ...passed, figures } }, { status: 'done', verdict: 'good' }));
export const Lossy = test(
  preflightState(
    { ...all, call: { status: 'warning', reason: 'high-loss', figures: { ...figures, lossIn: 0.083, mos: 2.9 } } },
    { status: 'done', verdict: 'usable' },
  ),
);
export const MicrophoneDenied = test(
  preflightState(
    { ...all, microphone: failed('microphone-denied'), call: { status: 'skipped', reason: 'needs-earlier' } },
    { status: 'done', verdict: 'unusable' },
  ),
);
export const ExchangeOutOfReach = test(
  preflightState(
    {
      ...all,
      connection: failed('connection-blocked'),
      registration: { status: 'skipped', reason: 'needs-earlier' },
      call: { status: 'skipped', reason: 'needs-earlier' },
    },
    { status: 'done', verdict: 'unusable' },
  ),
);
export const NoSoundComesBack = test(
  preflightState({ ...all, call: failed('no-echo') }, { status: 'done', verdict: 'unusable' }),
);
export const Stopped = test(preflightState({ microphone: passed }, { status: 'stopped' }));
export const InACall: Story = {
  render: () =>
    onDesk(
      (desk) =>
        desk.answer('phone.preflight', () => ({
          ...createFakePreflight(preflightState({}, { status: 'idle' })),
          run: () => Promise.reject(Object.assign(new Error('busy'), { code: 'busy' })),
        })),
      (desk) => html`<cw-preflight .desk=${desk}></cw-preflight>`,
    ),
  play: begun,
};
