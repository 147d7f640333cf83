import type { MessageChannel } from '@callweave/sdk/protocol';
import type { SmsDriver } from '../connectors/sms/sms-driver.ts';
import type { MessageRow } from './message-rows.ts';
import type { Polling } from './progress.ts';

/** One way by which messages go out. */
export interface Channel {
  readonly driver: SmsDriver;
  readonly polling: Polling;
  readonly from: string | undefined;
  /** Where the service may tell what became of a message. */
  readonly reportUrl: (messageId: string) => string | undefined;
}

/** Those for which there is a service. */
export type Channels = Readonly<Partial<Record<MessageChannel, Channel>>>;

const NOBODY_TO_ASK: Polling = { possible: false, reportsCome: false };

export const pollingOf = (channels: Channels, { channel }: Pick<MessageRow, 'channel'>): Polling =>
  channels[channel]?.polling ?? NOBODY_TO_ASK;
