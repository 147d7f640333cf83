import { randomInt } from 'node:crypto';
import type { Locale, SentCode } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import { newId } from '../id.ts';
import { type MessageSender, maskNumber } from '../messages/index.ts';
import { Problem } from '../problem.ts';
import type { Secrets } from '../secrets/hash.ts';
import type { Store, Tx } from '../store/store.ts';

export const CODE_MINUTES = 5;
export const CODE_ATTEMPTS = 5;
const MINUTE_MS = 60_000;
const AGAIN_MS = MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** For one thing to be confirmed, in a day: with five attempts each, guessing right is one in ten thousand. */
const PER_SUBJECT = 10;
/** To one telephone in a day, whatever for: nobody's telephone is flooded with codes through us. */
const PER_RECIPIENT = 20;

export interface OneTimeCodesParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Pick<Secrets, 'fingerprint'>;
  readonly messages: MessageSender;
}

/** What a code confirms; it is good for nothing else. */
export interface CodeSubject {
  /** `transfer:ID` */
  readonly subject: string;
  readonly purpose: string;
}

/** A code that was right; {@link OneTimeCodes.use} makes it worthless in the write that it confirms. */
export interface RedeemedCode {
  readonly id: string;
  readonly sentAt: string;
}

export interface OneTimeCodes {
  /** Makes a code and sends it; a code that was sent before for the same is worthless from now on. */
  send(
    tx: Tx,
    input: CodeSubject & { readonly to: string; readonly locale: Locale; readonly template: string },
  ): Promise<SentCode>;
  /**
   * Holds a code against the one that was sent. Counts the attempt in a write of its own before it looks: what is refused
   * afterwards takes no attempt back, and a thousand guesses at once get five.
   */
  redeem(input: CodeSubject & { readonly code: string }): Promise<RedeemedCode>;
  /** Once: whoever comes second with the same code is refused. */
  use(tx: Tx, redeemed: RedeemedCode): Promise<void>;
  /** Forgets what no limit counts any more. */
  forgetOld(): Promise<void>;
}

/**
 * Codes of six digits by text message. The code stands in the message alone, until that has arrived: here is a keyed hash,
 * and nothing that is answered, published, recorded or logged holds it.
 */
export function createOneTimeCodes({ store, clock, secrets, messages }: OneTimeCodesParts): OneTimeCodes {
  const hashOf = (id: string, { subject, purpose }: CodeSubject, code: string) =>
    secrets.fingerprint(`one-time-code ${id} ${purpose} ${subject} ${code}`);
  const over = () => new Problem('one-time-code-over', 'No code that was sent for this is good any more.');

  /** The codes of the last day that a column says are the same in. */
  async function sentSince(tx: Tx, by: { readonly recipient: string } | CodeSubject): Promise<readonly string[]> {
    let query = tx.db
      .selectFrom('one_time_codes')
      .select('sent_at')
      .where('sent_at', '>', new Date(tx.now.getTime() - DAY_MS).toISOString())
      .orderBy('sent_at');
    query =
      'recipient' in by
        ? query.where('recipient', '=', by.recipient)
        : query.where('subject', '=', by.subject).where('purpose', '=', by.purpose);
    return (await query.execute()).map(({ sent_at }) => sent_at);
  }

  return {
    async send(tx, { subject, purpose, to, locale, template }) {
      const recipient = secrets.fingerprint(`one-time-code-recipient ${to}`);
      const sent = await sentSince(tx, { subject, purpose });
      const waitMs = Date.parse(sent.at(-1) ?? '') + AGAIN_MS - tx.now.getTime();
      if (waitMs > 0)
        throw new Problem('one-time-code-too-soon', 'A code was sent a moment ago.', {
          retryAfterSeconds: Math.ceil(waitMs / 1000),
        });
      const toRecipient = await sentSince(tx, { recipient });
      const first = sent.length >= PER_SUBJECT ? sent[0] : toRecipient.length >= PER_RECIPIENT ? toRecipient[0] : null;
      if (first != null)
        throw new Problem('one-time-code-limit', 'Too many codes were sent within a day.', {
          retryAfterSeconds: Math.ceil((Date.parse(first) + DAY_MS - tx.now.getTime()) / 1000),
        });
      const id = newId('code', tx.now);
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const expiresAt = new Date(tx.now.getTime() + CODE_MINUTES * MINUTE_MS);
      await tx.db
        .insertInto('one_time_codes')
        .values({
          id,
          subject,
          purpose,
          recipient,
          code_hash: hashOf(id, { subject, purpose }, code),
          attempts: 0,
          sent_at: tx.now.toISOString(),
          expires_at: expiresAt.toISOString(),
          used_at: null,
        })
        .execute();
      await messages.send(tx, {
        to,
        template,
        values: { code },
        locale,
        purpose: 'one-time-code',
        dedupeKey: `one-time-code:${id}`,
        sendBefore: expiresAt,
      });
      await tx.record({ actor: 'system', action: 'one-time-code.sent', subject, data: { purpose, codeId: id } });
      return {
        to: maskNumber(to),
        expiresAt: expiresAt.toISOString(),
        againAt: new Date(tx.now.getTime() + AGAIN_MS).toISOString(),
      };
    },

    async redeem({ subject, purpose, code }) {
      const row = await store.write(async (tx) => {
        // The newest one alone: an older code is worthless as soon as another is sent.
        const newest = await tx.db
          .selectFrom('one_time_codes')
          .selectAll()
          .where('subject', '=', subject)
          .where('purpose', '=', purpose)
          .orderBy('sent_at', 'desc')
          .limit(1)
          .executeTakeFirst();
        if (newest === undefined || newest.used_at !== null || newest.expires_at <= tx.now.toISOString()) throw over();
        const { numUpdatedRows } = await tx.db
          .updateTable('one_time_codes')
          .set({ attempts: newest.attempts + 1 })
          .where('id', '=', newest.id)
          // Another process may count at the same moment.
          .where('attempts', '=', newest.attempts)
          .where('attempts', '<', CODE_ATTEMPTS)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) throw over();
        return newest;
      });
      // Both sides are keyed hashes: how long the comparison takes tells nothing about the code.
      if (hashOf(row.id, { subject, purpose }, code) !== row.code_hash) {
        const left = CODE_ATTEMPTS - row.attempts - 1;
        throw new Problem('one-time-code-wrong', `The code is wrong; attempts left: ${left}.`, {
          fields: [{ path: 'code', message: 'is not the code that was sent' }],
        });
      }
      return { id: row.id, sentAt: row.sent_at };
    },

    async use(tx, { id }) {
      const { numUpdatedRows } = await tx.db
        .updateTable('one_time_codes')
        .set({ used_at: tx.now.toISOString() })
        .where('id', '=', id)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw over();
    },

    async forgetOld() {
      const before = new Date(clock.now().getTime() - DAY_MS).toISOString();
      await store.write((tx) => tx.db.deleteFrom('one_time_codes').where('sent_at', '<', before).execute());
    },
  };
}
