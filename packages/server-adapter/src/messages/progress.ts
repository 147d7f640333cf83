import type { MessageState } from '@callweave/sdk/protocol';
import type { Tx } from '../store/store.ts';
import { MESSAGE_WATCHERS, type MessageRow, toMessage } from './message-rows.ts';

/**
 * Reports come late, twice, and in any order. A message moves to a higher rank only, so that they end in the same state
 * whatever their order: that it arrived is true whatever was said before.
 */
const RANK: Readonly<Record<MessageState, number>> = { queued: 0, sent: 1, expired: 2, failed: 3, delivered: 4 };

const FIRST_POLL_MS = 30_000;
/** Where reports come by themselves, we ask only about those that got lost. */
const FIRST_POLL_WITH_REPORTS_MS = 600_000;

export interface Progress {
  readonly state: Exclude<MessageState, 'queued'>;
  readonly reason?: string | undefined;
  readonly providerId?: string | undefined;
  readonly driver?: string | undefined;
}

export interface Polling {
  /** The service can be asked. */
  readonly possible: boolean;
  readonly reportsCome: boolean;
}

export const isOver = (state: MessageState): boolean => RANK[state] > RANK.sent;

/** Moves a message on, and tells whoever watches. @returns whether it moved */
export async function moveMessage(tx: Tx, row: MessageRow, progress: Progress, polling: Polling): Promise<boolean> {
  if (RANK[progress.state] <= RANK[row.state as MessageState]) return false;
  const now = tx.now.toISOString();
  const over = isOver(progress.state);
  const accepted = progress.state === 'sent' || progress.state === 'delivered';
  const wait = polling.reportsCome ? FIRST_POLL_WITH_REPORTS_MS : FIRST_POLL_MS;
  const changed: MessageRow = {
    ...row,
    state: progress.state,
    reason: progress.state === 'delivered' ? null : (progress.reason ?? row.reason),
    driver: progress.driver ?? row.driver,
    provider_id: progress.providerId ?? row.provider_id,
    in_doubt: 0,
    sent_at: row.sent_at ?? (accepted ? now : null),
    finished_at: over ? now : null,
    poll_at: over || !polling.possible ? null : new Date(tx.now.getTime() + wait).toISOString(),
    // What it said is of no more use.
    template_values: over ? '{}' : row.template_values,
  };
  await tx.db.updateTable('messages').set(changed).where('id', '=', row.id).execute();
  await tx.record({
    actor: 'system',
    action: `message.${progress.state}`,
    subject: `message:${row.id}`,
    data: { ...(changed.reason === null ? {} : { reason: changed.reason }) },
  });
  await tx.publish({ type: 'message', data: toMessage(changed) }, MESSAGE_WATCHERS);
  return true;
}
