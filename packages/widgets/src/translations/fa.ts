import { articles } from './fa/articles.ts';
import { billing } from './fa/billing.ts';
import { buyers } from './fa/buyers.ts';
import { callControl } from './fa/call-control.ts';
import { callerDevices } from './fa/caller-devices.ts';
import { courses } from './fa/courses.ts';
import { desk } from './fa/desk.ts';
import { devices } from './fa/devices.ts';
import { dialPad } from './fa/dial-pad.ts';
import { essential } from './fa/essential.ts';
import { fax } from './fa/fax.ts';
import { installations } from './fa/installations.ts';
import { missedCalls } from './fa/missed-calls.ts';
import { notifications } from './fa/notifications.ts';
import { orders } from './fa/orders.ts';
import { payments } from './fa/payments.ts';
import { preflight } from './fa/preflight.ts';
import { priceLists } from './fa/price-lists.ts';
import { problems } from './fa/problems.ts';
import { reports } from './fa/reports.ts';
import { servicePlan } from './fa/service-plan.ts';
import { supervision } from './fa/supervision.ts';
import { ticketDesk } from './fa/ticket-desk.ts';
import { tickets } from './fa/tickets.ts';
import { transfers } from './fa/transfers.ts';
import { virtualNumbers } from './fa/virtual-numbers.ts';
import { voicemail } from './fa/voicemail.ts';
import type { Translation } from './translation.ts';

/** The whole language at once, for `registerTranslation('fa', fa)`; otherwise it arrives on demand, in sections. */
export const fa: Translation = {
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
