import type { MessageChannel } from '@callweave/sdk/protocol';
import { NOT_REACHABLE, OUTSIDE_WINDOW } from '../connectors/whatsapp/whatsapp-codes.ts';
import type { Tx } from '../store/store.ts';
import { type Channels, pollingOf } from './channels.ts';
import { MESSAGE_WATCHERS, type MessageRow, toMessage } from './message-rows.ts';
import { enqueue } from './outbox-entry.ts';
import { isOver, moveMessage, type Progress } from './progress.ts';

/** It certainly did not arrive, and the reason is the channel's alone. */
const OF_THE_CHANNEL = new Set([NOT_REACHABLE, OUTSIDE_WINDOW, 'unknown-template']);

/**
 * Moves a message on; what one channel could not bring goes to the next that was allowed. What the first one still
 * reports then finds no message: its id there is forgotten.
 */
export async function settleMessage(tx: Tx, row: MessageRow, progress: Progress, channels: Channels): Promise<void> {
  const [next, ...rest] = JSON.parse(row.other_channels) as MessageChannel[];
  const inVain = progress.state === 'failed' && OF_THE_CHANNEL.has(progress.reason ?? '');
  if (!inVain || next === undefined || isOver(row.state as Progress['state'])) {
    await moveMessage(tx, row, progress, pollingOf(channels, row));
    return;
  }
  const changed: MessageRow = {
    ...row,
    channel: next,
    other_channels: JSON.stringify(rest),
    state: 'queued',
    reason: null,
    driver: null,
    provider_id: null,
    in_doubt: 0,
    attempted_at: null,
    poll_at: null,
    polls: 0,
    sent_at: null,
  };
  await tx.db.updateTable('messages').set(changed).where('id', '=', row.id).execute();
  await tx.record({
    actor: 'system',
    action: 'message.channel-changed',
    subject: `message:${row.id}`,
    data: { from: row.channel, to: next, reason: progress.reason ?? null },
  });
  await enqueue(tx, row.id);
  await tx.publish({ type: 'message', data: toMessage(changed) }, MESSAGE_WATCHERS);
}
