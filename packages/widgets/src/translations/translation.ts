import type { ArticleTerms } from './article-terms.ts';
import type { BillingTerms } from './billing-terms.ts';
import type { BuyerTerms } from './buyer-terms.ts';
import type { CallControlTerms } from './call-control-terms.ts';
import type { CallerDevicesTerms } from './caller-devices-terms.ts';
import type { CourseTerms } from './course-terms.ts';
import type { DeskTerms } from './desk-terms.ts';
import type { DeviceTerms } from './device-terms.ts';
import type { DialPadTerms } from './dial-pad-terms.ts';
import type { EssentialTerms } from './essential-terms.ts';
import type { FaxTerms } from './fax-terms.ts';
import type { InstallationTerms } from './installation-terms.ts';
import type { MissedCallTerms } from './missed-call-terms.ts';
import type { NotificationTerms } from './notification-terms.ts';
import type { OrderTerms } from './order-terms.ts';
import type { PaymentTerms } from './payment-terms.ts';
import type { PreflightTerms } from './preflight-terms.ts';
import type { PriceListTerms } from './price-list-terms.ts';
import type { ProblemTerms } from './problem-terms.ts';
import type { ReportTerms } from './report-terms.ts';
import type { ServicePlanTerms } from './service-plan-terms.ts';
import type { SupervisionTerms } from './supervision-terms.ts';
import type { TicketDeskTerms } from './ticket-desk-terms.ts';
import type { TicketTerms } from './ticket-terms.ts';
import type { TransferTerms } from './transfer-terms.ts';
import type { VirtualNumberTerms } from './virtual-number-terms.ts';
import type { VoicemailTerms } from './voicemail-terms.ts';

/**
 * Every string a person sees, in sections: a page that shows the badge alone loads `essential` and nothing else.
 * Functions where a value or a plural stands in the sentence.
 */
export interface Translation {
  readonly essential: EssentialTerms;
  readonly problems: ProblemTerms;
  /** Call bar, verification, customer form, sign-in, availability. */
  readonly desk: DeskTerms;
  /** Request sheet, order form and list, dealing floor, recording player. */
  readonly orders: OrderTerms;
  /** Transfer, conference, pause of the recording. */
  readonly callControl: CallControlTerms;
  /** What a caller has who has bought devices. */
  readonly callerDevices: CallerDevicesTerms;
  /** Devices of customers, and their import. */
  readonly devices: DeviceTerms;
  /** Calling out, by agents and through fictitious numbers. */
  readonly dialPad: DialPadTerms;
  readonly fax: FaxTerms;
  readonly voicemail: VoicemailTerms;
  /** Installation forms and their checklists. */
  readonly installations: InstallationTerms;
  /** Support tickets, of both sides. */
  readonly tickets: TicketTerms;
  /** The technical team's queue. */
  readonly ticketDesk: TicketDeskTerms;
  /** Missed calls and the log of text messages. */
  readonly missedCalls: MissedCallTerms;
  /** The test of the phone before the first call. */
  readonly preflight: PreflightTerms;
  /** Wallboard and call history. */
  readonly reports: ReportTerms;
  /** Live calls, an agent's request for help, the listening log. */
  readonly supervision: SupervisionTerms;
  /** Projects, fictitious numbers, field callers, pairings. */
  readonly virtualNumbers: VirtualNumberTerms;
  /** What is owed for work on cases, and invoices. */
  readonly billing: BillingTerms;
  /** How a payment ended, and all payments. */
  readonly payments: PaymentTerms;
  /** What comes after the paid service of a device. */
  readonly servicePlan: ServicePlanTerms;
  /** Devices that change hands. */
  readonly transfers: TransferTerms;
  /** Versions of the prices. */
  readonly priceLists: PriceListTerms;
  /** Buyers' details, their accounts, and the audit. */
  readonly buyers: BuyerTerms;
  /** What the house tells buyers, and how managers write it. */
  readonly notifications: NotificationTerms;
  /** The knowledge base, as it is read and as it is written. */
  readonly articles: ArticleTerms;
  readonly courses: CourseTerms;
}

export type SectionName = keyof Translation;
