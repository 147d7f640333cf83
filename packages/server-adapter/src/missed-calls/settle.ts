import type { Locale } from '@callweave/sdk/protocol';
import type { Directory, DirectoryCustomer } from '../customers/index.ts';
import type { MessageSender } from '../messages/index.ts';
import type { Store } from '../store/store.ts';
import type { MissedCallPolicy } from './policy.ts';
import { findMissedCall, type MissedCallRow, updateMissedCall } from './rows.ts';
import { addViewers } from './visibility.ts';

export interface SettleParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly messages: MessageSender;
  readonly policy: MissedCallPolicy;
  /** Language of those whom nobody knows. */
  readonly locale: Locale;
  readonly onError: (error: unknown) => void;
}

const LOOK_MS = 15_000;
const AT_ONCE = 100;

/**
 * Ends what opening a case could not do inside its write: asks the customer base, which may be the host's, who the
 * responders are and which language the customer speaks, and then queues the text message. After a crash it goes on.
 */
export function createSettler({ store, directory, messages, policy, locale, onError }: SettleParts) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;

  async function settle(row: MissedCallRow): Promise<void> {
    const ids = JSON.parse(row.customer_ids) as string[];
    const found = await Promise.all(ids.map((id) => directory.findById(id)));
    const customers = found.filter((one): one is DirectoryCustomer => one !== undefined);
    await store.write(async (tx) => {
      const now = await findMissedCall(tx.db, row.id);
      if (now === undefined || now.settled === 1) return;
      await addViewers(
        tx,
        row.id,
        customers.flatMap(({ responders }) => responders),
      );
      // Whoever was reached meanwhile needs no text.
      const text = policy.sms && now.state === 'open' && policy.smsTo(now.number);
      const message = text
        ? await messages.send(tx, {
            to: now.number,
            template: 'missed-call',
            values: { called: now.called_number },
            locale: customers[0]?.locale ?? locale,
            purpose: 'missed-call',
            dedupeKey: `missed-call:${row.id}`,
          })
        : undefined;
      await updateMissedCall(tx, now, { settled: 1, message_id: message?.id ?? null });
    });
  }

  async function turn(): Promise<void> {
    do {
      again = false;
      const rows = await store.db
        .selectFrom('missed_calls')
        .selectAll()
        .where('settled', '=', 0)
        .orderBy('id')
        .limit(AT_ONCE)
        .execute();
      for (const row of rows) {
        if (stopped) return;
        await settle(row);
      }
    } while (again && !stopped);
  }

  function run(): Promise<void> {
    again = true;
    if (stopped) return Promise.resolve();
    running ??= turn()
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return {
    start() {
      stopped = false;
      timer ??= setInterval(() => void run(), LOOK_MS);
      timer.unref();
      void run();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      timer = undefined;
      await running;
    },
    wake: () => void run(),
    run,
  };
}
