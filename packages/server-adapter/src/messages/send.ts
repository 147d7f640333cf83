import { isE164, type Locale, type MessageChannel } from '@callweave/sdk/protocol';
import { newId } from '../id.ts';
import type { Tx } from '../store/store.ts';
import { MESSAGE_WATCHERS, type MessageRow, toMessage } from './message-rows.ts';
import { enqueue } from './outbox-entry.ts';
import { moveMessage } from './progress.ts';
import { type DefaultTemplate, type MessageTemplates, type MessageValues, renderText, valuesIn } from './templates.ts';

/** A text message that a domain wants sent. */
export interface MessageRequest {
  /** E.164. */
  readonly to: string;
  /** One of the house's, or one that the integrator added. */
  readonly template: DefaultTemplate | (string & {});
  /** What its placeholders stand for. Numbers are written in the language of the message. */
  readonly values: MessageValues;
  readonly locale: Locale;
  /** What it is for, as the log of messages shows it: `missed-call`. */
  readonly purpose: string;
  /** Names the reason for this message, for ever: whoever asks again with the same key sends nothing. */
  readonly dedupeKey: string;
  /** Not sent after this. @default the adapter's `sms.sendWithinHours` from now */
  readonly sendBefore?: Date;
  /**
   * By which channels it may go, the preferred one first: the first for which there is a service is taken, and the next
   * when the receiver cannot be reached on it. @default ['sms']
   */
  readonly channels?: readonly MessageChannel[];
}

export interface MessageSender {
  /**
   * Queues a text message in the caller's write: it goes out if that write becomes durable, and once per `dedupeKey`,
   * whatever is retried. Without an `sms` option it is kept as failed, so that it shows that nothing goes out.
   * @returns the message, and whether it is a new one
   */
  send(tx: Tx, request: MessageRequest): Promise<{ readonly id: string; readonly isNew: boolean }>;
}

export interface MessageSenderParts {
  readonly templates: MessageTemplates;
  readonly sendWithinMs: number;
  /** Whether there is a service for it. */
  readonly canSend: (channel: MessageChannel) => boolean;
  readonly wake: () => void;
}

export function createMessageSender({ templates, sendWithinMs, canSend, wake }: MessageSenderParts): MessageSender {
  return {
    async send(tx, { to, template, values, locale, purpose, dedupeKey, sendBefore, channels = ['sms'] }) {
      if (!isE164(to)) throw new Error('A message goes to a number in E.164.');
      const written = valuesIn(locale, values);
      // What cannot be written is refused here, where it was asked for, and not hours later in the outbox.
      renderText(templates, template, locale, written);
      const now = tx.now.toISOString();
      const usable = channels.filter(canSend);
      const row: MessageRow = {
        id: newId('message', tx.now),
        dedupe_key: dedupeKey,
        purpose,
        channel: usable[0] ?? channels[0] ?? 'sms',
        other_channels: JSON.stringify(usable.slice(1)),
        template,
        template_values: JSON.stringify(written),
        locale,
        recipient: to,
        state: 'queued',
        reason: null,
        driver: null,
        provider_id: null,
        in_doubt: 0,
        attempts: 0,
        attempted_at: null,
        send_before: (sendBefore ?? new Date(tx.now.getTime() + sendWithinMs)).toISOString(),
        poll_at: null,
        polls: 0,
        created_at: now,
        sent_at: null,
        finished_at: null,
        known_since: now,
      };
      const { numInsertedOrUpdatedRows } = await tx.db
        .insertInto('messages')
        .values(row)
        .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== 1n) return { id: await existing(tx, dedupeKey), isNew: false };
      await tx.record({
        actor: 'system',
        action: 'message.queued',
        subject: `message:${row.id}`,
        data: { purpose, template, channel: row.channel },
      });
      if (usable.length === 0) {
        await moveMessage(
          tx,
          row,
          { state: 'failed', reason: 'not-configured' },
          { possible: false, reportsCome: false },
        );
        return { id: row.id, isNew: true };
      }
      await enqueue(tx, row.id);
      await tx.publish({ type: 'message', data: toMessage(row) }, MESSAGE_WATCHERS);
      tx.afterCommit(wake);
      return { id: row.id, isNew: true };
    },
  };
}

async function existing(tx: Tx, dedupeKey: string): Promise<string> {
  const { id } = await tx.db
    .selectFrom('messages')
    .select('id')
    .where('dedupe_key', '=', dedupeKey)
    .executeTakeFirstOrThrow();
  return id;
}
