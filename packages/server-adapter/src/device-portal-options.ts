import type { AnnouncementsOptions } from './announcements/index.ts';
import type { BillingOptions } from './billing/index.ts';
import type { PaymentsOptions } from './payments/index.ts';
import type { TicketsOptions } from './tickets/index.ts';

/** The buyers' portal: one property for each part that can be set. */
export interface DevicePortalOptions {
  /**
   * Online payments: gateways, and where they lead back to. @default nothing is paid online
   * @example payments: { gateways: [zarinpal({ merchantId: process.env.ZARINPAL_MERCHANT })], publicUrl: 'https://shop.example/callweave' }
   */
  readonly payments?: PaymentsOptions;
  /** Pay-per-case: the ceiling, the warning, when invoices are issued. What is left out keeps its default. */
  readonly billing?: BillingOptions;
  /** Support tickets: working hours, promised times, attachments and their scanner. What is left out keeps its default. */
  readonly tickets?: TicketsOptions;

  /** Announcements to buyers: quiet hours, legal notices by SMS. What is left out keeps its default. */
  readonly announcements?: AnnouncementsOptions;
}
