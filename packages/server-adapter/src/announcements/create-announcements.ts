import type { Domain } from '../domain.ts';
import type { MessageSender } from '../messages/index.ts';
import type { Store } from '../store/store.ts';
import type { AnnouncementsOptions } from './announcement-options.ts';
import type { BuyersAndDevices } from './audience.ts';
import { createBuyerOperations } from './buyer-operations.ts';
import { createHandingOut } from './handing-out.ts';
import { createManagerOperations } from './manager-operations.ts';
import { afterQuietHours, checkQuietHours, DEFAULT_QUIET_HOURS } from './quiet-hours.ts';

export interface CreateAnnouncementsOptions {
  readonly store: Store;
  readonly source: BuyersAndDevices;
  readonly messages: MessageSender;
  readonly timeZone: string;
  readonly options?: AnnouncementsOptions | undefined;
  readonly onError: (error: unknown) => void;
  /** For tests: how many buyers are looked at in one write. */
  readonly portion?: number;
}

export interface Announcements extends Domain {
  /** Hands out all that is due; for tests. */
  run(): Promise<void>;
}

const LOOK_MS = 15_000;
const PORTION = 200;

/** Announcements to buyers (D10): written by managers, handed out in portions, with a message by consent. */
export function createAnnouncements(given: CreateAnnouncementsOptions): Announcements {
  const { store, source, messages, timeZone, options = {}, onError, portion = PORTION } = given;
  const { quietHours = DEFAULT_QUIET_HOURS, legalSms = 'always' } = options;
  if (quietHours !== 'none') checkQuietHours(quietHours);
  const work = createHandingOut({
    store,
    source,
    messages,
    legalSms,
    messageTime: (now) => (quietHours === 'none' ? now : afterQuietHours(now, quietHours, timeZone)),
    portion,
  });
  let abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  function run(): Promise<void> {
    if (running !== undefined) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await work.run(abort.signal);
      } while (again && !abort.signal.aborted);
    })().finally(() => {
      running = undefined;
    });
    return running;
  }
  const look = () => void run().catch(onError);

  return {
    operations: {
      announcements: createManagerOperations({
        store,
        source,
        legalSms,
        wake: () => {
          if (timer !== undefined) look();
        },
      }),
      notifications: createBuyerOperations(store, legalSms),
    },
    start() {
      abort = new AbortController();
      timer ??= setInterval(look, LOOK_MS);
      timer.unref();
      look();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      abort.abort();
      await running?.catch(() => undefined);
    },
    run,
  };
}
