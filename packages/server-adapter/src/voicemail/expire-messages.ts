import { expireKeptFiles, type Retention } from '../recordings/index.ts';
import { publishMessage } from './message-rows.ts';
import type { VoicemailShelf } from './shelf.ts';

/** Ends messages whose time is over. @returns how many */
export function expireMessages(shelf: VoicemailShelf, retention: Retention): Promise<number> {
  const { store, files, onError } = shelf;
  return expireKeptFiles(
    {
      store,
      files,
      table: 'voicemail_messages',
      kind: 'voicemail',
      states: ['stored', 'failed'],
      endedAt: (row) => new Date(Date.parse(row.started_at) + row.duration_ms),
      publish: (tx, id) => publishMessage(shelf, tx, id),
      onError,
    },
    retention,
  );
}
