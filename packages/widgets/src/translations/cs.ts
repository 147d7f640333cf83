import { articles } from './cs/articles.ts';
import { billing } from './cs/billing.ts';
import { buyers } from './cs/buyers.ts';
import { callControl } from './cs/call-control.ts';
import { callerDevices } from './cs/caller-devices.ts';
import { courses } from './cs/courses.ts';
import { desk } from './cs/desk.ts';
import { devices } from './cs/devices.ts';
import { dialPad } from './cs/dial-pad.ts';
import { essential } from './cs/essential.ts';
import { fax } from './cs/fax.ts';
import { installations } from './cs/installations.ts';
import { missedCalls } from './cs/missed-calls.ts';
import { notifications } from './cs/notifications.ts';
import { orders } from './cs/orders.ts';
import { payments } from './cs/payments.ts';
import { preflight } from './cs/preflight.ts';
import { priceLists } from './cs/price-lists.ts';
import { problems } from './cs/problems.ts';
import { reports } from './cs/reports.ts';
import { servicePlan } from './cs/service-plan.ts';
import { supervision } from './cs/supervision.ts';
import { ticketDesk } from './cs/ticket-desk.ts';
import { tickets } from './cs/tickets.ts';
import { transfers } from './cs/transfers.ts';
import { virtualNumbers } from './cs/virtual-numbers.ts';
import { voicemail } from './cs/voicemail.ts';
import type { Translation } from './translation.ts';

/** The whole language at once, for `registerTranslation('cs', cs)`; otherwise it arrives on demand, in sections. */
export const cs: Translation = {
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
