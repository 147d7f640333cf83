import { type Clock, systemClock } from '../clock.ts';
import { createOutboxWorker, type OutboxWorker } from '../connectors/outbox-worker.ts';
import type { SmsDriver } from '../connectors/sms/sms-driver.ts';
import type { WhatsAppDriver } from '../connectors/whatsapp/whatsapp-driver.ts';
import type { Domain } from '../domain.ts';
import type { Store } from '../store/store.ts';
import type { Channels } from './channels.ts';
import { createFollowUp } from './follow-up.ts';
import { handOverMessages } from './hand-over.ts';
import { MESSAGES_OUTBOX } from './message-rows.ts';
import { createMessageOperations } from './operations.ts';
import { createMessageSender, type MessageSender } from './send.ts';
import { type MessageTemplates, withDefaults } from './templates.ts';

/** How text messages go out. */
export interface SmsOptions {
  /** `kavenegarSms`, `twilioSms`, `logSms` for development, or a driver of your own. */
  readonly driver: SmsDriver;
  /** The sender that receivers see. @default the service's own */
  readonly from?: string;
  /**
   * Where the service reaches the adapter, base path included: `https://desk.example/callweave`. Then it tells by itself
   * what became of messages. @default we ask
   */
  readonly publicUrl?: string;
  /** Texts in the place of ours, and further ones, by template and language. */
  readonly templates?: MessageTemplates;
  /** What could not be sent by then expires. @default 24 */
  readonly sendWithinHours?: number;
  /** How long it is kept whom a message went to. @default 30 */
  readonly keepDays?: number;
}

/** How messages go out by WhatsApp. Texts, times and what is kept are those of `sms`. */
export interface WhatsAppOptions {
  /** `whatsAppCloud`, or a driver of your own. */
  readonly driver: WhatsAppDriver;
}

export interface CreateMessagesOptions {
  readonly store: Store;
  readonly sms: SmsOptions | undefined;
  readonly whatsapp?: WhatsAppOptions | undefined;
  readonly clock?: Clock;
  readonly onError?: (error: unknown) => void;
  /** For tests: the pauses after failures. */
  readonly backoffMs?: readonly number[];
}

export interface Messages extends Domain, MessageSender {
  /** Sends all that is due; for tests and for a clean shut-down. */
  drain(): Promise<void>;
  /** Asks the service about all that is due to be asked; for tests. */
  followUp(): Promise<void>;
}

const HOUR = 3_600_000;
/** A text is not worth a hurry, and a service that has just failed may still be about to take the first attempt. */
const BACKOFF_MS = [15_000, 60_000, 300_000, 900_000];

/** Text messages: queued in the write of whoever sends them, handed over once, followed until they have arrived. */
export function createMessages(options: CreateMessagesOptions): Messages {
  const { store, sms, whatsapp, clock = systemClock, onError = () => {}, backoffMs = BACKOFF_MS } = options;
  const driver = sms?.driver;
  const templates = withDefaults(sms?.templates);
  const publicUrl = sms?.publicUrl === undefined ? undefined : checkedUrl(sms.publicUrl);
  const reportUrl = (key: string) =>
    publicUrl === undefined || driver?.readReport === undefined ? undefined : `${publicUrl}/messages/reports/${key}`;
  const channels: Channels = {
    ...(driver && {
      sms: {
        driver,
        from: sms?.from,
        reportUrl: (messageId) => reportUrl(driver.reportKey ?? messageId),
        polling: {
          possible: driver.status !== undefined,
          reportsCome: publicUrl !== undefined && driver.readReport !== undefined,
        },
      },
    }),
    ...(whatsapp && {
      whatsapp: {
        driver: whatsapp.driver,
        from: undefined,
        reportUrl: () => undefined,
        polling: { possible: whatsapp.driver.status !== undefined, reportsCome: true },
      },
    }),
  };
  const outbox: OutboxWorker | undefined =
    Object.keys(channels).length === 0
      ? undefined
      : createOutboxWorker({
          store,
          clock,
          backoffMs,
          onError,
          handlers: { [MESSAGES_OUTBOX]: handOverMessages({ store, clock, channels, templates }) },
        });
  const followUp = createFollowUp({
    store,
    clock,
    channels,
    keepMs: (sms?.keepDays ?? 30) * 24 * HOUR,
    onError,
  });

  return {
    ...createMessageSender({
      templates,
      sendWithinMs: (sms?.sendWithinHours ?? 24) * HOUR,
      canSend: (channel) => channels[channel] !== undefined,
      wake: () => outbox?.wake(),
    }),
    operations: { messages: createMessageOperations({ store, channels, whatsapp: whatsapp?.driver, reportUrl }) },
    start() {
      outbox?.start();
      followUp.start();
    },
    async stop() {
      await outbox?.stop();
      await followUp.stop();
    },
    drain: async () => outbox?.drain(),
    followUp: () => followUp.run(),
  };
}

function checkedUrl(text: string): string {
  const url = new URL(text);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    throw new Error('sms.publicUrl is where a service reports to: give an https address.');
  return url.href.replace(/\/+$/, '');
}
