import type { SmsDriver, SmsReport } from '../sms/sms-driver.ts';

/** What the service tells of its own accord. */
export interface WhatsAppNews {
  /** Of our messages; `id` is ours, which the service echoes. */
  readonly reports: readonly (SmsReport & { readonly id?: string })[];
  /** Who has written to us, and when (E.164): for 24 hours they may be answered in free words. */
  readonly heard: readonly { readonly from: string; readonly at: Date }[];
}

/** Towards the service that carries WhatsApp messages: as one that sends text messages, with a signed webhook. */
export interface WhatsAppDriver extends SmsDriver {
  /** Answers the question by which the service makes sure that the address is ours; undefined when it is not its own. */
  challenge(query: Readonly<Record<string, string>>): string | undefined;
  /** Reads a notice; undefined when it is not the service's own. The signature is over the body as it came, byte for byte. */
  readNews(body: Uint8Array, signature: string | null): WhatsAppNews | undefined;
}
