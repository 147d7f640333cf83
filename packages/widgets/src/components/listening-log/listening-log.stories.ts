import '../../define/listening-log.ts';
import type { ListeningEntry } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { hamid, manager, mina, session } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import { boss, listening } from '../../testing/supervision-fixtures.ts';
import type { CwListeningLog } from './listening-log.ts';

const meta: Meta<CwListeningLog> = { title: 'Listening log', component: 'cw-listening-log' };
export default meta;

const log = (prepare: (desk: FakeDesk) => void): StoryObj<CwListeningLog> => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.session.set({ status: 'signed-in', session: session(manager) });
        desk.answer('accounts.list', () => [mina, hamid, boss]);
        prepare(desk);
      },
      (desk) => html`<cw-listening-log .desk=${desk}></cw-listening-log>`,
    ),
});
const entries = (list: readonly ListeningEntry[], next: string | null = null): StoryObj<CwListeningLog> =>
  log((desk) => desk.answer('supervision.listeningLog', () => ({ entries: list, next })));

export const Entries = entries(
  [
    listening({ id: 'lis_6', endedAt: null }),
    listening({ id: 'lis_5', kind: 'take-over' }),
    listening({ id: 'lis_4', kind: 'barge', reason: 'مشتری می‌خواهد شکایت کند' }),
    listening({ id: 'lis_3', kind: 'whisper' }),
    listening({ id: 'lis_2', kind: 'download', recordingId: 'rec_1', endedAt: null }),
    listening({ id: 'lis_1', kind: 'recording', recordingId: 'rec_1', endedAt: null, reason: '' }),
  ],
  'lis_1',
);
export const Empty = entries([]);
export const Loading = log((desk) => desk.answer('supervision.listeningLog', () => new Promise(() => {})));
export const Failed = log((desk) => desk.fail('supervision.listeningLog', 'unavailable'));
