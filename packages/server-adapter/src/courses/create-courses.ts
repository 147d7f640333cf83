import { createOutboxWorker, type OutboxWorker } from '../connectors/outbox-worker.ts';
import type { Domain } from '../domain.ts';
import { createCourseOperations } from './course-operations.ts';
import type { CoursesContext } from './courses-context.ts';
import { makeLicences } from './make-licence.ts';
import { createOrderOperations } from './order-operations.ts';
import { LICENCE_OUTBOX, PARTNER_OUTBOX } from './outbox-entries.ts';
import { createPartnerAdmin } from './partner-admin.ts';
import { createPartnerOperations } from './partner-operations.ts';
import { tellPartners } from './partner-webhooks.ts';
import { followPayments } from './purchase.ts';

export interface CreateCoursesParts extends Omit<CoursesContext, 'wake'> {
  readonly onError: (error: unknown) => void;
  /** For tests: the pauses after failures. */
  readonly backoffMs?: readonly number[];
}

export interface Courses extends Domain {
  /** Makes and tells all that is due; for tests and for a clean shut-down. */
  drain(): Promise<void>;
}

/** Courses that are sold with a licence, by the house and by partners (D11). */
export function createCourses({ onError, backoffMs, ...parts }: CreateCoursesParts): Courses {
  const context: CoursesContext = { ...parts, wake: () => outbox.wake() };
  const outbox: OutboxWorker = createOutboxWorker({
    store: parts.store,
    clock: parts.clock,
    onError,
    ...(backoffMs === undefined ? {} : { backoffMs }),
    handlers: {
      [PARTNER_OUTBOX]: tellPartners(context),
      ...(parts.options === undefined ? {} : { [LICENCE_OUTBOX]: makeLicences(context, parts.options) }),
    },
  });
  followPayments(context);
  return {
    operations: {
      courses: createCourseOperations(context),
      courseOrders: createOrderOperations(context),
      coursePartners: createPartnerAdmin(context),
      partner: createPartnerOperations(context),
    },
    start: () => outbox.start(),
    stop: () => outbox.stop(),
    drain: () => outbox.drain(),
  };
}
