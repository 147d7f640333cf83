import type { Clock } from '../clock.ts';
import { forgetDelivered } from '../connectors/outbox-worker.ts';
import type { Store } from '../store/store.ts';
import type { Channel, Channels } from './channels.ts';
import { forgetConversations } from './conversations.ts';
import { settleMessage } from './fall-back.ts';
import { maskNumber } from './mask-number.ts';

export interface FollowUpParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly channels: Channels;
  readonly keepMs: number;
  readonly onError: (error: unknown) => void;
}

const LOOK_MS = 15_000;
const POLLED_AT_ONCE = 500;
const FORGOTTEN_AT_ONCE = 1_000;
const MINUTE = 60_000;
/** A service that does not report is asked after half a minute, then these; what is not known after two days stays `sent`. */
const POLL_AGAIN_MS = [2, 10, 60, 360, 1_440, 1_440].map((minutes) => minutes * MINUTE);
const KEEP_OUTBOX_MS = 7 * 86_400_000;

/** Asks the service what became of messages, and forgets whom old ones went to. */
export function createFollowUp({ store, clock, channels, keepMs, onError }: FollowUpParts) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let abort = new AbortController();

  async function poll({ driver }: Channel): Promise<void> {
    if (driver.status === undefined) return;
    const now = clock.now();
    const due = await store.db
      .selectFrom('messages')
      .selectAll()
      .where('poll_at', '<=', now.toISOString())
      .where('driver', '=', driver.name)
      .orderBy('poll_at')
      .limit(POLLED_AT_ONCE)
      .execute();
    const ids = due.flatMap(({ provider_id }) => provider_id ?? []);
    if (ids.length === 0) return;
    const reports = await driver.status(ids, abort.signal);
    await store.write(async (tx) => {
      for (const row of due) {
        const pause = POLL_AGAIN_MS[row.polls];
        const poll_at = pause === undefined ? null : new Date(now.getTime() + pause).toISOString();
        const asked = { polls: row.polls + 1, poll_at };
        await tx.db.updateTable('messages').set(asked).where('id', '=', row.id).where('state', '=', 'sent').execute();
        const report = reports.find(({ providerId }) => providerId === row.provider_id);
        if (report !== undefined) await settleMessage(tx, { ...row, ...asked }, report, channels);
      }
    });
  }

  async function forget(): Promise<void> {
    const before = new Date(clock.now().getTime() - keepMs).toISOString();
    const old = await store.db
      .selectFrom('messages')
      .select(['id', 'recipient'])
      .where('known_since', '<', before)
      .where('state', '!=', 'queued')
      .limit(FORGOTTEN_AT_ONCE)
      .execute();
    if (old.length === 0) return;
    await store.write(async (tx) => {
      for (const { id, recipient } of old)
        await tx.db
          .updateTable('messages')
          .set({
            recipient: maskNumber(recipient),
            template_values: '{}',
            provider_id: null,
            poll_at: null,
            known_since: null,
          })
          .where('id', '=', id)
          .execute();
    });
  }

  async function turn(): Promise<void> {
    for (const channel of Object.values(channels)) await poll(channel);
    await forget();
    await store.write(forgetConversations);
    await forgetDelivered(store, new Date(clock.now().getTime() - KEEP_OUTBOX_MS));
  }

  function run(): Promise<void> {
    running ??= turn()
      .catch((error: unknown) => {
        if (!abort.signal.aborted) onError(error);
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return {
    start() {
      abort = new AbortController();
      timer ??= setInterval(() => void run(), LOOK_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      abort.abort();
      await running;
    },
    /** All that is due now; for tests. */
    run,
  };
}
