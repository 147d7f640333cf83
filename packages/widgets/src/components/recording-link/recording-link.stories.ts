import '../../define/recording-link.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { manager, session } from '../../testing/fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwRecordingLink } from './recording-link.ts';

const meta: Meta<CwRecordingLink> = { title: 'Recording link', component: 'cw-recording-link' };
export default meta;

type Story = StoryObj<CwRecordingLink>;

const story = (clicks: readonly string[] = []): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.session.set({ status: 'signed-in', session: session(manager) });
        desk.answer('recordings.link', () => ({
          url: '/callweave/recordings/rec_1/file?token=account_1.m0k2.0.signature',
          expiresAt: '2026-11-22T11:00:00.000Z',
        }));
      },
      (desk) => html`<cw-recording-link .desk=${desk} recording-id="rec_1"></cw-recording-link>`,
    ),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-recording-link');
    if (!element) return;
    for (const selector of clicks) {
      await settled(element);
      const reason = element.shadowRoot?.querySelector<HTMLInputElement>('#reason');
      if (reason) {
        reason.value = 'Asked for by the court';
        reason.dispatchEvent(new Event('input'));
      }
      inside(element, selector).click();
    }
  },
});

export const Closed: Story = story();
export const Asking: Story = story(['[data-action="open"]']);
export const Made: Story = story(['[data-action="open"]', '[data-action="make"]']);
