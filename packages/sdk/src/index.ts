export { type Accounts, accounts } from './accounts/accounts.ts';
export { type ArticleDrafts, articleDrafts } from './articles/article-drafts.ts';
export { type ArticleFilter, type Articles, articles, type FoundArticles } from './articles/articles.ts';
export { type Audit, audit } from './audit/audit.ts';
export {
  type Billing,
  type BillingView,
  billing,
  type FollowedBilling,
  type FollowedOverrides,
} from './billing/billing.ts';
export { type PriceLists, type PriceListsView, priceLists } from './billing/price-lists.ts';
export { type Buyers, buyers } from './buyers/buyers.ts';
export { type CallHistory, type CallPage, callHistory } from './call-history/call-history.ts';
export type { Calls, DialInput } from './calls/calls.ts';
export { type CourseAdmin, type CourseAdminView, type CourseDraft, courseAdmin } from './courses/course-admin.ts';
export { type CourseShop, type Courses, courses } from './courses/courses.ts';
export { type Customers, customers } from './customers/customers.ts';
export { type Dealing, dealing } from './dealing/dealing.ts';
export { createDesk, type Desk, type DeskOptions } from './desk.ts';
export type { DeskPhone } from './desk-phone/desk-phone.ts';
export { type DeviceFilter, type DevicePage, type Devices, devices, type FollowedDevices } from './devices/devices.ts';
export { CallweaveError, type CallweaveErrorCode, isCallweaveError } from './errors/callweave-error.ts';
export type { PhoneErrorCode } from './errors/phone-error.ts';
export type { Events } from './events/events.ts';
export { type Evidences, evidence } from './evidence/evidence.ts';
export { type Faxes, type FaxFilter, type FollowedFaxes, faxes } from './faxes/faxes.ts';
export type { Feature, FeatureContext, Kept } from './feature.ts';
export { type FieldCalls, fieldCalls, type OwnNumbers, type Via } from './field-calls/field-calls.ts';
export type { CallOptions, Client, ClientFor, ClientOptions } from './http/client.ts';
export type { ConnectionState } from './http/event-stream.ts';
export { client, createClient } from './http/whole-client.ts';
export { type FollowedImport, type Imports, imports } from './imports/imports.ts';
export {
  type Confirmation,
  type FollowedInstallations,
  type InstallationFilter,
  type Installations,
  installations,
} from './installations/installations.ts';
export { type Instruments, instruments } from './instruments/instruments.ts';
export { type Messages, messages } from './messages/messages.ts';
export { type MissedCalls, missedCalls } from './missed-calls/missed-calls.ts';
export {
  type AnnouncementDraft,
  type AnnouncementReach,
  type AnnouncementRecipients,
  type Announcements,
  announcements,
} from './notifications/announcements.ts';
export { type Notifications, notifications } from './notifications/notifications.ts';
export { type FollowedOrders, type OrderFilter, type Orders, orders, type ReadBackLine } from './orders/orders.ts';
export type { FollowedPayments, PaymentFilter, PaymentShow } from './payments/payment-list.ts';
export {
  type FollowedPayment,
  type PaymentStart,
  type Payments,
  payments,
  type RefundOrder,
  type StartedPayment,
} from './payments/payments.ts';
export type { CallState, PhoneState } from './phone/state.ts';
export { type OwnPresence, type Presences, presence } from './presence/presence.ts';
export { type RecordingLink, type Recordings, recordings } from './recordings/recordings.ts';
export {
  type CrmView,
  type FollowedCrm,
  type FollowedServicePlans,
  type ServicePlans,
  type ServicePlansView,
  servicePlans,
} from './service-plans/service-plans.ts';
export type { Session, SessionState } from './session/session.ts';
export { LOADING, type Loadable, type Readable, Value } from './state/readable.ts';
export { type SupervisionState, type Supervisions, supervision } from './supervision/supervision.ts';
export type { FollowedTicket, TicketView } from './tickets/followed-ticket.ts';
export { type TicketDevices, ticketDevices } from './tickets/ticket-devices.ts';
export { dueOf, type FollowedTickets, type TicketListView } from './tickets/ticket-list.ts';
export {
  type NewTicket,
  type RecordedWork,
  type Technician,
  type TicketRules,
  type Tickets,
  type TicketWriting,
  tickets,
} from './tickets/tickets.ts';
export type { UploadOptions } from './tickets/upload.ts';
export { type TransferConsentInput, type Transfers, transfers } from './transfers/transfers.ts';
export { type Verifications, verification } from './verification/verification.ts';
export { type VirtualNumbers, virtualNumbers } from './virtual-numbers/virtual-numbers.ts';
export { type FollowedMessages, type Voicemail, type VoicemailFilter, voicemail } from './voicemail/voicemail.ts';
export { type WallboardFeature, wallboard } from './wallboard/wallboard.ts';
