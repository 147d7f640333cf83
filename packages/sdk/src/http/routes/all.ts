// Generated from the contract by scripts/generate-routes.ts: do not edit.
import { accountsRoutes } from './accounts.ts';
import { announcementsRoutes } from './announcements.ts';
import { articlesRoutes } from './articles.ts';
import { auditRoutes } from './audit.ts';
import { billingRoutes } from './billing.ts';
import { billingOverridesRoutes } from './billing-overrides.ts';
import { buyersRoutes } from './buyers.ts';
import { callHistoryRoutes } from './call-history.ts';
import { callsRoutes } from './calls.ts';
import { certificatesRoutes } from './certificates.ts';
import { checklistsRoutes } from './checklists.ts';
import { courseOrdersRoutes } from './course-orders.ts';
import { coursePartnersRoutes } from './course-partners.ts';
import { coursesRoutes } from './courses.ts';
import { crmRoutes } from './crm.ts';
import { customersRoutes } from './customers.ts';
import { dealingRoutes } from './dealing.ts';
import { deviceTypesRoutes } from './device-types.ts';
import { devicesRoutes } from './devices.ts';
import { escalationsRoutes } from './escalations.ts';
import { eventsRoutes } from './events.ts';
import { evidenceRoutes } from './evidence.ts';
import { faxesRoutes } from './faxes.ts';
import { fictitiousNumbersRoutes } from './fictitious-numbers.ts';
import { fieldCallersRoutes } from './field-callers.ts';
import { fieldCallsRoutes } from './field-calls.ts';
import { healthRoutes } from './health.ts';
import { importsRoutes } from './imports.ts';
import { installationsRoutes } from './installations.ts';
import { instrumentsRoutes } from './instruments.ts';
import { messagesRoutes } from './messages.ts';
import { missedCallsRoutes } from './missed-calls.ts';
import { notificationsRoutes } from './notifications.ts';
import { ordersRoutes } from './orders.ts';
import { pairingsRoutes } from './pairings.ts';
import { partnerRoutes } from './partner.ts';
import { paymentsRoutes } from './payments.ts';
import { presenceRoutes } from './presence.ts';
import { priceListsRoutes } from './price-lists.ts';
import { projectsRoutes } from './projects.ts';
import { queuesRoutes } from './queues.ts';
import { recordingsRoutes } from './recordings.ts';
import { refusedAttemptsRoutes } from './refused-attempts.ts';
import { servicePlansRoutes } from './service-plans.ts';
import { sessionRoutes } from './session.ts';
import { supervisionRoutes } from './supervision.ts';
import { ticketAttachmentsRoutes } from './ticket-attachments.ts';
import { ticketsRoutes } from './tickets.ts';
import { transferAcceptancesRoutes } from './transfer-acceptances.ts';
import { transfersRoutes } from './transfers.ts';
import { verificationRoutes } from './verification.ts';
import { voicemailRoutes } from './voicemail.ts';
import { wallboardRoutes } from './wallboard.ts';

export const ALL_ROUTES = {
  session: sessionRoutes,
  accounts: accountsRoutes,
  customers: customersRoutes,
  calls: callsRoutes,
  verification: verificationRoutes,
  instruments: instrumentsRoutes,
  orders: ordersRoutes,
  dealing: dealingRoutes,
  recordings: recordingsRoutes,
  supervision: supervisionRoutes,
  escalations: escalationsRoutes,
  presence: presenceRoutes,
  queues: queuesRoutes,
  faxes: faxesRoutes,
  voicemail: voicemailRoutes,
  evidence: evidenceRoutes,
  messages: messagesRoutes,
  missedCalls: missedCallsRoutes,
  projects: projectsRoutes,
  fictitiousNumbers: fictitiousNumbersRoutes,
  fieldCallers: fieldCallersRoutes,
  pairings: pairingsRoutes,
  fieldCalls: fieldCallsRoutes,
  refusedAttempts: refusedAttemptsRoutes,
  events: eventsRoutes,
  health: healthRoutes,
  callHistory: callHistoryRoutes,
  payments: paymentsRoutes,
  wallboard: wallboardRoutes,
  checklists: checklistsRoutes,
  installations: installationsRoutes,
  certificates: certificatesRoutes,
  audit: auditRoutes,
  buyers: buyersRoutes,
  deviceTypes: deviceTypesRoutes,
  devices: devicesRoutes,
  imports: importsRoutes,
  priceLists: priceListsRoutes,
  billing: billingRoutes,
  billingOverrides: billingOverridesRoutes,
  tickets: ticketsRoutes,
  ticketAttachments: ticketAttachmentsRoutes,
  announcements: announcementsRoutes,
  notifications: notificationsRoutes,
  transfers: transfersRoutes,
  transferAcceptances: transferAcceptancesRoutes,
  articles: articlesRoutes,
  courses: coursesRoutes,
  courseOrders: courseOrdersRoutes,
  coursePartners: coursePartnersRoutes,
  partner: partnerRoutes,
  servicePlans: servicePlansRoutes,
  crm: crmRoutes,
} as const;
