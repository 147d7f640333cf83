import type { AnnouncementsOptions } from './announcements/index.ts';
import type { ArticlesOptions } from './articles/index.ts';
import type { BillingOptions } from './billing/index.ts';
import type { CoursesOptions } from './courses/index.ts';
import type { CrmOptions } from './crm/index.ts';
import type { PaymentsOptions } from './payments/index.ts';
import type { TicketsOptions } from './tickets/index.ts';
import type { TransfersOptions } from './transfers/index.ts';

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
  /** Ownership transfers: where the new owner accepts, and what becomes of debts. @default no device changes hands online */
  readonly transfers?: TransfersOptions;

  /**
   * The CRM that is told of every choice of service: renewed, per case, declined. @default none is told
   * @example crm: { connector: didarCrm({ apiKey: process.env.DIDAR_KEY, ownerId, pipelineStageId, referenceField: 'Field_8783_0_1' }) }
   */
  readonly crm?: CrmOptions;

  /**
   * Courses with a licence, paid through `payments`. @default none are sold
   * @example courses: { player: spotPlayer({ apiKey: process.env.SPOTPLAYER_KEY }) }
   */
  readonly courses?: CoursesOptions;
  /** Announcements to buyers: quiet hours, legal notices by SMS. What is left out keeps its default. */
  readonly announcements?: AnnouncementsOptions;

  /** The knowledge base: where videos may be. @default no videos */
  readonly articles?: ArticlesOptions;
}
