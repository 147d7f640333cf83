import * as z from 'zod/mini';
import { Account } from './account.ts';
import { Announcement, Notification } from './announcement.ts';
import { Article } from './article.ts';
import { BillingOverride, CustomerBalance, Invoice } from './billing.ts';
import { Call } from './call.ts';
import { CourseOrder } from './course.ts';
import { CrmRecord } from './crm.ts';
import { Device } from './device.ts';
import { endpoint } from './endpoint.ts';
import { Fax } from './fax.ts';
import { CallbackCase, FieldCall } from './field-call.ts';
import { Import } from './import.ts';
import { Installation } from './installation.ts';
import { Message } from './message.ts';
import { MissedCall } from './missed-call.ts';
import { Order } from './order.ts';
import { Payment } from './payment.ts';
import { Presence } from './presence.ts';
import { Empty, Id, Instant } from './primitives.ts';
import { Recording } from './recording.ts';
import { ServicePlanChoice } from './service-plan.ts';
import { Escalation, Supervision } from './supervision.ts';
import { TicketChange } from './ticket.ts';
import { Transfer } from './transfer.ts';
import { VoicemailGreeting, VoicemailMessage } from './voicemail.ts';

const head = { seq: z.int(), at: Instant };

/**
 * What pages follow over Server-Sent Events: `id:` is `seq`, `event:` is `type`, `data:` is this object as JSON. Each
 * carries the whole new state, so that a page never has to ask again. A page sees an event only when it could GET it.
 */
export const DeskEvent = z.discriminatedUnion('type', [
  z.object({ ...head, type: z.literal('call'), data: Call }),
  z.object({ ...head, type: z.literal('order'), data: Order }),
  /** A draft was dropped. */
  z.object({ ...head, type: z.literal('order-removed'), data: z.object({ id: Id }) }),
  z.object({ ...head, type: z.literal('recording'), data: Recording }),
  z.object({ ...head, type: z.literal('fax'), data: Fax }),
  z.object({ ...head, type: z.literal('voicemail'), data: VoicemailMessage }),
  z.object({ ...head, type: z.literal('voicemail-greeting'), data: VoicemailGreeting }),
  z.object({ ...head, type: z.literal('supervision'), data: Supervision }),
  z.object({ ...head, type: z.literal('escalation'), data: Escalation }),
  z.object({ ...head, type: z.literal('account'), data: Account }),
  z.object({ ...head, type: z.literal('message'), data: Message }),
  z.object({ ...head, type: z.literal('missed-call'), data: MissedCall }),
  z.object({ ...head, type: z.literal('presence'), data: Presence }),
  z.object({ ...head, type: z.literal('field-call'), data: FieldCall }),
  z.object({ ...head, type: z.literal('callback-case'), data: CallbackCase }),
  /** Projects, numbers or pairings changed, perhaps thousands in one import: load them anew. */
  z.object({ ...head, type: z.literal('pairings-changed'), data: Empty }),
  /** Figures of the wallboard changed; at most one a second: load them anew. */
  z.object({ ...head, type: z.literal('wallboard-changed'), data: Empty }),
  z.object({ ...head, type: z.literal('device'), data: Device }),
  /** Devices or their types changed, perhaps thousands in one import: load them anew. */
  z.object({ ...head, type: z.literal('devices-changed'), data: Empty }),
  z.object({ ...head, type: z.literal('import'), data: Import }),
  z.object({ ...head, type: z.literal('installation'), data: Installation }),
  /** A ticket, with the entries that are new or have changed. */
  z.object({ ...head, type: z.literal('ticket'), data: TicketChange }),
  /** What a customer owes has changed. */
  z.object({ ...head, type: z.literal('balance'), data: CustomerBalance }),
  z.object({ ...head, type: z.literal('payment'), data: Payment }),
  z.object({ ...head, type: z.literal('invoice'), data: Invoice }),
  z.object({ ...head, type: z.literal('billing-override'), data: BillingOverride }),
  z.object({ ...head, type: z.literal('service-choice'), data: ServicePlanChoice }),
  z.object({ ...head, type: z.literal('crm-record'), data: CrmRecord }),
  /** Of an ownership: from one buyer to another. */
  z.object({ ...head, type: z.literal('transfer'), data: Transfer }),
  z.object({ ...head, type: z.literal('announcement'), data: Announcement }),
  /** A draft was dropped. */
  z.object({ ...head, type: z.literal('announcement-removed'), data: z.object({ id: Id }) }),
  z.object({ ...head, type: z.literal('notification'), data: Notification }),
  /** An announcement was withdrawn, at perhaps thousands of buyers: load them anew. */
  z.object({ ...head, type: z.literal('notifications-changed'), data: Empty }),
  /** Without the licence: its buyer's page asks for that. */
  z.object({ ...head, type: z.literal('course-order'), data: CourseOrder }),
  z.object({ ...head, type: z.literal('article'), data: Article }),
  /** A draft that was never published was dropped. */
  z.object({ ...head, type: z.literal('article-removed'), data: z.object({ id: Id }) }),
  /** What there is to read has changed: load it anew. */
  z.object({ ...head, type: z.literal('articles-changed'), data: Empty }),
  /** The page asked for events that are no longer kept: load everything anew. */
  z.object({ ...head, type: z.literal('reset'), data: Empty }),
]);
export type DeskEvent = z.infer<typeof DeskEvent>;
export type DeskEventType = DeskEvent['type'];

export const events = {
  follow: endpoint({
    method: 'GET',
    path: '/events',
    summary: 'Follow events; resumes after `Last-Event-ID` or `?after=`',
    access: 'signed-in',
    input: z.object({ after: z.optional(z.coerce.number().check(z.int(), z.nonnegative())) }),
    output: Empty,
    bytes: 'text/event-stream',
  }),
} as const;
