import '../../define/transfer-panel.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { answeredCall } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import { callTargets, third } from '../../testing/transfer-fixtures.ts';
import type { CwTransferPanel } from './transfer-panel.ts';

const meta: Meta<CwTransferPanel> = { title: 'Transfer panel', component: 'cw-transfer-panel' };
export default meta;

const inCall = (changes: Parameters<typeof answeredCall>[0] = {}): StoryObj<CwTransferPanel> => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.answer('calls.targets', async () => callTargets());
        desk.values.current.set(answeredCall(changes));
      },
      (desk) => html`<cw-transfer-panel .desk=${desk}></cw-transfer-panel>`,
    ),
});

export const Choosing = inCall();
export const Ringing = inCall({ parties: [third('ringing')] });
export const Consulting = inCall({ parties: [third('consulting')] });
export const TalkingWithThree = inCall({
  parties: [third('talking', { accountId: null, name: '', number: '+982166778899' })],
});
export const NotReached = inCall({ parties: [third('failed', { reason: 'busy' })] });
export const RecordingPaused = inCall({
  recording: { id: 'rec_1', state: 'paused', startedAt: new Date().toISOString(), pauseReason: 'payment-card' },
});
