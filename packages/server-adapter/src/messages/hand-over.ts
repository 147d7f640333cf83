import type { Locale } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { OutboxHandler } from '../connectors/outbox-worker.ts';
import { SmsError, type SmsMessage, type SmsReport } from '../connectors/sms/sms-driver.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Channel, Channels } from './channels.ts';
import { isConversationOpen } from './conversations.ts';
import { settleMessage } from './fall-back.ts';
import { findMessage, type MessageRow } from './message-rows.ts';
import type { Progress } from './progress.ts';
import { type MessageTemplates, renderText } from './templates.ts';

export interface HandOverParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly channels: Channels;
  readonly templates: MessageTemplates;
}

/**
 * Takes messages from the outbox to the service. The outbox delivers at least once; a telephone shall ring once. So it is
 * written down before each attempt that one begins, and where the end of an attempt is not known, the service is asked
 * before anything is sent again. Where it cannot be asked, the message fails: none is better than two.
 */
export function handOverMessages(parts: HandOverParts): OutboxHandler {
  const { store, clock, channels, templates } = parts;
  /** What came of an attempt, until it is written together with the end of the outbox entry. */
  const ends = new Map<string, Progress>();

  const fromReport = ({ driver }: Channel, { state, reason, providerId }: SmsReport): Progress => ({
    state,
    reason,
    providerId,
    driver: driver.name,
  });

  async function attempt(row: MessageRow, signal: AbortSignal): Promise<Progress> {
    if (row.in_doubt === 0 && Date.parse(row.send_before) <= clock.now().getTime())
      return { state: 'expired', reason: 'too-late' };
    const channel = channels[row.channel];
    // It was configured when the message was queued, and no longer is.
    if (channel === undefined) return { state: 'failed', reason: 'not-configured' };
    const { driver } = channel;
    const open = row.channel === 'whatsapp' && (await isConversationOpen(store.db, row.recipient, clock.now()));
    const message = smsOf(row, templates, channel, open);
    if (row.in_doubt === 1) {
      const found = await driver.find(message, signal);
      if (found === 'cannot-tell') return { state: 'failed', reason: 'uncertain' };
      if (found !== undefined) return fromReport(channel, found);
      if (Date.parse(row.send_before) <= clock.now().getTime()) return { state: 'expired', reason: 'too-late' };
    }
    await store.write((tx) => beginAttempt(tx, row));
    try {
      return fromReport(channel, await driver.send(message, signal));
    } catch (error) {
      if (!(error instanceof SmsError) || error.taken === 'unknown') throw error;
      if (!error.retryable) return { state: 'failed', reason: error.reason };
      await store.write((tx) => notTaken(tx, row, error.reason));
      throw error;
    }
  }

  return {
    async deliver({ id, payload }, signal) {
      const row = await findMessage(store.db, (JSON.parse(payload) as { messageId: string }).messageId);
      // A report may have been quicker than our own writing.
      if (row?.state !== 'queued') return;
      ends.set(id, await attempt(row, signal));
    },
    async delivered(tx, { id, payload }) {
      const end = ends.get(id);
      if (end === undefined) return;
      ends.delete(id);
      const row = await findMessage(tx.db, (JSON.parse(payload) as { messageId: string }).messageId);
      if (row !== undefined) await settleMessage(tx, row, end, channels);
    },
  };
}

function smsOf(
  row: MessageRow,
  templates: MessageTemplates,
  { from, reportUrl }: Channel,
  conversationOpen: boolean,
): SmsMessage {
  const values = JSON.parse(row.template_values) as Record<string, string>;
  return {
    id: row.id,
    to: row.recipient,
    from,
    text: renderText(templates, row.template, row.locale as Locale, values),
    template: row.template,
    values,
    locale: row.locale as Locale,
    conversationOpen,
    attemptedAt: row.attempted_at === null ? undefined : new Date(row.attempted_at),
    reportUrl: reportUrl(row.id),
    createdAt: new Date(row.created_at),
  };
}

async function beginAttempt(tx: Tx, row: MessageRow): Promise<void> {
  await tx.db
    .updateTable('messages')
    .set((eb) => ({ in_doubt: 1 as const, attempted_at: tx.now.toISOString(), attempts: eb('attempts', '+', 1) }))
    .where('id', '=', row.id)
    .where('state', '=', 'queued')
    .execute();
}

/** The service refused it for now: nothing was sent, and the reason shows while it waits. */
async function notTaken(tx: Tx, row: MessageRow, reason: string): Promise<void> {
  await tx.db
    .updateTable('messages')
    .set({ in_doubt: 0, reason })
    .where('id', '=', row.id)
    .where('state', '=', 'queued')
    .execute();
}
