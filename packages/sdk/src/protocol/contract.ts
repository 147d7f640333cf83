import { accounts, session } from './account.ts';
import { announcements, notifications } from './announcement.ts';
import { articles } from './article.ts';
import { audit } from './audit.ts';
import { billing, billingOverrides } from './billing.ts';
import { buyers } from './buyer.ts';
import { calls, health } from './call.ts';
import { callControl } from './call-control.ts';
import { callHistory } from './call-history.ts';
import { courseOrders, courses } from './course.ts';
import { coursePartners, partner } from './course-partner.ts';
import { crm } from './crm.ts';
import { customers } from './customer.ts';
import { devices, deviceTypes } from './device.ts';
import type { Endpoint } from './endpoint.ts';
import { events } from './event.ts';
import { evidence } from './evidence.ts';
import { faxes } from './fax.ts';
import { fieldCalls, refusedAttempts } from './field-call.ts';
import { imports } from './import.ts';
import { certificates, checklists, installations } from './installation.ts';
import { instruments } from './instrument.ts';
import { messages } from './message.ts';
import { missedCalls } from './missed-call.ts';
import { dealing, orders } from './order.ts';
import { fieldCallers, pairings } from './pairing.ts';
import { payments } from './payment.ts';
import { presence } from './presence.ts';
import { priceLists } from './price-list.ts';
import { fictitiousNumbers, projects } from './project.ts';
import { queues } from './queue.ts';
import { recordings } from './recording.ts';
import { servicePlans } from './service-plan.ts';
import { escalations, supervision } from './supervision.ts';
import { tickets } from './ticket.ts';
import { ticketAttachments } from './ticket-attachment.ts';
import { transferAcceptances, transfers } from './transfer.ts';
import { verification } from './verification.ts';
import { voicemail } from './voicemail.ts';
import { wallboard } from './wallboard.ts';

/** The whole HTTP contract: server routing and validation, the client's types and OpenAPI derive from this object. */
export const contract = {
  session,
  accounts,
  customers,
  calls: { ...calls, ...callControl },
  verification,
  instruments,
  orders,
  dealing,
  recordings,
  supervision,
  escalations,
  presence,
  queues,
  faxes,
  voicemail,
  evidence,
  messages,
  missedCalls,
  projects,
  fictitiousNumbers,
  fieldCallers,
  pairings,
  fieldCalls,
  refusedAttempts,
  events,
  health,
  callHistory,
  payments,
  wallboard,
  checklists,
  installations,
  certificates,
  audit,
  buyers,
  deviceTypes,
  devices,
  imports,
  priceLists,
  billing,
  billingOverrides,
  tickets,
  ticketAttachments,
  announcements,
  notifications,
  transfers,
  transferAcceptances,
  articles,
  courses,
  courseOrders,
  coursePartners,
  partner,
  servicePlans,
  crm,
} as const;
export type Contract = typeof contract;

/** All operations with their dotted names, `orders.submit`. */
export function endpoints(): { name: string; endpoint: Endpoint }[] {
  return Object.entries(contract).flatMap(([group, operations]) =>
    Object.entries(operations).map(([name, endpoint]) => ({
      name: `${group}.${name}`,
      endpoint: endpoint as Endpoint,
    })),
  );
}

/** Header of every change: same key and body, the stored answer; same key with another body is refused. */
export const IDEMPOTENCY_HEADER = 'idempotency-key';
