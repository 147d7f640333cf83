import { articles } from './en/articles.ts';
import { billing } from './en/billing.ts';
import { buyers } from './en/buyers.ts';
import { callControl } from './en/call-control.ts';
import { callerDevices } from './en/caller-devices.ts';
import { courses } from './en/courses.ts';
import { desk } from './en/desk.ts';
import { devices } from './en/devices.ts';
import { dialPad } from './en/dial-pad.ts';
import { essential } from './en/essential.ts';
import { fax } from './en/fax.ts';
import { installations } from './en/installations.ts';
import { missedCalls } from './en/missed-calls.ts';
import { notifications } from './en/notifications.ts';
import { orders } from './en/orders.ts';
import { payments } from './en/payments.ts';
import { preflight } from './en/preflight.ts';
import { priceLists } from './en/price-lists.ts';
import { problems } from './en/problems.ts';
import { reports } from './en/reports.ts';
import { servicePlan } from './en/service-plan.ts';
import { supervision } from './en/supervision.ts';
import { ticketDesk } from './en/ticket-desk.ts';
import { tickets } from './en/tickets.ts';
import { transfers } from './en/transfers.ts';
import { virtualNumbers } from './en/virtual-numbers.ts';
import { voicemail } from './en/voicemail.ts';
import type { Translation } from './translation.ts';

/** The whole language at once, for `registerTranslation('en', en)`; otherwise it arrives on demand, in sections. */
export const en: Translation = {
  essential,
  problems,
  reports,
  desk,
  orders,
  callControl,
  callerDevices,
  devices,
  dialPad,
  fax,
  voicemail,
  installations,
  tickets,
  ticketDesk,
  missedCalls,
  preflight,
  supervision,
  transfers,
  virtualNumbers,
  buyers,
  billing,
  payments,
  servicePlan,
  priceLists,
  notifications,
  articles,
  courses,
};
